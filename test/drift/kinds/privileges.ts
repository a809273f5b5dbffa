/** What the application's role may no longer do. */
import { keyOf, list, q, qq, type TableSpec } from "../spec.js";
import { around, atOne, type Finding, harmful, type Kind, part, partsOf } from "./kind.js";

const missing = (table: TableSpec, name: string): Finding =>
  part("MISSING_PRIVILEGE", "error", "privileges", table, name);

export const PRIVILEGE_KINDS: readonly Kind[] = [
  ...(["SELECT", "INSERT", "UPDATE", "DELETE"] as const).map((privilege) =>
    harmful(`${privilege} is revoked`, ({ spec, choose, role }) =>
      atOne(choose, spec.tables, (table) => ({
        statements: [`revoke ${privilege} on ${qq(table)} from ${role}`],
        expected: [missing(table, privilege)],
        touches: around(spec, table),
      })),
    ),
  ),
  harmful("everything on a table is revoked", ({ spec, choose, role }) =>
    atOne(choose, spec.tables, (table) => ({
      statements: [`revoke all on ${qq(table)} from ${role}`],
      expected: ["SELECT", "INSERT", "UPDATE", "DELETE"].map((privilege) => missing(table, privilege)),
      touches: around(spec, table),
    })),
  ),
  harmful("UPDATE is granted on some columns only", ({ spec, choose, role }) =>
    atOne(choose, spec.tables, (table) => ({
      statements: [
        `revoke update on ${qq(table)} from ${role}`,
        `grant update (${list(table.columns.slice(1).map(({ name }) => name))}) on ${qq(table)} to ${role}`,
      ],
      expected: [missing(table, "UPDATE")],
      touches: around(spec, table),
    })),
  ),
  harmful("SELECT on a view is revoked", ({ spec, choose, role }) =>
    atOne(choose, spec.views, (view) => ({
      statements: [`revoke select on ${qq(view)} from ${role}`],
      expected: [part("MISSING_PRIVILEGE", "error", "privileges", view, "SELECT")],
      touches: [keyOf(view), keyOf(view.of)],
    })),
  ),
  harmful("USAGE on a schema is revoked", ({ spec, role }) => {
    const schema = spec.schemas[1];
    // What nothing of the application is in, it need not get into.
    const isUsed = [...spec.tables, ...spec.views].some((each) => each.schema === schema);
    if (schema === undefined || !isUsed) return null;
    return {
      statements: [`revoke usage on schema ${q(schema)} from ${role}`],
      expected: [
        { code: "MISSING_PRIVILEGE", severity: "error", kind: "privileges", schema, relation: null, name: "USAGE" },
      ],
      touches: [...spec.tables, ...spec.views, ...spec.sequences].map(keyOf),
    };
  }),
  harmful("USAGE on a sequence is revoked", ({ spec, choose, role }) =>
    atOne(choose, spec.sequences, (sequence) => ({
      statements: [`revoke usage on sequence ${qq(sequence)} from ${role}`],
      expected: [
        {
          code: "MISSING_PRIVILEGE",
          severity: "error",
          kind: "privileges",
          schema: sequence.schema,
          relation: null,
          name: `USAGE ON SEQUENCE ${sequence.schema}.${sequence.name}`,
        },
      ],
      touches: [keyOf(sequence)],
    })),
  ),
  harmful("USAGE on the sequence of a serial is revoked", (site) =>
    atOne(
      site.choose,
      partsOf(
        site,
        ({ columns }) => columns,
        ({ serial }) => serial,
      ),
      ({ table, part: column }) => ({
        statements: [
          `create sequence ${q(table.schema)}.zz_numbers owned by ${qq(table)}.${q(column.name)}`,
          `alter table ${qq(table)} alter column ${q(column.name)} set default nextval('${q(table.schema).replaceAll("'", "''")}.zz_numbers')`,
        ],
        expected: [missing(table, `USAGE ON SEQUENCE ${table.schema}.zz_numbers`)],
        touches: around(site.spec, table),
      }),
    ),
  ),
  harmful("the role may not connect", ({ spec, role }) => ({
    statements: [
      "do $do$ begin execute format('revoke connect on database %I from public', current_database()); end $do$",
      `do $do$ begin execute format('revoke connect on database %I from ${role.replaceAll("'", "''").replaceAll("%", "%%")}', current_database()); end $do$`,
    ],
    expected: [
      {
        code: "MISSING_PRIVILEGE",
        severity: "error",
        kind: "privileges",
        schema: null,
        relation: null,
        name: "CONNECT",
      },
    ],
    touches: [...spec.tables, ...spec.views, ...spec.sequences].map(keyOf),
  })),
  harmful("the role may not log in", ({ spec, role }) => ({
    statements: [`alter role ${role} nologin`],
    expected: [
      {
        code: "MISSING_PRIVILEGE",
        severity: "warning",
        kind: "privileges",
        schema: null,
        relation: null,
        name: "LOGIN",
      },
    ],
    touches: [...spec.tables, ...spec.views, ...spec.sequences].map(keyOf),
    afterwards: [`alter role ${role} login`],
  })),
];
