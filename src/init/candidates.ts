/** What in a project says what its schema should be, the best of it first. */
import { join } from "node:path";
import { detectMigrationTool } from "../history/index.js";
import type { MigrationTool } from "../model/migrations.js";
import { compareText } from "../model/names.js";
import { below, type ProjectFolder } from "./walk.js";

/** Paths are relative to the project, with `/`. */
export type Candidate =
  | { readonly kind: "migrations"; readonly path: string; readonly tool: MigrationTool }
  | { readonly kind: "prisma"; readonly path: string }
  | { readonly kind: "sql"; readonly path: string };

export interface Candidates {
  readonly usable: readonly Candidate[];
  /** Folders of migrations that are programs, which are not run here. */
  readonly programs: readonly string[];
}

/**
 * Migrations come first, because they also say where each object comes from; then Prisma schemas, then dumps. Of one kind, what is nearer to
 * the top of the project.
 */
export async function findCandidates(root: string, folders: readonly ProjectFolder[]): Promise<Candidates> {
  const usable: Candidate[] = [];
  const programs: string[] = [];
  for (const folder of folders) {
    // The folders of single migrations are no directories of migrations.
    if (usable.some(({ kind, path }) => kind === "migrations" && folder.path.startsWith(`${path}/`))) continue;
    usable.push(...prismaSchemas(folder));
    usable.push(...folder.files.filter((name) => SQL_FILE.test(name)).map((name) => sqlFile(below(folder.path, name))));
    if (!mayHoldMigrations(folder)) continue;
    const tool = await detectMigrationTool(join(root, folder.path));
    // structure.sql is one file, and is found as such.
    const isThem = tool !== null && tool !== "rails" && (tool !== "sql" || isCalledMigrations(folder));
    if (isThem) usable.push({ kind: "migrations", path: folder.path, tool });
    else if (holdsPrograms(folder)) programs.push(folder.path);
  }
  const ordered = usable.sort((a, b) => rank(a) - rank(b) || depth(a) - depth(b) || compareText(a.path, b.path));
  return { usable: ordered, programs };
}

/** As Rails, Supabase, sqlc and hand-made projects call them. `init.sql` is left alone: it prepares servers. */
const SQL_FILE = /^(structure|schema|dump|database|db)\.sql$/i;
const PROGRAM = /\.([cm]?[jt]s|py|rb|go|php|java|kt|exs?)$/i;

/** schema.prisma, or the folder `schema` that newer versions read all files of. */
function prismaSchemas({ path, files }: ProjectFolder): Candidate[] {
  if (files.includes("schema.prisma")) return [{ kind: "prisma", path: below(path, "schema.prisma") }];
  const isFolder = /(^|\/)schema$/.test(path) && files.some((name) => name.endsWith(".prisma"));
  return isFolder ? [{ kind: "prisma", path }] : [];
}

function sqlFile(path: string): Candidate {
  return { kind: "sql", path };
}

function mayHoldMigrations(folder: ProjectFolder): boolean {
  const { path, files, folders } = folder;
  const isMarked = files.includes("migration_lock.toml") || files.includes("atlas.sum") || folders.includes("meta");
  return isCalledMigrations(folder) || (isMarked && path !== "");
}

/** Also `migrations/postgres`, when the tool of `migrations` could not be told. */
function isCalledMigrations({ path }: ProjectFolder): boolean {
  return path
    .split("/")
    .slice(-2)
    .some((name) => /migrat|^drizzle$/i.test(name));
}

function holdsPrograms({ path, files }: ProjectFolder): boolean {
  return /(^|\/)(migrations?|migrate|versions)$/i.test(path) && files.some((name) => PROGRAM.test(name));
}

/** Numbered SQL files without any tool may be anything; a dump is what it is. */
function rank(candidate: Candidate): number {
  if (candidate.kind === "prisma") return 1;
  if (candidate.kind === "sql") return 2;
  return candidate.tool === "sql" ? 3 : 0;
}

function depth({ path }: Candidate): number {
  return path.split("/").length;
}
