import type { SqlConnection } from "../db/index.js";
import { compareQualified, compareText, type QualifiedName } from "../model/names.js";
import type { DomainType, EnumType, Extension, FunctionInfo, Sequence } from "../model/schema.js";
import { distinctNames, groupBy, inChunks } from "./chunks.js";
import { expressionOf } from "./columns.js";
import {
  DOMAIN_CHECKS,
  type DomainCheckRow,
  type DomainRow,
  domainsQuery,
  type EnumRow,
  EXTENSIONS,
  type ExtensionRow,
  enumsQuery,
  type FunctionRow,
  functionsQuery,
  type Scope,
  type SequenceRow,
  sequencesQuery,
} from "./queries/objects.js";
import type { CatalogRequest } from "./request.js";
import { readTypes } from "./types.js";

type Wanted = "all" | readonly QualifiedName[];

/** Reads objects of one kind: all of the schemas, or the named ones; nothing wanted, no query. */
async function read<R extends object>(
  connection: SqlConnection,
  query: (scope: Scope) => string,
  schemas: readonly string[],
  wanted: Wanted,
  extra: readonly unknown[] = [],
): Promise<R[]> {
  if (wanted === "all") return connection.query<R>(query("all"), [schemas, [], [], ...extra]);
  if (wanted.length === 0) return [];
  const names = distinctNames(wanted);
  const params = [schemas, names.map(({ schema }) => schema), names.map(({ name }) => name), ...extra];
  return connection.query<R>(query("named"), params);
}

export async function readEnums(connection: SqlConnection, request: CatalogRequest): Promise<EnumType[]> {
  const rows = await read<EnumRow>(connection, enumsQuery, request.schemas, request.enums);
  return rows.map(({ schema, name, labels }) => ({ schema, name, labels: labels ?? [] })).sort(compareQualified);
}

export async function readDomains(connection: SqlConnection, request: CatalogRequest): Promise<DomainType[]> {
  const rows = await read<DomainRow>(connection, domainsQuery, request.schemas, request.domains);
  const oids = rows.map(({ oid }) => oid);
  const checks = await inChunks(oids, (chunk) => connection.query<DomainCheckRow>(DOMAIN_CHECKS, [chunk]));
  const types = await readTypes(
    connection,
    rows.map((row) => ({ type: row.base, modifier: row.modifier })),
  );
  const byDomain = groupBy(checks, ({ oid }) => oid);
  return rows
    .flatMap((row): DomainType[] => {
      const base = types.find(row.base, row.modifier);
      if (base === null) return [];
      return [
        {
          schema: row.schema,
          name: row.name,
          base,
          nullable: !row.not_null,
          default: expressionOf(row.default),
          checks: (byDomain.get(row.oid) ?? [])
            .map((check) => ({
              name: check.name,
              validated: check.validated,
              expression: expressionOf(check.expression ?? ""),
            }))
            .sort((a, b) => compareText(a.name, b.name)),
        },
      ];
    })
    .sort(compareQualified);
}

export async function readSequences(connection: SqlConnection, request: CatalogRequest): Promise<Sequence[]> {
  const rows = await read<SequenceRow>(connection, sequencesQuery, request.schemas, request.sequences, [request.role]);
  return rows
    .map((row) => ({
      schema: row.schema,
      name: row.name,
      dataType: row.data_type,
      start: row.start,
      increment: row.increment,
      min: row.min,
      max: row.max,
      cycle: row.cycle,
      ownedBy: ownerOf(row),
      privileges: { usage: row.usage },
    }))
    .sort(compareQualified);
}

function ownerOf(row: SequenceRow): Sequence["ownedBy"] {
  if (row.owner_schema === null || row.owner_name === null || row.owner_column === null) return null;
  return { schema: row.owner_schema, name: row.owner_name, column: row.owner_column };
}

const FUNCTION_KINDS: Readonly<Record<string, FunctionInfo["kind"]>> = {
  f: "function",
  p: "procedure",
  a: "aggregate",
  w: "window",
};

export async function readFunctions(connection: SqlConnection, request: CatalogRequest): Promise<FunctionInfo[]> {
  const rows = await read<FunctionRow>(connection, functionsQuery, request.schemas, request.functions);
  return rows
    .map((row) => ({
      schema: row.schema,
      name: row.name,
      arguments: row.arguments,
      kind: FUNCTION_KINDS[row.kind] ?? "function",
      returns: row.returns,
      definitionHash: row.definition_hash,
    }))
    .sort((a, b) => compareQualified(a, b) || compareText(a.arguments, b.arguments));
}

export async function readExtensions(connection: SqlConnection): Promise<Extension[]> {
  const rows = await connection.query<ExtensionRow>(EXTENSIONS);
  return rows
    .map(({ name, version, schema }) => ({ name, version, schema }))
    .sort((a, b) => compareText(a.name, b.name));
}
