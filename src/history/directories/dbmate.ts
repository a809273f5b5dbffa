/** dbmate: `12name.sql` with `-- migrate:up` and `-- migrate:down`, by file name. */
import type { MigrationScript } from "../../model/migrations.js";
import { scanSqlText } from "../../sql/index.js";
import type { Folder, TextFile } from "./folder.js";
import {
  makeScript,
  type ReadScripts,
  refuseDuplicates,
  scriptsOf,
  warnOfHiddenMarkers,
  warnOfUnreadFiles,
} from "./script.js";
import { findMarkers, isWithoutStatements, type Marker } from "./sql-text.js";

const FILE = /^(\d+).*\.sql$/;
const MARKER = /^--\s*migrate:(up|down)(?:\s+(.*))?$/;

/**
 * The record holds the leading digits. `transaction:false` leaves out BEGIN; the part is still sent as one simple query.
 * A file may hold several pairs of parts. https://github.com/amacneil/dbmate#migration-options
 */
export async function readDbmate(folder: Folder): Promise<ReadScripts> {
  const files = folder.entries.flatMap(({ name, isDirectory }) => {
    const version = FILE.exec(name)?.[1];
    return isDirectory || version === undefined ? [] : [{ file: name, version }];
  });
  warnOfUnreadFiles(folder, (file) => FILE.test(file), "VERSION_name.sql");
  refuseDuplicates(folder, files, ({ version }) => version);
  const scripts = await scriptsOf(
    folder,
    files,
    ({ file }) => file,
    (source, { version }) => upParts(folder, source, version),
  );
  return { scripts };
}

function upParts(folder: Folder, source: TextFile, version: string): MigrationScript[] {
  const markers = findMarkers(source.text, scanSqlText(source.text), MARKER);
  warnOfHiddenMarkers(folder, source.file, markers, "dbmate");
  const { found } = markers;
  checkMarkers(folder, source, found);
  return found.flatMap((marker, index) => {
    if (marker.match[1] !== "up") return [];
    const end = found[index + 1]?.start ?? source.text.length;
    const transaction = /(^|\s)transaction:false(\s|$)/.test(marker.match[2] ?? "") ? "script" : "transaction";
    return [makeScript(folder, source, { name: version, transaction, start: marker.end, end })];
  });
}

function checkMarkers(folder: Folder, { file, text }: TextFile, found: readonly Marker[]): void {
  const first = found[0];
  const hasUp = found.some(({ match }) => match[1] === "up");
  const hasDown = found.some(({ match }) => match[1] === "down");
  if (!hasUp) folder.problem(file, "there is no line `-- migrate:up` in it");
  else if (first?.match[1] === "down") folder.problem(file, "`-- migrate:down` comes before `-- migrate:up`");
  if (hasUp && !hasDown) folder.warn("TOOL_REFUSES", file, "has no line `-- migrate:down`, which dbmate asks for");
  if (first !== undefined && !isWithoutStatements(text.slice(0, first.start))) {
    folder.problem(file, "there are statements before the first marker of dbmate");
  }
}
