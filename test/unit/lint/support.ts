/** Folders made by tests, linted with PostgreSQL's grammar. */
import { type KnownMigration, lintMigrations } from "../../../src/lint/index.js";
import type { LintFinding } from "../../../src/model/lint.js";
import type {
  MigrationDirectory,
  MigrationScript,
  MigrationTool,
  MigrationWarning,
} from "../../../src/model/migrations.js";
import { type Grammar, loadGrammar } from "../../../src/sql/index.js";

export interface LintOptions {
  readonly tool?: MigrationTool;
  readonly transaction?: MigrationScript["transaction"];
  readonly warnings?: readonly MigrationWarning[];
  readonly known?: readonly KnownMigration[] | null;
  readonly everything?: boolean;
  readonly schema?: string;
}

export function directoryOf(folder: Readonly<Record<string, string>>, options: LintOptions = {}): MigrationDirectory {
  const { tool = "prisma", transaction = "script", warnings = [] } = options;
  const scripts = Object.entries(folder).map(
    ([name, sql]): MigrationScript => ({
      name,
      file: tool === "prisma" ? `${name}/migration.sql` : name,
      sql,
      firstLine: 1,
      transaction,
      checksum: sql,
    }),
  );
  return { tool, scripts, otherOrder: null, warnings };
}

/** As a contract would remember them; the text itself stands for its digest. */
export function filesOf({ scripts }: MigrationDirectory): KnownMigration[] {
  return scripts.map(({ name, file, sql }) => ({ name, file, checksum: sql, alike: [sql.replaceAll("\r\n", "\n")] }));
}

const grammar: Grammar = await loadGrammar();

/** Findings of a folder: name -> script, in the order in which they run. */
export function lint(folder: Readonly<Record<string, string>>, options: LintOptions = {}): readonly LintFinding[] {
  const { known = null, everything = false, schema = "public" } = options;
  const directory = directoryOf(folder, options);
  const files = filesOf(directory);
  return lintMigrations({ directory, grammar, schema, files, known, everything, refused: null }).findings;
}

export const OLD = "20250101000000_old";
export const NEW = "20250102000000_new";

/** Codes that a script gets whose tables an earlier migration made; notes count only when they are asked for. */
export function codesOf(
  earlier: string,
  sql: string,
  options: LintOptions & { readonly notes?: boolean } = {},
): string[] {
  const findings = lint({ [OLD]: earlier, [NEW]: sql }, options).filter(({ migration }) => migration === NEW);
  return findings.filter(({ severity }) => options.notes === true || severity !== "note").map(({ code }) => code);
}
