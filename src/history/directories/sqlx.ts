/** sqlx: `12_name.sql`, or `12_name.up.sql` beside its `.down.sql`; by number. */
import { digestsOf } from "./digests.js";
import type { Folder } from "./folder.js";
import { compareVersions } from "./order.js";
import { makeScript, type ReadScripts, refuseDuplicates, scriptsOf, warnOfUnreadFiles } from "./script.js";

const FILE = /^(\d+)_.*\.sql$/;

/**
 * A file that begins with `-- no-transaction` is sent without BEGIN, still as one simple query; the checksum is SHA-384 of
 * the file. https://docs.rs/sqlx/latest/sqlx/migrate/trait.MigrationSource.html
 */
export async function readSqlx(folder: Folder): Promise<ReadScripts> {
  const ups = folder.entries.flatMap(({ name, isDirectory }) => {
    const match = FILE.exec(name);
    if (isDirectory || match === null || name.endsWith(".down.sql")) return [];
    return [{ file: name, version: String(BigInt(match[1] ?? 0)) }];
  });
  warnOfUnreadFiles(folder, (file) => FILE.test(file), "NUMBER_name.sql");
  refuseDuplicates(folder, ups, ({ version }) => version);
  const scripts = await scriptsOf(
    folder,
    ups.sort((a, b) => compareVersions(a.version, b.version)),
    ({ file }) => file,
    (source, { version }) =>
      makeScript(folder, source, {
        name: version,
        transaction: source.text.startsWith("-- no-transaction") ? "script" : "transaction",
        digests: digestsOf(source.bytes, "sha384"),
      }),
  );
  return { scripts };
}
