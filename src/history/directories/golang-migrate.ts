/** golang-migrate: `12_name.up.sql`, by number; each file is sent whole. The last part of the name may be any other. */

import type { Folder } from "./folder.js";
import { compareVersions } from "./order.js";
import { makeScript, type ReadScripts, refuseDuplicates, scriptsOf, warnOfUnreadFiles } from "./script.js";

const FILE = /^(\d+)_(.*)\.(up|down)\.(.*)$/;

/** Its record table holds the highest number only, so that is the name. https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md */
export async function readGolangMigrate(folder: Folder): Promise<ReadScripts> {
  const ups = folder.entries.flatMap(({ name, isDirectory }) => {
    const match = FILE.exec(name);
    return isDirectory || match?.[3] !== "up" ? [] : [{ file: name, version: String(BigInt(match[1] ?? 0)) }];
  });
  warnOfUnreadFiles(folder, (file) => FILE.test(file), "NUMBER_name.up.sql or NUMBER_name.down.sql");
  refuseDuplicates(folder, ups, ({ version }) => version);
  const inOrder = ups.sort((a, b) => compareVersions(a.version, b.version));
  const scripts = await scriptsOf(
    folder,
    inOrder,
    ({ file }) => file,
    (source, { version }) => makeScript(folder, source, { name: version, transaction: "script" }),
  );
  return { scripts };
}
