/** Which tool a directory belongs to, by its layout, its names and the markers in its files. */
import { access } from "node:fs/promises";
import path from "node:path";
import type { MigrationTool } from "../../model/migrations.js";
import { isDownHalf, SUM } from "./atlas.js";
import { type Folder, openFolder } from "./folder.js";

/** Null: nothing in it looks like migrations, or it cannot be read. What is certain is asked before what is likely. */
export async function detectMigrationTool(directory: string): Promise<MigrationTool | null> {
  const folder = await openFolder(directory);
  return (await byLayout(folder)) ?? byNames(folder) ?? (await byMarkers(folder)) ?? (await bySurroundings(folder));
}

async function byLayout(folder: Folder): Promise<MigrationTool | null> {
  const has = (name: string): boolean => folder.entries.some((entry) => entry.name === name);
  const inner = new Map<string, readonly string[]>();
  for (const { name, isDirectory } of folder.entries) {
    if (isDirectory)
      inner.set(
        name,
        (await folder.list(name)).map((entry) => entry.name),
      );
  }
  const holding = [...inner.values()].filter((names) => names.includes("migration.sql"));
  if (inner.get("meta")?.includes("_journal.json")) return "drizzle";
  if (has("migration_lock.toml")) return "prisma";
  if (holding.length > 0) return holding.some((names) => names.includes("snapshot.json")) ? "drizzle" : "prisma";
  // Atlas can write for golang-migrate, and then keeps its checksums beside pairs that golang-migrate runs.
  if (has(SUM)) return hasDownHalf(sqlFiles(folder)) ? "golang-migrate" : "atlas";
  if (has("structure.sql")) return "rails";
  return null;
}

function byNames(folder: Folder): MigrationTool | null {
  const names = sqlFiles(folder);
  if (names.some((name) => /^(?:[VUB]\d+(?:[._]\d+)*|R)__.+\.sql$/.test(name))) return "flyway";
  const parent = path.basename(path.dirname(path.resolve(folder.directory)));
  return parent === "supabase" && names.some((name) => /^\d+_.*\.sql$/.test(name)) ? "supabase" : null;
}

const MARKERS: readonly (readonly [RegExp, MigrationTool])[] = [
  [/^--\s*\+goose Up\s*$/m, "goose"],
  [/^--\s*migrate:up\b/m, "dbmate"],
  [/^\s*--[\s-]*up\s+migration/im, "node-pg-migrate"],
];

async function byMarkers(folder: Folder): Promise<MigrationTool | null> {
  for (const name of sqlFiles(folder)) {
    const text = (await folder.read(name))?.text ?? "";
    const found = MARKERS.find(([pattern]) => pattern.test(text));
    if (found !== undefined) return found[1];
  }
  return null;
}

/** Pairs of NUMBER_name.up.sql are sqlx's in a Rust project and golang-migrate's elsewhere; Knex has its knexfile above. */
async function bySurroundings(folder: Folder): Promise<MigrationTool | null> {
  const names = sqlFiles(folder);
  const hasPairs = folder.entries.some(({ name }) => /^\d+_.*\.up\.(sql|pgsql)$/.test(name));
  const hasDirectories = await holdsUpDirectories(folder);
  if (await isAbove(folder, ["knexfile.js", "knexfile.ts", "knexfile.cjs", "knexfile.mjs"])) {
    if (names.length > 0 || hasDirectories) return "knex";
  }
  if (names.some((name) => /^\d+_.*\.sql$/.test(name)) && (await isAbove(folder, ["Cargo.toml"]))) return "sqlx";
  if (hasPairs) return "golang-migrate";
  return names.length > 0 || hasDirectories ? "sql" : null;
}

function hasDownHalf(names: readonly string[]): boolean {
  return names.some((name) => isDownHalf(name, names));
}

/** `NAME/up.sql`, as Diesel has them. */
async function holdsUpDirectories(folder: Folder): Promise<boolean> {
  for (const { name, isDirectory } of folder.entries) {
    if (isDirectory && (await folder.list(name)).some((file) => file.name === "up.sql")) return true;
  }
  return false;
}

async function isAbove(folder: Folder, files: readonly string[]): Promise<boolean> {
  let at = path.resolve(folder.directory);
  // A project's migrations are seldom deeper than this below its root.
  for (let depth = 0; depth < 4; depth++) {
    at = path.dirname(at);
    for (const file of files) if (await exists(path.join(at, file))) return true;
  }
  return false;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

function sqlFiles(folder: Folder): string[] {
  return folder.entries
    .filter(({ name, isDirectory }) => !isDirectory && name.endsWith(".sql"))
    .map(({ name }) => name);
}
