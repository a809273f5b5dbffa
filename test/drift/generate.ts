/** A schema with some of everything: types, tables, keys, views, and names that break programs. */

import { type Chooser, chosen } from "./chooser.js";
import { CITEXT, type ColumnType, domainType, enumType, PLAIN_TYPES } from "./column-types.js";
import { type Names, namesFrom } from "./names.js";
import { type DomainSpec, type EnumSpec, qq, type Spec, type TableSpec, type ViewSpec } from "./spec.js";
import { partitionedTable, table } from "./tables.js";

const LABELS = ["new", "in work", "it's done", "Ünïcode", "UPPER", "0", 'quo"te', "a,b", "{x}", "\\"];

/** What the parts of a schema are made with. */
export interface Making {
  readonly choose: Chooser;
  /** Names of relations, types, constraints and indexes: no two objects of a schema share one. */
  readonly names: Names;
  readonly types: readonly ColumnType[];
  readonly schemas: readonly string[];
  /** Name of a function that returns trigger. */
  readonly triggerFunction: string;
}

/** Schemas of the size of a small application; the drift tests change one thing or several in them. */
export const schemaSpec = chosen(generate);

function generate(choose: Chooser): Spec {
  const names = namesFrom(choose);
  const schemas = ["public", names.next("app")];
  const place = (hint: string) => ({ schema: choose.one(schemas), name: names.next(hint) });
  const enums = [0, 1].map(
    (): EnumSpec => ({
      ...place("enum"),
      labels: choose.some(LABELS, choose.between(2, 4)),
      ordered: choose.chance(50),
    }),
  );
  const domains = (["text", "integer"] as const).map(
    (base): DomainSpec => domain(choose, base, place("domain"), names),
  );
  const sequences = [place("sequence")];
  const trigger = { ...place("touch"), arguments: "", trigger: true };
  const functions = [trigger, { ...place("twice"), arguments: "integer, text", trigger: false }];
  const citext = choose.chance(50);
  const types = [
    ...PLAIN_TYPES,
    ...(citext ? [CITEXT, CITEXT] : []),
    ...enums.flatMap((each) => [
      enumType(qq(each), each.labels, false),
      enumType(qq(each), each.labels, choose.chance(40)),
    ]),
    ...domains.flatMap((each) =>
      Array<ColumnType>(2).fill(domainType(qq(each), each.base === "text" ? "text" : "integer")),
    ),
  ];
  const making: Making = { choose, names, types, schemas, triggerFunction: qq(trigger) };
  const tables: TableSpec[] = [];
  const count = choose.between(2, 4);
  for (let i = 0; i < count; i++) tables.push(table(making, tables));
  if (choose.chance(60)) tables.push(partitionedTable(making));
  return { schemas, citext, enums, domains, sequences, functions, tables, views: views(making, tables) };
}

function domain(
  choose: Chooser,
  base: "text" | "integer",
  at: { schema: string; name: string },
  names: Names,
): DomainSpec {
  const expression = base === "text" ? "value <> '' and length(value) < 99" : "value > 0";
  const fallback = base === "text" ? "'d'" : "1";
  return {
    ...at,
    base,
    check: { name: names.next("domain_check"), expression },
    notNull: choose.chance(30),
    default: choose.chance(40) ? fallback : null,
  };
}

function views({ choose, names, schemas }: Making, tables: readonly TableSpec[]): ViewSpec[] {
  return [false, true].map((materialized) => {
    const of = choose.one(tables.slice(0, 2));
    const columns = choose.some(
      of.columns.map(({ name }) => name),
      3,
    );
    const first = of.columns.find(({ name }) => name === columns[0]);
    const isIndexed = materialized && first?.type.btree === true && choose.chance(60);
    return {
      schema: choose.one(schemas),
      name: names.next("view"),
      materialized,
      of: { schema: of.schema, name: of.name },
      columns,
      index: isIndexed ? names.next("view_index") : null,
    };
  });
}
