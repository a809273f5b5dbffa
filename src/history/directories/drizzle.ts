/** Drizzle: up to 0.x files that meta/_journal.json names, in its order; from 1.0 one directory for each migration. */
import type { MigrationScript } from "../../model/migrations.js";
import { scanSqlText } from "../../sql/index.js";
import { digestsOf } from "./digests.js";
import type { Folder, TextFile } from "./folder.js";
import { compareLocale } from "./order.js";
import { makeScript, type ReadScripts, scriptsOf } from "./script.js";

export const JOURNAL = "meta/_journal.json";
const BREAKPOINT = "--> statement-breakpoint";

interface JournalEntry {
  readonly tag: string;
  readonly when: number;
}

/**
 * The journal decides which files count; a file that it does not name never runs. The record holds the digest and, from
 * 1.0, the name. https://github.com/drizzle-team/drizzle-orm/blob/main/drizzle-orm/src/migrator.ts
 */
export async function readDrizzle(folder: Folder): Promise<ReadScripts> {
  const hasJournal =
    (await hasMeta(folder)) && (await folder.list("meta")).some(({ name }) => name === "_journal.json");
  const migrations = hasJournal ? await journalled(folder) : await directories(folder);
  const scripts = await scriptsOf(
    folder,
    migrations,
    ({ file }) => file,
    (source, entry) => script(folder, source, entry),
  );
  return { scripts };
}

interface Entry {
  readonly name: string;
  readonly file: string;
  /** Milliseconds, as the record holds them. */
  readonly when: number | null;
}

function script(folder: Folder, source: TextFile, { name, when }: Entry): MigrationScript {
  const cut = { ...source, text: cutAtBreakpoints(source.text) };
  const recordedAs = when === null ? null : String(when);
  return makeScript(folder, cut, {
    name,
    transaction: "transaction",
    digests: digestsOf(source.bytes, "sha256"),
    recordedAs,
  });
}

/** Drizzle sends the pieces one by one, so a piece may lack its semicolon; it gets one, and nothing moves. */
function cutAtBreakpoints(text: string): string {
  const pieces = text.split(BREAKPOINT);
  return pieces
    .map((piece, index) => {
      if (index === pieces.length - 1) return piece;
      const code = scanSqlText(piece).code.trimEnd();
      return code === "" || code.endsWith(";") ? piece + BREAKPOINT : `${piece};${" ".repeat(BREAKPOINT.length - 1)}`;
    })
    .join("");
}

async function hasMeta(folder: Folder): Promise<boolean> {
  return folder.entries.some(({ name, isDirectory }) => isDirectory && name === "meta");
}

async function journalled(folder: Folder): Promise<Entry[]> {
  const journal = await folder.read(JOURNAL);
  const entries = journal === null ? [] : parseJournal(folder, journal.text);
  const named = new Set(entries.map(({ tag }) => `${tag}.sql`));
  for (const { name, isDirectory } of folder.entries) {
    if (isDirectory || !name.endsWith(".sql") || named.has(name)) continue;
    folder.warn("NOT_READ", name, `is not read: ${JOURNAL} does not name it, so Drizzle never runs it`);
  }
  warnOfPassedOver(folder, entries);
  return entries.map(({ tag, when }) => ({ name: tag, file: `${tag}.sql`, when }));
}

/** On a database with a later `when`, Drizzle passes an entry over and reports success (drizzle-orm issue 5769). */
function warnOfPassedOver(folder: Folder, entries: readonly JournalEntry[]): void {
  let latest: JournalEntry | null = null;
  for (const entry of entries) {
    if (latest !== null && entry.when <= latest.when) {
      const message = `its "when" in ${JOURNAL} is not later than that of ${latest.tag}: a database that already has ${latest.tag} never gets it`;
      folder.warn("ORDER_DIFFERS", `${entry.tag}.sql`, message);
    } else latest = entry;
  }
}

function parseJournal(folder: Folder, text: string): JournalEntry[] {
  const journal = parseJson(text) as { dialect?: unknown; entries?: unknown } | null;
  if (journal === null || typeof journal !== "object" || !Array.isArray(journal.entries)) {
    folder.problem(JOURNAL, 'is not a journal of Drizzle: JSON with a list "entries" was expected');
    return [];
  }
  const { dialect } = journal;
  if (typeof dialect === "string" && dialect !== "postgresql" && dialect !== "pg") {
    folder.problem(JOURNAL, `the migrations are for the dialect ${JSON.stringify(dialect)}, not for "postgresql"`);
  }
  return journal.entries.flatMap((entry: unknown, index) => {
    const parsed = journalEntry(entry);
    if (parsed === null) folder.problem(JOURNAL, `entry ${index} has no "tag" that is a file name, or no "when"`);
    return parsed ?? [];
  });
}

/** A tag is a name in this directory, never a path that leads out of it. */
function journalEntry(entry: unknown): JournalEntry | null {
  if (typeof entry !== "object" || entry === null) return null;
  const { tag, when } = entry as { tag?: unknown; when?: unknown };
  if (typeof tag !== "string" || typeof when !== "number" || tag === "" || /[/\\\0]/.test(tag)) return null;
  return { tag, when };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** From 1.0 on the name begins with a UTC time, which the record holds in milliseconds, as the journal did. */
function whenOf(name: string): number | null {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(name) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? null : time;
}

async function directories(folder: Folder): Promise<Entry[]> {
  const names: string[] = [];
  for (const { name, isDirectory } of folder.entries) {
    if (!isDirectory && name.endsWith(".sql")) {
      folder.warn("NOT_READ", name, `is not read: there is no ${JOURNAL} that could name it`);
    }
    if (!isDirectory) continue;
    const files = await folder.list(name);
    if (files.some((file) => file.name === "migration.sql")) names.push(name);
    else folder.warn("MIGRATION_FILE_MISSING", name, "has no migration.sql, so Drizzle passes it over");
  }
  return names.sort(compareLocale).map((name) => ({ name, file: `${name}/migration.sql`, when: whenOf(name) }));
}
