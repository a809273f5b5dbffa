/** The directory compared with what an earlier contract remembers of it: edited, lost, or squeezed in before. Pure. */
import type { LintFinding } from "../model/lint.js";
import type { MigrationDirectory } from "../model/migrations.js";
import { finding, wordsFor } from "./directory.js";

/** What a contract remembers of a migration. */
export interface KnownMigration {
  /** As the tool records it. */
  readonly name: string;
  /** Relative to the directory, with `/`. */
  readonly file: string;
  readonly checksum: string;
  /** Checksums of the same text with other line ends. */
  readonly alike?: readonly string[] | undefined;
}

/** Names of the migrations that the earlier contract does not know. */
export function newNames(current: readonly KnownMigration[], known: readonly KnownMigration[]): ReadonlySet<string> {
  const names = new Set(known.map(({ name }) => name));
  return new Set(current.map(({ name }) => name).filter((name) => !names.has(name)));
}

/** @param current the files of the directory, as a contract would remember them now */
export function lintAgainst(
  { tool, scripts }: MigrationDirectory,
  current: readonly KnownMigration[],
  known: readonly KnownMigration[],
): LintFinding[] {
  const now = new Map(current.map((file) => [file.name, file]));
  return [
    ...known.flatMap((before) => {
      const file = now.get(before.name);
      return file === undefined ? [lost(before)] : edited(file, before);
    }),
    ...squeezedIn(tool === "flyway" ? scripts.filter(isVersioned) : scripts, known),
  ];
}

function lost({ name, file }: KnownMigration): LintFinding {
  const message = `the migration ${name} was there when the contract was compiled, and is gone`;
  return finding("MIGRATION_FILE_MISSING", wordsFor("MIGRATION_FILE_MISSING"), { migration: null, file }, message);
}

function edited(file: KnownMigration, before: KnownMigration): LintFinding[] {
  if (file.checksum === before.checksum) return [];
  const place = { migration: file.name, file: file.file };
  const spellings = new Set([before.checksum, ...(before.alike ?? [])]);
  if (![file.checksum, ...(file.alike ?? [])].some((checksum) => spellings.has(checksum))) {
    const message =
      "the migration is not what it was when the contract was compiled: its statements or comments were edited";
    return [finding("EDITED_FILE", wordsFor("EDITED_FILE"), place, message)];
  }
  const message = "only its line ends differ from when the contract was compiled";
  const why =
    "What it does is the same, but the tool's checksum is another one, and some tools then say that the file was modified.";
  const fix = "Let version control keep the line ends of migrations: `*.sql text eol=lf` in .gitattributes.";
  return [finding("LINE_ENDS_DIFFER", { severity: "note", why, fix }, place, message)];
}

/** Flyway's repeatable migrations come last, and again whenever they change. */
function isVersioned({ file }: Pick<KnownMigration, "file">): boolean {
  return !/(^|\/)R__[^/]*$/.test(file);
}

/** A new migration that sorts before one that databases have already. */
function squeezedIn(
  scripts: readonly Pick<KnownMigration, "name" | "file">[],
  known: readonly KnownMigration[],
): LintFinding[] {
  const names = new Set(known.map(({ name }) => name));
  const last = scripts.findLastIndex(({ name }) => names.has(name));
  const early = new Map(scripts.slice(0, Math.max(last, 0)).map(({ name, file }) => [name, file]));
  return [...early].flatMap(([name, file]): LintFinding[] => {
    if (names.has(name)) return [];
    const message = `is new and sorts before ${scripts[last]?.name ?? ""}, which was there already`;
    const why =
      "A database that is further on runs it after the others or never, an empty one runs it before them: they can end up different.";
    const fix = "Give it a name that sorts last.";
    return [finding("OUT_OF_ORDER", { severity: "warning", why, fix }, { migration: name, file }, message)];
  });
}
