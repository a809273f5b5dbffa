/** Rails: db/structure.sql, one script; the Ruby files in db/migrate are not run here. */

import { scanSqlText } from "../../sql/index.js";
import type { Folder } from "./folder.js";
import { compareBytes } from "./order.js";
import { makeScript, type ReadScripts } from "./script.js";

const STRUCTURE = "structure.sql";

/** https://guides.rubyonrails.org/active_record_migrations.html#types-of-schema-dumps */
export async function readRails(folder: Folder): Promise<ReadScripts> {
  if (!folder.entries.some(({ name }) => name === STRUCTURE)) {
    const message = `there is no ${STRUCTURE} in it; it is in db/, and Rails writes it with config.active_record.schema_format = :sql`;
    folder.problem(null, message);
    return { scripts: [] };
  }
  const source = await folder.read(STRUCTURE);
  if (source === null) return { scripts: [] };
  const script = { ...source, text: withoutMetaCommands(source.text) };
  const scripts = [makeScript(folder, script, { name: STRUCTURE, transaction: "script" })];
  return { scripts, recorded: recordedVersions(script.text) };
}

/** The versions that the file itself puts into schema_migrations, at its end: what every migration behind it would record. */
function recordedVersions(text: string): string[] {
  const insert = /insert\s+into\s+(?:"?\w+"?\.)?"?schema_migrations"?\s*\(\s*"?version"?\s*\)\s*values\s*([^;]*)/gi;
  const values = [...text.matchAll(insert)].flatMap(([, list = ""]) => [...list.matchAll(/\(\s*'([^']*)'\s*\)/g)]);
  return values.map(([, version = ""]) => version).sort(compareBytes);
}

/** Lines for psql (`\restrict`, `\connect`), which newer pg_dump writes and the server does not know, become empty lines. */
function withoutMetaCommands(text: string): string {
  const { code } = scanSqlText(text);
  let at = 0;
  return text
    .split("\n")
    .map((line) => {
      const isMetaCommand = code.charAt(at) === "\\";
      at += line.length + 1;
      return isMetaCommand ? "" : line;
    })
    .join("\n");
}
