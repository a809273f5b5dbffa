/** Required functions: their argument types as the catalog prints them. */
import type { ExpectedFunction } from "../../model/contract.js";
import { truncateIdentifier } from "../../model/names.js";
import type { ScratchConnection } from "../../scratch/index.js";
import type { CheckFile } from "../check-file.js";
import type { Path } from "../load/place.js";
import { scanSql } from "../text/sql-scan.js";
import { attempt, type Refusal } from "./tasks.js";

/** A required function whose argument types are oids of the build. */
export interface FunctionTypes {
  readonly schema: string;
  readonly name: string;
  readonly types: readonly number[] | null;
}

/** Looks up the argument types; the search_path must be the application's. */
export async function resolveFunctions(
  connection: ScratchConnection,
  { content }: CheckFile,
  schema: string,
): Promise<{ functions: FunctionTypes[]; refusals: Refusal[] }> {
  const functions: FunctionTypes[] = [];
  const refusals: Refusal[] = [];
  for (const [i, entry] of (content.functions ?? []).entries()) {
    const path = ["functions", i];
    const { name, args, schema: own = schema } = readEntry(entry);
    const types: number[] = [];
    for (const argument of args ?? []) {
      const found = await typeNamed(connection, argument, path);
      if (typeof found === "number") types.push(found);
      else refusals.push(found);
    }
    const qualified = { schema: truncateIdentifier(own), name: truncateIdentifier(name) };
    functions.push({ ...qualified, types: args === null ? null : types });
  }
  return { functions, refusals };
}

type Entry = Exclude<CheckFile["content"]["functions"], undefined>[number];

function readEntry(entry: Entry): { name: string; args: readonly string[] | null; schema?: string | undefined } {
  if (typeof entry !== "string") return { name: entry.name, args: entry.arguments ?? null, schema: entry.schema };
  const [, name, list] = /^([^(]*)\(([\s\S]*)\)\s*$/.exec(entry) ?? [];
  if (name === undefined || list === undefined) return { name: entry, args: null };
  return { name: name.trim(), args: list.trim() === "" ? [] : scanSql(list).parts };
}

/** VARIADIC and array are the same type to the catalog. */
async function typeNamed(connection: ScratchConnection, argument: string, path: Path): Promise<number | Refusal> {
  const task = { path, part: "value", defines: null } as const;
  let oid: number | null = null;
  const refusal = await attempt(task, async () => {
    const [row] = await connection.query<{ oid: number | null }>(
      "select pg_catalog.to_regtype($1)::pg_catalog.oid as oid",
      [argument.replace(/^variadic\s+/i, "")],
    );
    oid = row?.oid ?? null;
  });
  const unknown = { task, message: `type ${JSON.stringify(argument)} does not exist`, sqlstate: "42704" };
  return refusal ?? oid ?? unknown;
}

/** Prints the argument types; the search_path must be empty, as it is when the catalog is read. */
export async function printFunctions(
  connection: ScratchConnection,
  functions: readonly FunctionTypes[],
): Promise<ExpectedFunction[]> {
  const oids = [...new Set(functions.flatMap(({ types }) => types ?? []))];
  const rows = await connection.query<{ oid: number; text: string }>(
    "select t.oid, pg_catalog.format_type(t.oid, null) as text from unnest($1::oid[]) as t(oid)",
    [oids],
  );
  const text = new Map(rows.map((row) => [row.oid, row.text]));
  return functions.map(({ schema, name, types }) => ({
    schema,
    name,
    arguments: types === null ? null : types.map((type) => text.get(type) ?? "").join(", "),
  }));
}
