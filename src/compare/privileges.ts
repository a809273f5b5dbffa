/**
 * What the application's role may do, against what its features do. Grants on single columns count; an INSERT that
 * uses a serial default also needs its sequence. When the check file names no role, the connected role is judged; a
 * role that plainly is not the application's (it may write nothing at all) gives `unverified`, not a list of gaps.
 */
import type { Application, ExpectedRelation, RelationUse } from "../model/contract.js";
import { schemaGrant } from "../model/grants.js";
import { compareQualified, displayName, type QualifiedName } from "../model/names.js";
import type { Operation, Severity, Subject, Target } from "../model/report.js";
import type { Column, ColumnPrivileges, Relation, SchemaModel } from "../model/schema.js";
import { ALL_OPERATIONS, gap, type Outcome, SATISFIED, unverified } from "./outcome.js";
import { partOf } from "./subjects.js";

interface Need {
  readonly expected: ExpectedRelation;
  readonly actual: Relation;
  readonly operation: Operation;
  /** Columns that need the privilege; empty for DELETE. */
  readonly columns: readonly string[];
  readonly features: readonly string[];
}

/** `pairs`: the expected relations that exist, each with what was found. `target`: the connected role and the database, for messages. */
export function comparePrivileges(
  application: Application,
  model: SchemaModel,
  pairs: readonly (readonly [ExpectedRelation, Relation])[],
  { user, database }: Pick<Target, "user" | "database">,
): Outcome[] {
  if (application.role === false || application.features.length === 0) return [];
  const unknownRole = model.unreadable.find(({ subject }) => subject.kind === "role");
  if (unknownRole !== undefined) return [cannotJudge(application, unknownRole.reason, unknownRole.sqlstate)];
  const role = application.role ?? user;
  const schemas = [...compareLogin(application, model, database), ...compareSchemaUsage(application, model, role)];
  const needs = pairs.flatMap(([expected, actual]) => needsOf(application, expected, actual));
  if (application.role === null && isNotTheApplication(needs)) {
    const reason = `the connected role ${role} may not write any of the tables that the features write, so it does not look like the application's role; name that role in the check file (role: NAME, or role: false not to judge privileges)`;
    return [...schemas, cannotJudge(application, reason, null)];
  }
  return [
    ...schemas,
    ...needs.map((need) => compareNeed(need, role)),
    ...pairs.flatMap((pair) => compareSequences(application, pair, role)),
    ...compareListedSequences(application, model, role),
  ];
}

function cannotJudge(application: Application, reason: string, sqlstate: string | null): Outcome {
  const subject = { kind: "privileges", schema: application.schema, relation: null, name: application.name } as const;
  return unverified(
    subject,
    `privileges: ${reason}`,
    sqlstate,
    application.features.map(({ id }) => id),
  );
}

/** Whether the role that the check file names gets in at all; the connected role has. A role without LOGIN may be a group. */
function compareLogin(application: Application, { role }: SchemaModel, database: string): Outcome[] {
  if (typeof application.role !== "string" || role === null) return [];
  const refuse = (privilege: string, severity: Severity, message: string) =>
    gap({
      code: "MISSING_PRIVILEGE",
      severity,
      subject: { kind: "privileges", schema: null, relation: null, name: privilege },
      expected: { role: role.name, privilege, database },
      actual: null,
      operations: ALL_OPERATIONS,
      message,
    });
  return [
    role.mayConnect
      ? SATISFIED
      : refuse("CONNECT", "error", `Role ${role.name} may not connect to this database (42501).`),
    role.canLogin
      ? SATISFIED
      : refuse(
          "LOGIN",
          "warning",
          `Role ${role.name} is NOLOGIN: either it is a group, or the application cannot log in as it.`,
        ),
  ];
}

/** Without USAGE nothing in the schema can be used. If it is only our own role that lacks it, we could not look. */
function compareSchemaUsage(application: Application, model: SchemaModel, role: string): Outcome[] {
  return model.schemas.map((schema): Outcome => {
    if (schema.usage) return SATISFIED;
    if (application.role === null) {
      const subject = { kind: "schema", schema: schema.name, relation: null, name: schema.name } as const;
      const reason = `no USAGE on schema ${schema.name} for the connected role ${role}: to it every table in there looks as if it did not exist. ${schemaGrant(schema.name, role)}`;
      return unverified(subject, reason, "42501", featuresIn(application, schema.name));
    }
    return gap({
      code: "MISSING_PRIVILEGE",
      severity: "error",
      subject: { kind: "privileges", schema: schema.name, relation: null, name: "USAGE" },
      expected: { role, privilege: "USAGE" },
      actual: null,
      operations: ["select", "insert", "update", "delete"],
      message: `Role ${role} has no USAGE on schema ${schema.name}: every table in it looks missing (42P01).`,
    });
  });
}

function featuresIn(application: Application, schema: string): string[] {
  return application.features
    .filter(({ uses }) => uses.some(({ relation }) => relation.schema === schema))
    .map(({ id }) => id);
}

function usesOf(application: Application, relation: ExpectedRelation): { use: RelationUse; feature: string }[] {
  return application.features.flatMap(({ id, uses }) =>
    uses
      .filter((use) => use.relation.schema === relation.schema && use.relation.name === relation.name)
      .map((use) => ({ use, feature: id })),
  );
}

function needsOf(application: Application, expected: ExpectedRelation, actual: Relation): Need[] {
  const uses = usesOf(application, expected);
  const need = (operation: Operation, columnsOf: (use: RelationUse) => readonly string[] | null): Need[] => {
    const relevant = uses.filter(({ use }) => columnsOf(use) !== null);
    if (relevant.length === 0) return [];
    const columns = [...new Set(relevant.flatMap(({ use }) => columnsOf(use) ?? []))];
    return [{ expected, actual, operation, columns, features: relevant.map(({ feature }) => feature) }];
  };
  const some = (columns: readonly string[]) => (columns.length === 0 ? null : columns);
  return [
    ...need("select", ({ select }) => some(select)),
    ...need("insert", ({ insert }) => insert),
    ...need("update", ({ update }) => some(update)),
    ...need("delete", (use) => (use.delete ? [] : null)),
  ];
}

function isNotTheApplication(needs: readonly Need[]): boolean {
  const writes = needs.filter(({ operation }) => operation !== "select");
  return writes.length > 0 && writes.every((need) => lacking(need) === "all");
}

/** Columns on which the privilege is lacking; "all" when it is lacking as a whole; empty when it is held. */
function lacking({ actual, operation, columns }: Need): readonly string[] | "all" {
  if (actual.privileges[operation]) return [];
  if (operation === "delete") return "all";
  const key: keyof ColumnPrivileges = operation;
  const present = actual.columns.filter(({ name }) => columns.includes(name));
  const without = present.filter((column: Column) => !column.privileges[key]).map(({ name }) => name);
  return without.length === present.length ? "all" : without;
}

function compareNeed(need: Need, role: string): Outcome {
  const missing = lacking(need);
  if (missing.length === 0) return SATISFIED;
  const privilege = need.operation.toUpperCase();
  const columns = missing === "all" ? [] : missing;
  const onColumns = columns.length === 0 ? "" : ` (${columns.join(", ")})`;
  return gap({
    code: "MISSING_PRIVILEGE",
    severity: "error",
    subject: partOf(need.expected, "privileges", privilege),
    expected: { role, privilege, columns },
    actual: null,
    operations: [need.operation],
    message: `Role ${role} may not ${privilege}${onColumns} on ${displayName(need.expected)} (42501).`,
  });
}

/**
 * nextval() in a default runs with the rights of whoever inserts; an identity column's sequence does not. An INSERT that
 * always gives the value does not call it.
 */
function compareSequences(
  application: Application,
  [expected, actual]: readonly [ExpectedRelation, Relation],
  role: string,
): Outcome[] {
  const inserts = usesOf(application, expected).flatMap(({ use }) => (use.insert === null ? [] : [use.insert]));
  return actual.columns.flatMap((column): Outcome[] => {
    const { sequence } = column;
    if (sequence === null || !(column.default?.text.includes("nextval(") ?? false)) return [];
    if (!inserts.some((columns) => mayLeaveOut(columns, column.name, expected))) return [];
    if (sequence.usage) return [SATISFIED];
    const fills = `fills ${displayName(expected)}.${column.name}: every INSERT that leaves it out fails (42501)`;
    return [
      missingSequenceUsage(
        partOf(expected, "privileges", `USAGE ON SEQUENCE ${displayName(sequence)}`),
        sequence,
        role,
        fills,
      ),
    ];
  });
}

/** A list of all columns ("*") means that the INSERT may give any of them. */
function mayLeaveOut(columns: readonly string[], name: string, expected: ExpectedRelation): boolean {
  return (
    !columns.includes(name) ||
    expected.columns.every((column) => columns.includes(column.name) || column.generated !== null)
  );
}

/** Sequences that the check file lists are called by the application itself. */
function compareListedSequences(application: Application, model: SchemaModel, role: string): Outcome[] {
  return application.sequences.flatMap((listed): Outcome[] => {
    const found = model.sequences.find((sequence) => compareQualified(sequence, listed) === 0);
    if (found === undefined) return [];
    if (found.privileges.usage) return [SATISFIED];
    const subject = {
      kind: "privileges",
      schema: listed.schema,
      relation: null,
      name: `USAGE ON SEQUENCE ${displayName(listed)}`,
    } as const;
    return [missingSequenceUsage(subject, listed, role, "is used by the application: nextval() fails (42501)")];
  });
}

function missingSequenceUsage(subject: Subject, sequence: QualifiedName, role: string, effect: string): Outcome {
  return gap({
    code: "MISSING_PRIVILEGE",
    severity: "error",
    subject,
    expected: { role, privilege: "USAGE", sequence: { schema: sequence.schema, name: sequence.name } },
    actual: null,
    operations: ["insert"],
    message: `Role ${role} has no USAGE on sequence ${displayName(sequence)}, which ${effect}.`,
  });
}
