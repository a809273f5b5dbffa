/** goose: `12_name.sql` with `-- +goose` annotations, by number. */

import type { MigrationScript } from "../../model/migrations.js";
import { scanSqlText } from "../../sql/index.js";
import type { Folder, TextFile } from "./folder.js";
import { compareVersions } from "./order.js";
import {
  makeScript,
  type ReadScripts,
  refuseDuplicates,
  scriptsOf,
  warnOfHiddenMarkers,
  warnOfUnreadFiles,
} from "./script.js";
import { findMarkers, isWithoutStatements, type Marker } from "./sql-text.js";

const FILE = /^(\d+)_.*\.sql$/;
const ANNOTATION = /^--\s*\+goose (Up|Down|StatementBegin|StatementEnd|NO TRANSACTION|ENVSUBST ON)\s*$/;

/** The record holds the number. Annotations count for the whole file. https://pressly.github.io/goose/documentation/annotations/ */
export async function readGoose(folder: Folder): Promise<ReadScripts> {
  const files = folder.entries.flatMap(({ name, isDirectory }) => {
    const version = FILE.exec(name)?.[1];
    return isDirectory || version === undefined ? [] : [{ file: name, version: String(BigInt(version)) }];
  });
  warnOfUnreadFiles(folder, (file) => FILE.test(file), "NUMBER_name.sql");
  refuseDuplicates(folder, files, ({ version }) => version);
  const scripts = await scriptsOf(
    folder,
    files.sort((a, b) => compareVersions(a.version, b.version)),
    ({ file }) => file,
    (source, { version }) => upPart(folder, source, version),
  );
  return { scripts };
}

function upPart(folder: Folder, source: TextFile, version: string): MigrationScript | null {
  const markers = findMarkers(source.text, scanSqlText(source.text), ANNOTATION);
  warnOfHiddenMarkers(folder, source.file, markers, "goose");
  const of = (name: string): Marker[] => markers.found.filter(({ match }) => match[1] === name);
  const [up, secondUp] = of("Up");
  const [down] = of("Down");
  if (up === undefined) return refuse(folder, source, "there is no line `-- +goose Up` in it");
  if (secondUp !== undefined) return refuse(folder, source, "there are two lines `-- +goose Up` in it");
  if (down !== undefined && down.start < up.start) {
    return refuse(folder, source, "`-- +goose Down` comes before `-- +goose Up`");
  }
  if (!isWithoutStatements(source.text.slice(0, up.start))) {
    return refuse(folder, source, "there are statements before `-- +goose Up`");
  }
  if (of("StatementBegin").length !== of("StatementEnd").length) {
    return refuse(folder, source, "`-- +goose StatementBegin` and `-- +goose StatementEnd` do not come in pairs");
  }
  if (of("ENVSUBST ON").length > 0) {
    folder.warn("PLACEHOLDER", source.file, "goose fills in environment variables here; schemaready does not");
  }
  const transaction = of("NO TRANSACTION").length > 0 ? "none" : "transaction";
  const end = down?.start ?? source.text.length;
  warnOfOpenStatement(folder, source, up.end, end, of("StatementEnd"));
  return makeScript(folder, source, { name: version, transaction, start: up.end, end });
}

/** goose cuts at semicolons that end a line and refuses a rest without one, where PostgreSQL would not mind. */
function warnOfOpenStatement(
  folder: Folder,
  { file, text }: TextFile,
  start: number,
  end: number,
  statementEnds: readonly Marker[],
): void {
  const lastEnd = statementEnds.filter((marker) => marker.end <= end).at(-1)?.end ?? start;
  const rest = scanSqlText(text.slice(start, end))
    .code.slice(Math.max(lastEnd - start, 0))
    .trimEnd();
  if (rest !== "" && !rest.endsWith(";")) {
    folder.warn("TOOL_REFUSES", file, "the last statement of the up part has no semicolon, and goose refuses it");
  }
}

function refuse(folder: Folder, { file }: TextFile, message: string): null {
  folder.problem(file, message);
  return null;
}
