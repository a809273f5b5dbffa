/** Enums, domains, sequences, functions, triggers and extensions. */
import { quoteLiteral } from "../../../src/model/names.js";
import { type DomainSpec, type EnumSpec, keyOf, q, qq, type Spec, type TableSpec } from "../spec.js";
import {
  afterDropping,
  around,
  atOne,
  type Drift,
  harmful,
  type Kind,
  part,
  partsOf,
  type Site,
  whole,
} from "./kind.js";

type Type = EnumSpec | DomainSpec;

/** Whether a label of it is a default, which then follows when labels change their names. */
export function isDefault(spec: Spec, type: EnumSpec): boolean {
  const columns = usersOf(spec, qq(type)).flatMap(({ table, columns: names }) =>
    table.columns.filter(({ name }) => names.includes(name)),
  );
  return columns.some((column) => column.default !== null);
}

/** Tables with the names of their columns of this type, arrays of it included. */
function usersOf(spec: Spec, type: string): { table: TableSpec; columns: string[] }[] {
  return spec.tables
    .map((table) => ({
      table,
      columns: table.columns.filter(({ type: { sql } }) => sql === type || sql === `${type}[]`).map(({ name }) => name),
    }))
    .filter(({ columns }) => columns.length > 0);
}

const touched = (spec: Spec, type: Type): string[] => [
  keyOf(type),
  ...usersOf(spec, qq(type)).flatMap(({ table }) => around(spec, table)),
];

/** Dropped with every column of its type. */
function droppedType(site: Site, types: readonly Type[], what: "enum" | "domain"): Drift | null {
  const able = types.filter(
    (type) =>
      !usersOf(site.spec, qq(type)).some(({ table, columns }) => columns.includes(table.partitions?.column ?? "")),
  );
  return atOne(site.choose, able, (type) => ({
    statements: [`drop ${what === "enum" ? "type" : "domain"} ${qq(type)} cascade`],
    expected: [
      whole(what === "enum" ? "MISSING_ENUM" : "MISSING_DOMAIN", "error", what, type),
      ...afterDropping(site.spec, usersOf(site.spec, qq(type))),
    ],
    touches: touched(site.spec, type),
  }));
}

/** Under another name every column has a type of another name. */
function renamedType(site: Site, types: readonly Type[], what: "enum" | "domain"): Drift | null {
  return atOne(site.choose, types, (type) => ({
    statements: [`alter ${what === "enum" ? "type" : "domain"} ${qq(type)} rename to zz_type`],
    expected: [
      whole(what === "enum" ? "MISSING_ENUM" : "MISSING_DOMAIN", "error", what, type),
      ...usersOf(site.spec, qq(type)).flatMap(({ table, columns }) =>
        columns.map((name) => part("COLUMN_TYPE", "error", "column", table, name)),
      ),
      ...site.spec.views.flatMap((view) =>
        usersOf(site.spec, qq(type))
          .filter(({ table }) => keyOf(table) === keyOf(view.of))
          .flatMap(({ columns }) =>
            columns
              .filter((name) => view.columns.includes(name))
              .map((name) => part("COLUMN_TYPE", "error", "column", view, name)),
          ),
      ),
    ],
    touches: touched(site.spec, type),
  }));
}

function onDomain(
  site: Site,
  fits: (domain: DomainSpec) => boolean,
  change: (domain: DomainSpec) => string | readonly string[],
  severity: "error" | "warning",
): Drift | null {
  return atOne(site.choose, site.spec.domains.filter(fits), (domain) => ({
    statements: [change(domain)].flat().map((each) => `alter domain ${qq(domain)} ${each}`),
    expected: [whole("DOMAIN_DEFINITION", severity, "domain", domain)],
    touches: touched(site.spec, domain),
  }));
}

const enumLabel = (type: EnumSpec, label: string) => part("MISSING_ENUM_LABEL", "error", "enum", type, label);

export const OBJECT_KINDS: readonly Kind[] = [
  harmful("an enum is dropped with its columns", (site) => droppedType(site, site.spec.enums, "enum")),
  harmful("an enum has another name", (site) => renamedType(site, site.spec.enums, "enum")),
  harmful("a label of an enum has another name", ({ spec, choose }) =>
    atOne(choose, spec.enums, (type) => {
      const label = choose.one(type.labels);
      return {
        statements: [`alter type ${qq(type)} rename value ${quoteLiteral(label)} to 'zz'`],
        expected: [enumLabel(type, label)],
        touches: touched(spec, type),
      };
    }),
  ),
  harmful("an enum was made without its last label", ({ spec, choose }) =>
    atOne(
      choose,
      spec.enums.filter((type) => usersOf(spec, qq(type)).length === 0),
      (type) => {
        const last = type.labels.at(-1) ?? "";
        return {
          statements: [
            `drop type ${qq(type)}`,
            `create type ${qq(type)} as enum (${type.labels.slice(0, -1).map(quoteLiteral).join(", ")})`,
          ],
          expected: [enumLabel(type, last)],
          touches: touched(spec, type),
        };
      },
    ),
  ),
  harmful("the labels of an enum stand in another order", ({ spec, choose }) =>
    atOne(
      choose,
      spec.enums.filter((type) => type.ordered && !isDefault(spec, type)),
      (type) => {
        const [first, last] = [quoteLiteral(type.labels[0] ?? ""), quoteLiteral(type.labels.at(-1) ?? "")];
        const rename = (from: string, to: string) => `alter type ${qq(type)} rename value ${from} to ${to}`;
        return {
          statements: [rename(first, "'zz'"), rename(last, first), rename("'zz'", last)],
          expected: [whole("ENUM_ORDER", "warning", "enum", type)],
          touches: touched(spec, type),
        };
      },
    ),
  ),
  harmful("a domain is dropped with its columns", (site) => droppedType(site, site.spec.domains, "domain")),
  harmful("a domain has another name", (site) => renamedType(site, site.spec.domains, "domain")),
  harmful("the check of a domain is dropped", (site) =>
    onDomain(
      site,
      () => true,
      ({ check }) => `drop constraint ${q(check.name)}`,
      "warning",
    ),
  ),
  harmful("the check of a domain is another", (site) =>
    onDomain(
      site,
      () => true,
      ({ check, base }) => [
        `drop constraint ${q(check.name)}`,
        `add constraint ${q(check.name)} check (${base === "text" ? "value <> 'zz'" : "value > -7"})`,
      ],
      "warning",
    ),
  ),
  harmful("the check of a domain is not validated", (site) =>
    onDomain(
      site,
      () => true,
      ({ check }) => [
        `drop constraint ${q(check.name)}`,
        `add constraint ${q(check.name)} check (${check.expression}) not valid`,
      ],
      "warning",
    ),
  ),
  harmful("a domain has one check more", (site) =>
    onDomain(
      site,
      () => true,
      ({ base }) => `add constraint zz_check check (${base === "text" ? "value <> 'zz'" : "value < 7000"})`,
      "warning",
    ),
  ),
  harmful("a domain allows NULL", (site) =>
    onDomain(
      site,
      ({ notNull }) => notNull,
      () => "drop not null",
      "warning",
    ),
  ),
  harmful("a domain does not allow NULL", (site) =>
    onDomain(
      site,
      ({ notNull }) => !notNull,
      () => "set not null",
      "error",
    ),
  ),
  harmful("a domain has no default", (site) =>
    onDomain(
      site,
      (domain) => domain.default !== null,
      () => "drop default",
      "error",
    ),
  ),
  harmful("a domain has another default", (site) =>
    onDomain(
      site,
      (domain) => domain.default !== null,
      ({ base }) => `set default ${base === "text" ? "'zz'" : "99"}`,
      "warning",
    ),
  ),
  harmful("a sequence is dropped", ({ spec, choose }) =>
    atOne(choose, spec.sequences, (sequence) => ({
      statements: [`drop sequence ${qq(sequence)}`],
      expected: [whole("MISSING_SEQUENCE", "error", "sequence", sequence)],
      touches: [keyOf(sequence)],
    })),
  ),
  harmful("a sequence has another name", ({ spec, choose }) =>
    atOne(choose, spec.sequences, (sequence) => ({
      statements: [`alter sequence ${qq(sequence)} rename to zz_sequence`],
      expected: [whole("MISSING_SEQUENCE", "error", "sequence", sequence)],
      touches: [keyOf(sequence)],
    })),
  ),
  harmful("a function is dropped", ({ spec, choose }) =>
    atOne(
      choose,
      spec.functions.filter(({ trigger }) => !trigger),
      (each) => ({
        statements: [`drop function ${qq(each)}(${each.arguments})`],
        expected: [
          whole("MISSING_FUNCTION", "error", "function", { ...each, name: `${each.name}(${each.arguments})` }),
        ],
        touches: [keyOf(each)],
      }),
    ),
  ),
  harmful("a function has other arguments", ({ spec, choose }) =>
    atOne(
      choose,
      spec.functions.filter(({ trigger }) => !trigger),
      (each) => ({
        statements: [
          `drop function ${qq(each)}(${each.arguments})`,
          `create function ${qq(each)}(bigint) returns bigint language sql as 'select $1'`,
        ],
        expected: [
          whole("MISSING_FUNCTION", "error", "function", { ...each, name: `${each.name}(${each.arguments})` }),
        ],
        touches: [keyOf(each)],
      }),
    ),
  ),
  harmful("a function is dropped with its triggers", ({ spec, choose }) =>
    atOne(
      choose,
      spec.functions.filter(({ trigger }) => trigger),
      (each) => ({
        statements: [`drop function ${qq(each)}() cascade`],
        expected: [
          whole("MISSING_FUNCTION", "error", "function", { ...each, name: `${each.name}()` }),
          ...partsOf({ spec }, ({ triggers }) => triggers).map(({ table, part: { name } }) =>
            part("MISSING_TRIGGER", "warning", "trigger", table, name),
          ),
        ],
        touches: [keyOf(each), ...spec.tables.filter(({ triggers }) => triggers.length > 0).map(keyOf)],
      }),
    ),
  ),
  ...(
    [
      "drop trigger NAME on TABLE",
      "alter table TABLE disable trigger NAME",
      "alter table TABLE enable replica trigger NAME",
    ] as const
  ).map((statement) =>
    harmful(statement.replace("NAME", "…").replace("TABLE", "…"), (site) =>
      atOne(
        site.choose,
        partsOf(site, ({ triggers }) => triggers),
        ({ table, part: { name } }) => ({
          statements: [statement.replace(/NAME|TABLE/g, (word) => (word === "NAME" ? q(name) : qq(table)))],
          expected: [part("MISSING_TRIGGER", "warning", "trigger", table, name)],
          touches: around(site.spec, table),
        }),
      ),
    ),
  ),
  harmful("an extension is dropped with its columns", ({ spec }) => {
    if (!spec.citext) return null;
    const users = usersOf(spec, "public.citext");
    return {
      statements: ["drop extension citext cascade"],
      expected: [
        {
          code: "MISSING_EXTENSION",
          severity: "error",
          kind: "extension",
          schema: null,
          relation: null,
          name: "citext",
        },
        ...afterDropping(spec, users),
      ],
      touches: users.flatMap(({ table }) => around(spec, table)),
    };
  }),
];
