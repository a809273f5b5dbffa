/** Knex with SQL files: up/down pairs, by name; a transaction around each, as Knex gives its migrations. */
import type { Folder } from "./folder.js";
import { compareBytes } from "./order.js";
import { upFiles } from "./pairs.js";
import { makeScript, type ReadScripts, refuseDuplicates, scriptsOf, warnOfUnreadFiles } from "./script.js";

/**
 * Knex itself runs JavaScript, and projects with SQL load it from there, so the name is the pair's without `.up.sql`; the
 * record adds the ending of the JavaScript file. https://knexjs.org/guide/migrations.html
 */
export async function readKnex(folder: Folder): Promise<ReadScripts> {
  const ups = await upFiles(folder);
  warnOfUnreadFiles(folder, (file) => /\.sql$/i.test(file), "NAME.up.sql");
  refuseDuplicates(folder, ups, ({ stem }) => stem);
  const scripts = await scriptsOf(
    folder,
    ups.sort((a, b) => compareBytes(a.stem, b.stem)),
    ({ file }) => file,
    (source, { stem }) => makeScript(folder, source, { name: stem, transaction: "transaction" }),
  );
  return { scripts };
}
