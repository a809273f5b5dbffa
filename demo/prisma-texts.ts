/** Prisma's messages, word for word where people search the web for them. */
import type pg from "pg";

const RESOLVE_PAGE = "https://pris.ly/d/migrate-resolve";
const BASELINE_PAGE = "https://pris.ly/d/migrate-baseline";

/** What a P3009 message says about one failed row of `_prisma_migrations`. */
export interface FailedRow {
  readonly migration_name: string;
  readonly started_at: Date;
  readonly logs: string | null;
}

export const P3005 = `The database schema is not empty. Read more about how to baseline an existing production database: ${BASELINE_PAGE}`;

/** P3009: failed rows stop every deploy. */
export function failedMigrations(rows: readonly FailedRow[]): string {
  const details = rows.map(
    ({ migration_name, started_at, logs }) =>
      `The \`${migration_name}\` migration started at ${started_at.toISOString()} failed${logs ? ` with the following logs:\n${logs}` : ""}`,
  );
  return [
    "migrate found failed migrations in the target database, new migrations will not be applied.",
    `Read more about how to resolve migration issues in a production database: ${RESOLVE_PAGE}`,
    ...details,
  ].join("\n");
}

/** P3018, also the text that Prisma stores in `logs`: its message, then the server's error field by field. */
export function failedScript(name: string, error: pg.DatabaseError): string {
  const some = (value: string | undefined) => (value === undefined ? "None" : `Some(${JSON.stringify(value)})`);
  const fields = [
    `severity: ${JSON.stringify(error.severity)}, parsed_severity: Some(Error), code: SqlState(E${error.code})`,
    `message: ${JSON.stringify(error.message)}, detail: ${some(error.detail)}, hint: ${some(error.hint)}`,
    `position: ${some(error.position)}, where_: ${some(error.where)}, schema: ${some(error.schema)}`,
    `table: ${some(error.table)}, column: ${some(error.column)}, datatype: ${some(error.dataType)}`,
    `constraint: ${some(error.constraint)}, file: ${some(error.file)}, line: Some(${error.line})`,
    `routine: ${some(error.routine)}`,
  ];
  return [
    "A migration failed to apply. New migrations cannot be applied before the error is recovered from. " +
      `Read more about how to resolve migration issues in a production database: ${RESOLVE_PAGE}`,
    `Migration name: ${name}`,
    `Database error code: ${error.code}`,
    `Database error:\n${error.severity}: ${error.message}`,
    `DbError { ${fields.join(", ")} }`,
  ].join("\n\n");
}
