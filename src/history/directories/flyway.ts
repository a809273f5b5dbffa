/** Flyway: `V1_2__description.sql` by version, then `R__description.sql` by description; sub-directories count too. */
import { crc32 } from "node:zlib";
import type { TransactionRule } from "../../model/migrations.js";
import { scanSqlText } from "../../sql/index.js";
import type { Folder, TextFile } from "./folder.js";
import { compareBytes, compareVersions } from "./order.js";
import { makeScript, type ReadScripts, scriptsOf } from "./script.js";

const FILE = /^(?:([VUB])(\d+(?:[._]\d+)*)|(R))__(.+)\.sql$/;

interface FlywayFile {
  readonly file: string;
  readonly kind: "V" | "U" | "B" | "R";
  readonly version: string;
  readonly description: string;
}

/**
 * The record holds the file's path (`script`) and a CRC32 of its lines. An empty database starts at the newest baseline
 * migration; undo migrations never run by themselves. https://documentation.red-gate.com/fd/migrations-271585107.html
 */
export async function readFlyway(folder: Folder): Promise<ReadScripts> {
  const all = await filesBelow(folder, "");
  const files = all.flatMap((file) => parseName(folder, file));
  refuseSameVersion(folder, files);
  const inOrder = startAtBaseline(folder, files);
  const scripts = await scriptsOf(
    folder,
    inOrder,
    ({ file }) => file,
    (source) => {
      warnOfPlaceholder(folder, source);
      const name = source.file;
      return makeScript(folder, source, {
        name,
        transaction: "transaction",
        ...digestsOfScript(source),
        startsHistory: isBaseline(name),
      });
    },
  );
  return { scripts: await withScriptSettings(folder, scripts, all) };
}

async function filesBelow(folder: Folder, relative: string): Promise<string[]> {
  const entries = relative === "" ? folder.entries : await folder.list(relative);
  const found: string[] = [];
  for (const { name, isDirectory } of entries) {
    const inner = relative === "" ? name : `${relative}/${name}`;
    // A link back to a directory above would go on for ever.
    if (isDirectory && inner.split("/").length > 16) folder.problem(inner, "directories are nested too deeply");
    else found.push(...(isDirectory ? await filesBelow(folder, inner) : [inner]));
  }
  return found;
}

function parseName(folder: Folder, file: string): FlywayFile[] {
  const match = FILE.exec(file.slice(file.lastIndexOf("/") + 1));
  if (match !== null) {
    const [, kind = "R", version = "", , description = ""] = match;
    return [{ file, kind: kind as FlywayFile["kind"], version, description }];
  }
  if (/\.sql$/i.test(file)) folder.warn("NOT_READ", file, isCallback(file) ? CALLBACK : OTHER_NAME);
  if (/\.(java|class|kt)$/.test(file)) folder.warn("NOT_READ", file, "is not read: only SQL is replayed");
  return [];
}

const OTHER_NAME = "is not read: its name is not V…__name.sql or R__name.sql";
const CALLBACK = "is a callback of Flyway and not run here: what it creates (often views) is not known";

/** `afterMigrate.sql`, `afterMigrateApplied__views.sql`; https://documentation.red-gate.com/fd/callbacks-275218509.html */
function isCallback(file: string): boolean {
  return /(?:^|\/)(?:before|after)[A-Z][A-Za-z]*(?:__[^/]*)?\.sql$/.test(file);
}

function refuseSameVersion(folder: Folder, files: readonly FlywayFile[]): void {
  const inOrder = files.filter(({ kind }) => kind === "V" || kind === "B").sort(byVersion);
  for (const [index, { file, kind, version }] of inOrder.entries()) {
    const other = inOrder[index - 1];
    if (other === undefined || other.kind !== kind || compareVersions(other.version, version) !== 0) continue;
    folder.problem(file, `has the same version (${version}) as ${other.file}`);
  }
}

function isBaseline(file: string): boolean {
  return FILE.exec(file.slice(file.lastIndexOf("/") + 1))?.[1] === "B";
}

function startAtBaseline(folder: Folder, files: readonly FlywayFile[]): FlywayFile[] {
  const of = (kind: FlywayFile["kind"]) => files.filter((file) => file.kind === kind).sort(byVersion);
  const baselines = of("B");
  const baseline = baselines.at(-1);
  const isSkipped = ({ kind, version }: FlywayFile): boolean =>
    baseline !== undefined &&
    compareVersions(version, baseline.version) <= 0 &&
    (kind === "V" || version !== baseline.version);
  const versioned = [...baselines, ...of("V")];
  for (const { file } of versioned.filter(isSkipped)) {
    folder.warn("SKIPPED_BY_TOOL", file, `is skipped: an empty database starts at the baseline ${baseline?.file}`);
  }
  const repeatable = of("R").sort((a, b) => compareBytes(a.description, b.description) || compareBytes(a.file, b.file));
  return [...versioned.filter((file) => !isSkipped(file)), ...repeatable];
}

const byVersion = (a: FlywayFile, b: FlywayFile): number =>
  compareBytes(a.kind, b.kind) || compareVersions(a.version, b.version) || compareBytes(a.file, b.file);

/** Of a repeatable migration Flyway takes the checksum after it has filled in placeholders, so with one it is not known. */
function digestsOfScript(source: TextFile) {
  const isRepeatable = source.file.slice(source.file.lastIndexOf("/") + 1).startsWith("R__");
  return isRepeatable && source.text.includes("${") ? {} : { digests: { checksum: checksum(source) } };
}

/** CRC32 over the lines without their ends and without a byte order mark, as a signed 32-bit integer. */
function checksum({ text }: TextFile): string {
  return String(crc32(text.replace(/\r\n|\r|\n/g, "")) | 0);
}

function warnOfPlaceholder(folder: Folder, { file, text }: TextFile): void {
  const { lineComments } = scanSqlText(text);
  const found = [...text.matchAll(/\$\{[^}\n]+\}/g)].find(({ index }) => {
    const dashes = text.indexOf("--", text.lastIndexOf("\n", index) + 1);
    return dashes < 0 || dashes > index || !lineComments.has(dashes);
  });
  if (found !== undefined) {
    folder.warn("PLACEHOLDER", file, `Flyway fills in ${found[0]} here; schemaready does not`);
  }
}

/** `V1__x.sql.conf` beside a script can say that it runs without a transaction. */
async function withScriptSettings<Script extends { readonly file: string; readonly transaction: TransactionRule }>(
  folder: Folder,
  scripts: readonly Script[],
  all: readonly string[],
): Promise<Script[]> {
  const settings = new Set(all.filter((file) => file.endsWith(".sql.conf")));
  const changed: Script[] = [];
  for (const script of scripts) {
    const source = settings.has(`${script.file}.conf`) ? await folder.read(`${script.file}.conf`) : null;
    const isAlone = source !== null && /^\s*executeInTransaction\s*=\s*false\s*$/m.test(source.text);
    changed.push(isAlone ? { ...script, transaction: "none" as const } : script);
  }
  return changed;
}
