/** Every object of a contract, printed by src/repair/ddl, and run in an empty database. */
import pg from "pg";
import type { Application, Contract, ExpectedRelation } from "../../src/model/contract.js";
import { clauseOf, type ObjectDefinition, type STATEMENT_KINDS } from "../../src/model/definitions.js";
import { type QualifiedName, qualifiedKey } from "../../src/model/names.js";
import type { Column } from "../../src/model/schema.js";
import {
  addConstraint,
  constraintOptions,
  createDomain,
  createEnum,
  createExtension,
  createIndex,
  createSchema,
  createSequence,
  createTable,
  laterParts,
  setSequenceOwner,
} from "../../src/repair/ddl/index.js";

/** One object: its statements run together or not at all. */
export type Unit = readonly string[];

/** All units, roughly in the order in which they can be made. */
export function scriptOfContract({ applications, definitions = [] }: Contract): Unit[] {
  return applications.flatMap((application) => scriptOfApplication(application, definitions));
}

function scriptOfApplication(application: Application, definitions: readonly ObjectDefinition[]): Unit[] {
  const { relations, enums, domains, sequences, extensions } = application;
  const tables = relations.filter(({ kind }) => kind === null || kind === "table" || kind === "partitioned-table");
  const own = new Map(tables.flatMap(ownedSequences).map((each) => [qualifiedKey(each.sequence), each]));
  const options = (name: QualifiedName) => ({ options: clauseOf(definitions, "sequence", name) });
  const alone = sequences.filter((sequence) => !own.has(qualifiedKey(sequence)));
  const later = tables.map((table) => ({ table, parts: laterParts(table, relations, { definitions }) }));
  return [
    ...schemasOf(application, definitions).map((name) => [createSchema(name)]),
    ...extensions.map((name) => [printed(definitions, "extension", name) ?? createExtension(name)]),
    ...kinds(definitions, ["collation", "type"]),
    ...enums.map((type) => [createEnum(type)]),
    ...domains.map((domain) => [createDomain(domain)]),
    ...kinds(definitions, ["function"]),
    ...alone.map((sequence) => [createSequence(sequence, options(sequence))]),
    ...[...own.values()].map(({ sequence, column }) => {
      const dataType = column.type.text;
      return [createSequence(sequence, { ...options(sequence), dataType })];
    }),
    ...tables.map((table) => createTable(table, { definitions })),
    ...[...own.values()].map(({ sequence, table, column }) => [setSequenceOwner(sequence, table, column.name)]),
    ...later.flatMap(({ table, parts }) =>
      parts.keys.map((key) => [addConstraint(table, key, constraintOptions(table, key, definitions))]),
    ),
    ...kinds(definitions, ["view"]),
    ...relations.flatMap((relation) =>
      laterParts(relation, relations, { definitions }).indexes.map((index) => [
        createIndex(relation, index, { concurrently: false }),
      ]),
    ),
    ...later.flatMap(({ table, parts }) =>
      parts.foreignKeys.map((key) => [addConstraint(table, key, constraintOptions(table, key, definitions))]),
    ),
    ...kinds(definitions, ["rule", "trigger", "statistics"]),
  ];
}

function kinds(definitions: readonly ObjectDefinition[], wanted: readonly (typeof STATEMENT_KINDS)[number][]): Unit[] {
  return definitions
    .filter(({ kind }) => wanted.some((each) => each === kind))
    .map(({ sql }) => sql.map((text) => `${text};`));
}

function printed(definitions: readonly ObjectDefinition[], kind: ObjectDefinition["kind"], name: string) {
  const [sql] = definitions.find((each) => each.kind === kind && each.name === name)?.sql ?? [];
  return sql === undefined ? null : `${sql};`;
}

interface Owned {
  readonly sequence: QualifiedName;
  readonly table: QualifiedName;
  readonly column: Column;
}

/** Of serial columns, and those that merely go with a column; an identity column brings its own. */
function ownedSequences(table: ExpectedRelation): Owned[] {
  return table.columns.flatMap((column) => {
    const { sequence, identity } = column;
    return sequence === null || identity !== null ? [] : [{ sequence, table, column }];
  });
}

function schemasOf(
  { relations, enums, domains, sequences, functions }: Application,
  definitions: readonly ObjectDefinition[],
): string[] {
  const named = [...relations, ...enums, ...domains, ...sequences, ...functions, ...definitions];
  const inUse = new Set(named.flatMap(({ schema }) => (schema === null ? [] : [schema])));
  for (const { kind, sql } of definitions) {
    const schema = kind === "extension" ? /SCHEMA "?(\w+)"?$/.exec(sql[0] ?? "")?.[1] : undefined;
    if (schema !== undefined) inUse.add(schema);
  }
  inUse.delete("public");
  return [...inUse];
}

const MOST_ROUNDS = 6;

/** Runs each unit in a transaction. What is refused is tried again when the others are there. @returns what stays refused */
export async function runUnits(url: string, units: readonly Unit[]): Promise<string[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("set check_function_bodies = off; set client_min_messages = error");
    let left = units;
    for (let round = 1; ; round++) {
      const refused: { readonly unit: Unit; readonly message: string }[] = [];
      for (const unit of left) {
        const message = await attempt(client, unit);
        if (message !== null) refused.push({ unit, message });
      }
      if (refused.length === 0 || refused.length === left.length || round === MOST_ROUNDS) {
        return refused.map(({ unit, message }) => `${message}: ${unit.join(" ")}`);
      }
      left = refused.map(({ unit }) => unit);
    }
  } finally {
    await client.end();
  }
}

async function attempt(client: pg.Client, unit: Unit): Promise<string | null> {
  try {
    await client.query(["begin;", ...unit, "commit;"].join("\n"));
    return null;
  } catch (error) {
    await client.query("rollback");
    return error instanceof Error ? error.message : String(error);
  }
}
