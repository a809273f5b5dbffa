/** Prisma Migrate: one directory for each migration, with a migration.sql in it. */
import { digestsOf } from "./digests.js";
import type { Folder } from "./folder.js";
import { compareBytes, compareLocale } from "./order.js";
import { type PrismaOrder, prismaOrderOf } from "./prisma-version.js";
import { makeScript, type ReadScripts, scriptsOf } from "./script.js";

const LOCK = "migration_lock.toml";

/**
 * Every sub-directory is a migration, whatever its name. Each script is sent whole; the checksum is SHA-256 of the file.
 * https://github.com/prisma/prisma/blob/v7/packages/migrate/src/utils/listMigrations.ts
 */
export async function readPrisma(folder: Folder, wanted: PrismaOrder | null): Promise<ReadScripts> {
  await checkLock(folder);
  warnOfStrayFiles(folder);
  const names = await migrationNames(folder);
  warnOfMixedNames(folder, names);
  const { inOrder, otherOrder } = await sortNames(folder, names, wanted);
  const scripts = await scriptsOf(
    folder,
    inOrder,
    (name) => `${name}/migration.sql`,
    (source, name) =>
      makeScript(folder, source, {
        name,
        transaction: "script",
        digests: digestsOf(source.bytes, "sha256"),
      }),
  );
  return { scripts, otherOrder };
}

async function sortNames(
  folder: Folder,
  names: readonly string[],
  wanted: PrismaOrder | null,
): Promise<{ inOrder: string[]; otherOrder: string[] | null }> {
  const { order, because } =
    wanted === null ? await prismaOrderOf(folder.directory) : { order: wanted, because: "as set" };
  const orders = { bytes: [...names].sort(compareBytes), locale: [...names].sort(compareLocale) };
  const first = orders.bytes.findIndex((name, index) => name !== orders.locale[index]);
  if (first < 0) return { inOrder: orders[order], otherOrder: null };
  const message = `up to Prisma 6.5 (byte order) migration ${first + 1} is ${orders.bytes[first]}, from 6.6 (localeCompare) it is ${orders.locale[first]}; taken here: ${order === "bytes" ? "byte order" : "localeCompare"} (${because})`;
  folder.warn("ORDER_DIFFERS", null, message);
  return { inOrder: orders[order], otherOrder: orders[order === "bytes" ? "locale" : "bytes"] };
}

async function migrationNames(folder: Folder): Promise<string[]> {
  const names: string[] = [];
  for (const { name, isDirectory } of folder.entries) {
    if (!isDirectory) continue;
    const files = await folder.list(name);
    if (files.some((file) => file.name === "migration.sql")) names.push(name);
    else folder.warn("MIGRATION_FILE_MISSING", name, "has no migration.sql; Prisma refuses to deploy (P3015)");
  }
  return names;
}

async function checkLock(folder: Folder): Promise<void> {
  if (!folder.entries.some(({ name }) => name === LOCK)) {
    folder.warn("MIGRATION_LOCK_MISSING", null, `there is no ${LOCK}, which names the provider`);
    return;
  }
  const lock = await folder.read(LOCK);
  if (lock === null) return;
  const [, provider] = /^\s*provider\s*=\s*["']([^"']*)["']/m.exec(lock.text) ?? [];
  if (provider === undefined) folder.warn("TOOL_REFUSES", LOCK, 'has no line `provider = "postgresql"`');
  else if (provider !== "postgresql" && provider !== "postgres") {
    folder.problem(LOCK, `the migrations are for the provider ${JSON.stringify(provider)}, not for "postgresql"`);
  }
}

function warnOfStrayFiles(folder: Folder): void {
  for (const { name, isDirectory } of folder.entries) {
    if (isDirectory || name === LOCK || /\.(md|txt)$/i.test(name)) continue;
    folder.warn("NOT_READ", name, "is not read: a migration of Prisma is a directory with a migration.sql in it");
  }
}

/** `2_b` and `20240101000000_a` sort by their first digit, not by age: rarely what was meant. */
function warnOfMixedNames(folder: Folder, names: readonly string[]): void {
  const lengths = new Map<number, string>();
  for (const name of names) {
    const digits = /^\d*/.exec(name)?.[0].length ?? 0;
    if (!lengths.has(digits)) lengths.set(digits, name);
  }
  if (lengths.size < 2) return;
  const examples = [...lengths].sort(([a], [b]) => a - b).map(([digits, name]) => `${name} (${digits})`);
  const message = `the numbers that the names begin with have different lengths, so their order may not be their age: ${examples.join(", ")}`;
  folder.warn("MIXED_NAMES", null, message);
}
