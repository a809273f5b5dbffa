/** Numbered SQL files without any tool: by the number they begin with, compared as a number. */
import type { Folder } from "./folder.js";
import { compareBytes, compareNatural } from "./order.js";
import { upFiles } from "./pairs.js";
import { makeScript, type ReadScripts, scriptsOf, warnOfUnreadFiles } from "./script.js";

/** Each file is sent whole. Names are file names; where `ls` would give another order, that is said and given along. */
export async function readPlainSql(folder: Folder): Promise<ReadScripts> {
  const ups = await upFiles(folder);
  warnOfUnreadFiles(folder, (file) => /\.sql$/i.test(file), "NUMBER_name.sql");
  const inOrder = [...ups].sort((a, b) => compareNatural(a.file, b.file));
  const byBytes = ups.map(({ file }) => file).sort(compareBytes);
  const first = inOrder.findIndex(({ file }, index) => file !== byBytes[index]);
  if (first >= 0) {
    const message = `by number, file ${first + 1} is ${inOrder[first]?.file}; by name (\`ls\`) it is ${byBytes[first]}; taken here: by number`;
    folder.warn("ORDER_DIFFERS", null, message);
  }
  const scripts = await scriptsOf(
    folder,
    inOrder,
    ({ file }) => file,
    (source, { file }) => makeScript(folder, source, { name: file, transaction: "script" }),
  );
  return { scripts, otherOrder: first < 0 ? null : byBytes };
}
