/** Supabase CLI: `20240101000000_name.sql`, by name; each file in one implicit transaction. */
import type { Folder } from "./folder.js";
import { makeScript, type ReadScripts, scriptsOf, warnOfUnreadFiles } from "./script.js";

const FILE = /^(\d+)_.*\.sql$/;

/** The record holds the digits. https://supabase.com/docs/guides/deployment/database-migrations */
export async function readSupabase(folder: Folder): Promise<ReadScripts> {
  const named = folder.entries.filter(({ name, isDirectory }) => !isDirectory && FILE.test(name));
  warnOfUnreadFiles(folder, (file) => FILE.test(file), "TIMESTAMP_name.sql");
  const skipped = named.filter(({ name }) => name === folder.entries[0]?.name && isOldInit(name));
  for (const { name } of skipped) {
    const message =
      "is skipped, as the CLI does: the first file of a project from before 2021-12-09 that is called init";
    folder.warn("SKIPPED_BY_TOOL", name, message);
  }
  const scripts = await scriptsOf(
    folder,
    named.filter((entry) => !skipped.includes(entry)),
    ({ name }) => name,
    (source, { name }) => makeScript(folder, source, { name: FILE.exec(name)?.[1] ?? name, transaction: "script" }),
  );
  return { scripts };
}

function isOldInit(name: string): boolean {
  const [, timestamp = ""] = /^(\d{14})_init\.sql$/.exec(name) ?? [];
  return timestamp !== "" && timestamp < "20211209000000";
}
