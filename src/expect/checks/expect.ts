/** The section `expect`: a reference database is addressed without its password, and a variable by its name. */
import { resolve } from "node:path";
import type { CheckFile, FileCheck } from "../check-file.js";
import { EXPECT_KINDS, type ExpectKind, type ExpectSection } from "../schema/sources.js";

/** The name in `{{env.NAME}}`; null: the text is no such template. */
export function variableIn(text: string): string | null {
  return /^\{\{\s*env\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}$/.exec(text.trim())?.[1] ?? null;
}

/** Checks the text of a database; what else a source needs shows when it is read. */
export function checkExpect(check: FileCheck, databaseProblems: (url: string) => readonly string[]): void {
  const text = check.file.content.expect?.database;
  if (text === undefined) return;
  const path = ["expect", "database"];
  if (/\{\{|\}\}/.test(text) && variableIn(text) === null) {
    check.report(path, "a template stands alone here and names a variable of the environment: {{env.NAME}}");
    return;
  }
  for (const problem of databaseProblems(text)) check.report(path, problem);
}

/** Which source a section names. */
export function kindOf(section: ExpectSection): ExpectKind {
  const [kind = "contract"] = EXPECT_KINDS.filter((each) => section[each] !== undefined);
  return kind;
}

/** The same text for the same source, whichever directory the file that names it stands in. */
export function sourceIdentity({ path, content: { expect } }: CheckFile): string | null {
  if (expect === undefined) return null;
  const absolute = (file: string | undefined) => (file === undefined ? null : resolve(path, "..", file));
  const { migrations, prisma, sql, contract, database, schemas } = expect;
  const directory = absolute(migrations?.directory);
  const files = [prisma, sql, contract].map(absolute);
  return JSON.stringify([directory, migrations?.tool, files, database, schemas]);
}
