/** From a file to the script that is sent. */
import type { MigrationScript, TransactionRule } from "../../model/migrations.js";
import type { Digests } from "./digests.js";
import type { Folder, TextFile } from "./folder.js";
import { isWithoutStatements, lineAt, type Markers } from "./sql-text.js";

/** What a tool's reader returns: its scripts in order, and the other order where there is one. */
export interface ReadScripts {
  readonly scripts: readonly MigrationScript[];
  readonly otherOrder?: readonly string[] | null;
  /** What the tool records, where that is not the names of the scripts. */
  readonly recorded?: readonly string[];
}

export interface ScriptOptions extends Pick<MigrationScript, "recordedAs" | "startsHistory"> {
  readonly name: string;
  readonly transaction: TransactionRule;
  /** As the tool records it, with what it would be for other line ends. */
  readonly digests?: Digests;
  /** Offsets of the up part; the whole file without them. */
  readonly start?: number;
  readonly end?: number;
}

/** The script of one file or of a part of it; a script without statements is kept, because the tool records it, and said. */
export function makeScript(folder: Folder, source: TextFile, options: ScriptOptions): MigrationScript {
  const { name, transaction, digests, start = 0, end = source.text.length, ...record } = options;
  const sql = source.text.slice(start, end);
  if (isWithoutStatements(sql)) warnOfEmptyScript(folder, source.file, sql);
  const { file } = source;
  return {
    name,
    file,
    sql,
    firstLine: lineAt(source.text, start),
    transaction,
    checksum: null,
    ...digests,
    ...record,
  };
}

function warnOfEmptyScript(folder: Folder, file: string, sql: string): void {
  const what = sql.trim() === "" ? "is empty" : "holds nothing but comments";
  folder.warn("EMPTY_MIGRATION", file, `the migration ${what}: it will be recorded as applied and change nothing`);
}

/** Says where a tool that looks for its markers line by line would be misled by one inside a string or a comment. */
export function warnOfHiddenMarkers(folder: Folder, file: string, { hidden }: Markers, tool: string): void {
  for (const line of hidden) {
    const message = `line ${line} looks like a marker of ${tool} and stands inside a string, a dollar quote or a block comment: it is not taken for one here, but ${tool} may cut the file there`;
    folder.warn("MARKER_IN_TEXT", file, message);
  }
}

/** Reads the files in the given order and makes a script of each; unreadable ones are problems of the folder. */
export async function scriptsOf<Item>(
  folder: Folder,
  items: readonly Item[],
  fileOf: (item: Item) => string,
  make: (source: TextFile, item: Item) => MigrationScript | readonly MigrationScript[] | null,
): Promise<MigrationScript[]> {
  const scripts: MigrationScript[] = [];
  for (const item of items) {
    const source = await folder.read(fileOf(item));
    const made = source === null ? null : make(source, item);
    if (made !== null) scripts.push(...[made].flat());
  }
  return scripts;
}

/** Files that look like migrations and are none for the tool: SQL under another name, or code that is not run here. */
export function warnOfUnreadFiles(folder: Folder, isRead: (file: string) => boolean, expected: string): void {
  for (const { name, isDirectory } of folder.entries) {
    if (isDirectory || isRead(name)) continue;
    if (/\.sql$/i.test(name)) folder.warn("NOT_READ", name, `is not read: its name is not ${expected}`);
    else if (/\.([cm]?[jt]s|go|py|rb|java|kt|rs|exs?)$/i.test(name)) {
      folder.warn(
        "NOT_READ",
        name,
        "is not read: only SQL is replayed, so whatever this code creates is not known here",
      );
    }
  }
}

/** Two files of one version: the tool refuses the directory, and so do we. */
export function refuseDuplicates<Item extends { readonly file: string }>(
  folder: Folder,
  items: readonly Item[],
  keyOf: (item: Item) => string,
): void {
  const first = new Map<string, string>();
  for (const item of items) {
    const key = keyOf(item);
    const known = first.get(key);
    if (known === undefined) first.set(key, item.file);
    else folder.problem(item.file, `has the same version (${key}) as ${known}`);
  }
}
