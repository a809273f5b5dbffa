/** The directory compared with what an earlier contract remembers of it: edited, lost, or squeezed in before. Pure. */
import type { LintFinding } from "../model/lint.js";
import type { MigrationFile } from "../model/migration-files.js";
import type { MigrationDirectory } from "../model/migrations.js";
import { finding, wordsFor } from "./directory.js";

/** Names of the migrations that the earlier contract does not know. */
export function newNames(current: readonly MigrationFile[], known: readonly MigrationFile[]): ReadonlySet<string> {
  const names = new Set(known.map(({ name }) => name));
  return new Set(current.map(({ name }) => name).filter((name) => !names.has(name)));
}

/** @param current the files of the directory, as a contract would remember them now */
export function lintAgainst(
  { tool, scripts }: MigrationDirectory,
  current: readonly MigrationFile[],
  known: readonly MigrationFile[],
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

function lost({ name, file }: MigrationFile): LintFinding {
  const message = `the migration ${name} was there when the contract was compiled, and is gone`;
  return finding("MIGRATION_FILE_MISSING", wordsFor("MIGRATION_FILE_MISSING"), { migration: null, file }, message);
}

function edited(file: MigrationFile, before: MigrationFile): LintFinding[] {
  const place = { migration: file.name, file: file.file };
  if (file.content !== before.content) {
    const message =
      "the migration is not what it was when the contract was compiled: its statements or comments were edited";
    return [finding("EDITED_FILE", wordsFor("EDITED_FILE"), place, message)];
  }
  if (file.checksum === before.checksum) return [];
  const message = "only line ends or what stands around the up part differ from when the contract was compiled";
  const why =
    "What it does is the same, but the tool's checksum is another one, and some tools then say that the file was modified.";
  const fix = "Let version control keep the line ends of migrations: `*.sql text eol=lf` in .gitattributes.";
  return [finding("LINE_ENDS_DIFFER", { severity: "note", why, fix }, place, message)];
}

/** Flyway's repeatable migrations come last, and again whenever they change. */
function isVersioned({ file }: Pick<MigrationFile, "file">): boolean {
  return !/(^|\/)R__[^/]*$/.test(file);
}

/** A new migration that sorts before one that databases have already. */
function squeezedIn(
  scripts: readonly Pick<MigrationFile, "name" | "file">[],
  known: readonly MigrationFile[],
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
