/** Atlas: `20240101000000_name.sql`, in the order of atlas.sum, from the last checkpoint on. */
import { createHash } from "node:crypto";
import type { Folder, TextFile } from "./folder.js";
import { compareBytes } from "./order.js";
import { makeScript, type ReadScripts } from "./script.js";

export const SUM = "atlas.sum";

/** In a directory that Atlas writes for golang-migrate the down halves never run, and atlas.sum does not list them. */
export function isDownHalf(name: string, names: readonly string[]): boolean {
  return name.endsWith(".down.sql") && names.includes(name.replace(/\.down\.sql$/, ".up.sql"));
}

/** The record holds the version, which is the name up to the first `_`. https://atlasgo.io/concepts/migration-directory-integrity */
export async function readAtlas(folder: Folder): Promise<ReadScripts> {
  const sum = await readSum(folder);
  const sources = await readFiles(folder, sum);
  const hashes = hashesOf(sources);
  warnOfEditedFile(folder, sum, hashes);
  const first = Math.max(
    0,
    sources.findLastIndex((source) => directive(source, "checkpoint") !== null),
  );
  for (const { file } of sources.slice(0, first)) {
    const message = `is skipped: an empty database starts at the checkpoint ${sources[first]?.file}`;
    folder.warn("SKIPPED_BY_TOOL", file, message);
  }
  const scripts = sources.slice(first).map((source) =>
    makeScript(folder, source, {
      name: source.file.replace(/\.sql$/, "").split("_")[0] ?? source.file,
      transaction: directive(source, "txmode") === "none" ? "none" : "transaction",
      startsHistory: directive(source, "checkpoint") !== null,
      ...withChecksum(hashes.get(source.file)),
    }),
  );
  return { scripts };
}

function withChecksum(checksum: string | undefined) {
  return checksum === undefined ? {} : { digests: { checksum } };
}

/** File -> hash, in the order of the file's lines; null when there is no atlas.sum. */
async function readSum(folder: Folder): Promise<ReadonlyMap<string, string> | null> {
  if (!folder.entries.some(({ name }) => name === SUM)) {
    folder.warn("MIGRATION_LOCK_MISSING", null, `there is no ${SUM}, without which Atlas refuses the directory`);
    return null;
  }
  const source = await folder.read(SUM);
  if (source === null) return null;
  // The first line is the digest of the whole directory.
  const lines = source.text.split(/\r?\n/).slice(1);
  return new Map(
    lines.flatMap((line) => {
      const [, file, hash] = /^(.+) h1:(\S+)$/.exec(line) ?? [];
      return file === undefined || hash === undefined ? [] : [[file, hash] as const];
    }),
  );
}

async function readFiles(folder: Folder, sum: ReadonlyMap<string, string> | null): Promise<TextFile[]> {
  const present = folder.entries.filter(({ name, isDirectory }) => !isDirectory && name.endsWith(".sql"));
  const all = present.map(({ name }) => name);
  const listed = [...(sum?.keys() ?? [])];
  const names = all.filter((name) => listed.includes(name) || !isDownHalf(name, all));
  for (const file of listed) {
    if (!names.includes(file)) folder.problem(file, `${SUM} lists it, and it is not there`);
  }
  const rest = names.filter((name) => sum === null || !sum.has(name)).sort(compareBytes);
  const sources: TextFile[] = [];
  for (const name of [...listed.filter((file) => names.includes(file)), ...rest]) {
    const source = await folder.read(name);
    if (source === null) continue;
    sources.push(source);
    if (sum !== null && !sum.has(name) && !isLeftOutOfSum(source)) {
      folder.warn("EDITED_FILE", name, `${SUM} does not list it: run \`atlas migrate hash\` if it belongs here`);
    }
  }
  return sources;
}

/** Each hash covers the names and texts of all files up to its own, so the first one that differs is the edited file. */
function hashesOf(sources: readonly TextFile[]): Map<string, string> {
  const hash = createHash("sha256");
  const hashes = new Map<string, string>();
  for (const source of sources) {
    hash.update(source.file);
    if (isLeftOutOfSum(source)) continue;
    hash.update(source.bytes);
    hashes.set(source.file, hash.copy().digest("base64"));
  }
  return hashes;
}

function warnOfEditedFile(
  folder: Folder,
  sum: ReadonlyMap<string, string> | null,
  hashes: ReadonlyMap<string, string>,
): void {
  const edited = [...(sum ?? [])].find(([file, hash]) => hashes.has(file) && hashes.get(file) !== hash);
  if (edited === undefined) return;
  const message = `does not have the hash that ${SUM} gives it, or a file before it was added, removed or edited; Atlas refuses the directory`;
  folder.warn("EDITED_FILE", edited[0], message);
}

const isLeftOutOfSum = ({ text }: TextFile): boolean => /^[ -~]*atlas:sum +ignore\b/.test(text);

/** A directive of the file: one of the comments at its top, which an empty line separates from the statements. */
function directive({ text }: TextFile, name: string): string | null {
  const [top = ""] = /^(?:(?:--|#)[^\n]*(?:\n|$))*/.exec(text) ?? [];
  const rest = text.slice(top.length);
  if (rest !== "" && !/^\r?\n/.test(rest)) return null;
  const found = new RegExp(`^[ -~]*atlas:${name}(?: +([ -~]*))?\\r?$`, "m").exec(top);
  return found === null ? null : (found[1] ?? "").trim();
}
