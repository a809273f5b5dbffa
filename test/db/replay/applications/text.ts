/** A script with each statement in the line that is given for it; the lines between hold comments. */
export function inLines(statements: Readonly<Record<number, string>>): string {
  const last = Math.max(...Object.keys(statements).map(Number));
  return Array.from({ length: last }, (_, index) => statements[index + 1] ?? `-- line ${index + 1}`).join("\n");
}

/** One migration of an application, rebuilt in our own words with the fault of the original in the same line. */
export interface Rebuilt {
  readonly name: string;
  readonly sql: string;
  /** `CODE line SQLSTATE`; null: it replays on an empty database. */
  readonly fails: string | null;
}

const failing = (name: string, line: number, statement: string, code: string, before = {}): Rebuilt => ({
  name,
  sql: inLines({ ...before, [line]: statement }),
  fails: `${code.split(" ")[0]} ${line} ${code.split(" ")[1]}`,
});

export const runs = (name: string, sql: string): Rebuilt => ({ name, sql, fails: null });

/** Changes a table that no migration creates. */
export const altersMissing = (name: string, line: number, table: string): Rebuilt =>
  failing(name, line, `ALTER TABLE "${table}" ADD COLUMN "addedHere" TEXT;`, "NO_MIGRATION_CREATES_IT 42P01");

/** Creates a table of its own, and then a foreign key to one that no migration creates. */
export const refersToMissing = (name: string, line: number, own: string, table: string): Rebuilt =>
  failing(
    name,
    line,
    `ALTER TABLE "${own}" ADD CONSTRAINT "${own}_owner_fkey" FOREIGN KEY ("ownerId") REFERENCES "${table}"("id") ON DELETE CASCADE;`,
    "NO_MIGRATION_CREATES_IT 42P01",
    { 2: `CREATE TABLE "${own}" ("id" TEXT NOT NULL PRIMARY KEY, "ownerId" TEXT NOT NULL);` },
  );

export const dropsMissingIndex = (name: string, line: number, index: string): Rebuilt =>
  failing(name, line, `DROP INDEX "${index}";`, "NO_MIGRATION_CREATES_IT 42704");

export const withFault = failing;
