/** The `expect` sections of check files -> the sources that they name. */
import { dirname, isAbsolute, join } from "node:path";
import { type Environment, parseConnectionString, withPasswordFrom } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import { type CheckFile, kindOf, variableIn } from "../expect/index.js";
import { type Source, type SourceRequest, sourcePath } from "./source.js";

/** The file in which an application says what its schema is taken from. */
export interface Expecting {
  readonly application: string;
  readonly file: CheckFile;
}

/** One for each application that names a source; files of one application name the same. */
export function expectingFiles(files: readonly CheckFile[]): Expecting[] {
  const found = new Map<string, Expecting>();
  for (const file of files) {
    const { application, expect } = file.content;
    if (expect !== undefined && !found.has(application)) found.set(application, { application, file });
  }
  return [...found.values()];
}

/**
 * What a file asks for. Its schema is that of the file, else that of a reference database's URL, else the default.
 * @param file one that was loaded with databaseProblems, which found none
 */
export function requestOf(file: CheckFile, defaultSchema: string | null, environment: Environment): SourceRequest {
  const { schema: own, expect } = file.content;
  const source = sourceOf(file, environment);
  const inUrl = source.kind === "database" ? source.connection.schema : null;
  return { source, schema: own ?? inUrl ?? defaultSchema, schemas: expect?.schemas ?? null };
}

function sourceOf({ path, content }: CheckFile, environment: Environment): Source {
  const { expect = {} } = content;
  // As the path of the check file itself, it starts from where the process is.
  const beside = (file = "") => sourcePath(isAbsolute(file) ? file : join(dirname(path), file), "");
  switch (kindOf(expect)) {
    case "migrations":
      return {
        kind: "migrations",
        directory: beside(expect.migrations?.directory),
        tool: expect.migrations?.tool ?? null,
      };
    case "prisma":
      return { kind: "prisma", schema: beside(expect.prisma) };
    case "sql":
      return { kind: "sql", file: beside(expect.sql) };
    case "database":
      return { kind: "database", connection: connectionOf(expect.database ?? "", environment) };
    case "contract":
      return { kind: "contract", file: beside(expect.contract) };
  }
}

function connectionOf(text: string, environment: Environment) {
  const variable = variableIn(text);
  const url = variable === null ? text : (environment[variable] ?? "");
  return withPasswordFrom(environment, parseConnectionString(url));
}

/** Why a text cannot be the URL of a reference database; nothing of it is repeated. */
export function databaseProblems(text: string, environment: Environment): string[] {
  const variable = variableIn(text);
  const url = variable === null ? text : environment[variable];
  if (url === undefined || url === "") return [`the variable ${variable} is not set in the environment`];
  try {
    const { password } = parseConnectionString(url);
    return variable === null && password !== null ? [PASSWORD] : [];
  } catch (error) {
    if (!(error instanceof SchemareadyError)) throw error;
    const what =
      variable === null ? "not the URL of a database" : `the variable ${variable} holds no URL of a database`;
    return error.problems.map(({ message }) => `${what}: ${message}`);
  }
}

const PASSWORD =
  'a password does not belong into a file: leave it out (PGPASSWORD or ~/.pgpass give it), or name a variable that holds the whole URL: "{{env.REFERENCE_DATABASE_URL}}"';
