/** node-pg-migrate, SQL files: `1700000000000_name.sql` with `-- Up Migration` and `-- Down Migration`. */
import type { MigrationScript } from "../../model/migrations.js";
import { scanSqlText } from "../../sql/index.js";
import type { Folder, TextFile } from "./folder.js";
import { compareNodePgMigrate } from "./order.js";
import { makeScript, type ReadScripts, scriptsOf, warnOfHiddenMarkers, warnOfUnreadFiles } from "./script.js";
import { findMarkers } from "./sql-text.js";

const MARKER = /^\s*--[\s-]*(up|down)\s+migration/i;

/** The record holds the file name without its ending. https://salsita.github.io/node-pg-migrate/migrations/ */
export async function readNodePgMigrate(folder: Folder): Promise<ReadScripts> {
  const files = folder.entries.filter(({ name, isDirectory }) => !isDirectory && name.endsWith(".sql"));
  warnOfUnreadFiles(folder, (file) => file.endsWith(".sql"), "TIMESTAMP_name.sql");
  const scripts = await scriptsOf(
    folder,
    files.sort((a, b) => compareNodePgMigrate(a.name, b.name)),
    ({ name }) => name,
    (source) => upPart(folder, source),
  );
  return { scripts };
}

/** Without an up marker the tool runs the whole file, even when there is a down marker in it: so do we, and say it. */
function upPart(folder: Folder, source: TextFile): MigrationScript {
  const markers = findMarkers(source.text, scanSqlText(source.text), MARKER);
  warnOfHiddenMarkers(folder, source.file, markers, "node-pg-migrate");
  const first = (direction: string) => markers.found.find(({ match }) => match[1]?.toLowerCase() === direction);
  const [up, down] = [first("up"), first("down")];
  if (up === undefined && down !== undefined) {
    const message = "has a down marker and no up marker: node-pg-migrate runs the whole file, the down part too";
    folder.warn("DOWN_PART_RUNS", source.file, message);
  }
  const end = up !== undefined && down !== undefined && down.start > up.start ? down.start : source.text.length;
  const name = source.file.replace(/\.sql$/, "");
  return makeScript(folder, source, { name, transaction: "transaction", start: up?.end ?? 0, end });
}
