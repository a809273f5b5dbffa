/**
 * Reads the model after each script, cheaply: first one look at which relations have catalog rows of another version
 * than before, then the reader of src/catalog for those alone. A rename shows in the rows of others that do not
 * change, so after one everything is read anew, as it is at the end.
 */
import { readCatalog, readObjectDefinitions } from "../../catalog/index.js";
import { PRINTING_SETTINGS } from "../../db/index.js";
import type { ObjectDefinition } from "../../model/definitions.js";
import { compareQualified, qualifiedKey } from "../../model/names.js";
import type { SchemaModel } from "../../model/schema.js";
import type { ScratchConnection } from "../../scratch/index.js";

/** Objects that PostgreSQL brings along have oids below this. */
const FIRST_USER_OID = 16_384;

const PG_CLASS = "'pg_catalog.pg_class'::pg_catalog.regclass";

const USER_SCHEMAS = `select nspname::text from pg_catalog.pg_namespace
where nspname !~ '^pg_' and nspname <> 'information_schema' order by nspname`;

/**
 * What says that rows were added, changed or removed: how many there are, and the newest transaction that wrote one of
 * them. Transaction numbers only grow here, so what is written later is newer; age() tells them as numbers, cheaply.
 */
const STAMP = "count(*) || '/' || coalesce(age('3'::pg_catalog.xid) - min(age), 0)";

const part = (catalog: string, relation: string) =>
  `select ${relation} as oid, age(xmin) as age from pg_catalog.${catalog} where ${relation} >= ${FIRST_USER_OID}`;

const RELATION_STAMPS = `select json_agg(json_build_array(n.nspname, c.relname, p.oid || '/' || p.stamp) order by n.nspname, c.relname)
from (
  select oid, ${STAMP} as stamp from (
    ${part("pg_class", "oid")} union all ${part("pg_attribute", "attrelid")} union all ${part("pg_attrdef", "adrelid")}
    union all ${part("pg_constraint", "conrelid")} union all ${part("pg_index", "indrelid")}
    union all ${part("pg_trigger", "tgrelid")} union all ${part("pg_policy", "polrelid")}
    union all ${part("pg_rewrite", "ev_class")} union all ${part("pg_inherits", "inhrelid")}
    union all ${part("pg_depend", "refobjid")} and deptype in ('a', 'i') and refobjsubid > 0 and classid = ${PG_CLASS}
    union all select i.indrelid, age(k.xmin) from pg_catalog.pg_index i
      join pg_catalog.pg_class k on k.oid = i.indexrelid where i.indrelid >= ${FIRST_USER_OID}
  ) rows group by oid
) p
join pg_catalog.pg_class c on c.oid = p.oid and c.relkind = any('{r,p,v,m,f}')
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

const stampOf = (catalog: string, condition: string) =>
  `(select ${STAMP} from (select age(xmin) as age from pg_catalog.${catalog} where ${condition}) rows)`;
const users = `oid >= ${FIRST_USER_OID}`;
/** Owned and identity sequences depend on their columns. */
const SEQUENCES = "objid in (select seqrelid from pg_catalog.pg_sequence)";

/** Every table brings types of its own along; only those that the model holds count. */
const OTHER_STAMP = `concat_ws(' ', ${stampOf("pg_namespace", "true")}, ${stampOf("pg_type", `${users} and typtype in ('e', 'd')`)},
  ${stampOf("pg_enum", "true")}, ${stampOf("pg_proc", users)}, ${stampOf("pg_sequence", "true")},
  ${stampOf("pg_class", `relkind = 'S' and ${users}`)}, ${stampOf("pg_extension", "true")},
  ${stampOf("pg_constraint", `contypid >= ${FIRST_USER_OID}`)},
  ${stampOf("pg_depend", `deptype in ('a', 'i') and classid = ${PG_CLASS} and ${SEQUENCES}`)})`;

/** Everything in one round trip: after a script that changes little, round trips are what takes the time. */
const STAMPS = `select array(${USER_SCHEMAS}) as schemas, (${RELATION_STAMPS}) as relations, ${OTHER_STAMP} as others`;

/** The model of the moment, with what tells whether it is still right. */
export interface Snapshot {
  readonly model: SchemaModel;
  /** Qualified key of a relation -> version. */
  readonly relations: ReadonlyMap<string, string>;
  readonly others: string;
}

interface Stamps {
  readonly schemas: readonly string[];
  readonly rows: readonly { readonly schema: string; readonly name: string; readonly stamp: string }[];
  readonly relations: ReadonlyMap<string, string>;
  readonly others: string;
}

/** Definitions of what the model says too little about. @param model what was read of the same database */
export function readDefinitions(connection: ScratchConnection, { schemas }: SchemaModel): Promise<ObjectDefinition[]> {
  const names = schemas.map(({ name }) => name);
  return inReading(connection, () => readObjectDefinitions(connection, names));
}

/** Names of schemas; `all`: every schema that is not PostgreSQL's own, nor one of `except`. */
export type Schemas = readonly string[] | "all" | { readonly except: readonly string[] };

/** Reads everything. @param schemas what the model shall hold */
export async function readSnapshot(connection: ScratchConnection, schemas: Schemas): Promise<Snapshot> {
  return inReading(connection, async () => {
    const { schemas: names, relations, others } = await readStamps(connection, schemas);
    const model = await readCatalog(connection, {
      schemas: names,
      relations: "all",
      enums: "all",
      domains: "all",
      sequences: "all",
      functions: "all",
      role: null,
      alone: true,
    });
    return { model, relations, others };
  });
}

/** Reads what differs from the earlier snapshot; when nothing does, the model is the very same value. */
export async function refresh(connection: ScratchConnection, schemas: Schemas, before: Snapshot): Promise<Snapshot> {
  return inReading(connection, async () => {
    const stamps = await readStamps(connection, schemas);
    const changed = stamps.rows.filter((row) => before.relations.get(qualifiedKey(row)) !== row.stamp);
    const isGone = [...before.relations.keys()].some((key) => !stamps.relations.has(key));
    const sameOthers = stamps.others === before.others;
    if (changed.length === 0 && !isGone && sameOthers) return before;
    const wanted = sameOthers ? [] : "all";
    const read = await readCatalog(connection, {
      schemas: stamps.schemas,
      relations: changed.map(({ schema, name }) => ({ schema, name })),
      enums: wanted,
      domains: wanted,
      sequences: wanted,
      functions: wanted,
      role: null,
      alone: true,
    });
    const rest = sameOthers ? before.model : read;
    const reread = new Set(changed.map(qualifiedKey));
    const kept = before.model.relations.filter((relation) => {
      const key = qualifiedKey(relation);
      return stamps.relations.has(key) && !reread.has(key);
    });
    const { serverVersion, schemas: found, extensions, role, unreadable } = read;
    const { enums, domains, sequences, functions } = rest;
    const relations = [...kept, ...read.relations].sort(compareQualified);
    const model = {
      serverVersion,
      schemas: found,
      relations,
      enums,
      domains,
      sequences,
      functions,
      extensions,
      role,
      unreadable,
    };
    return { model, relations: stamps.relations, others: stamps.others };
  });
}

interface StampRow {
  readonly schemas: readonly string[];
  readonly relations: readonly (readonly [schema: string, name: string, stamp: string])[] | null;
  readonly others: string;
}

async function readStamps(connection: ScratchConnection, schemas: Schemas): Promise<Stamps> {
  const [found] = await connection.query<StampRow>(STAMPS);
  if (found === undefined) throw new Error("the catalog gave no answer");
  const names = namesOf(found.schemas, schemas);
  const rows = (found.relations ?? [])
    .filter(([schema]) => names.includes(schema))
    .map(([schema, name, stamp]) => ({ schema, name, stamp }));
  const relations = new Map(rows.map((row) => [qualifiedKey(row), row.stamp]));
  return { schemas: names, rows, relations, others: found.others };
}

function namesOf(all: readonly string[], schemas: Schemas): readonly string[] {
  if (schemas === "all") return all;
  return "except" in schemas ? all.filter((name) => !schemas.except.includes(name)) : schemas;
}

/** The reader uses savepoints, and prints as it prints on the target. */
async function inReading<T>(connection: ScratchConnection, work: () => Promise<T>): Promise<T> {
  await connection.execute(`begin;\n${PRINTING_SETTINGS}`);
  try {
    return await work();
  } finally {
    await connection.execute("rollback");
  }
}
