import { describe, expect, it } from "vitest";
import { touch } from "../../../src/impact/touch.js";
import type { Feature } from "../../../src/model/contract.js";
import type { Gap, Subject } from "../../../src/model/report.js";
import type { TypeRef } from "../../../src/model/schema.js";
import { application, column, feature, gap, migrated, relation, subject, TEXT, use } from "../../support/builders.js";

const STATUS: TypeRef = { ...TEXT, text: "public.status", schema: "public", name: "status", kind: "enum" };
const EMAIL: TypeRef = { ...TEXT, text: "public.citext", schema: "public", name: "citext", extension: "citext" };
const cascading = {
  kind: "foreign-key",
  name: "avatars_projectId_fkey",
  columns: ["projectId"],
  references: { schema: "public", name: "projects" },
  referencedColumns: ["id"],
  onDelete: "cascade",
  validated: true,
  enforced: true,
  deferrable: false,
  initiallyDeferred: false,
} as const;
const app = application({
  relations: [
    relation("projects", [column("id")]),
    relation("avatars", [column("id"), column("state", { type: STATUS }), column("projectId")], {
      constraints: [cascading],
    }),
    relation("users", [
      column("email", { type: EMAIL }),
      column("no", { sequence: { schema: "public", name: "users_no_seq", usage: true } }),
    ]),
  ],
  enums: [
    { schema: "public", name: "status", labels: [], ordered: false },
    { schema: "public", name: "unused", labels: [], ordered: false },
  ],
  functions: [{ schema: "public", name: "norm", arguments: "text" }],
  extensions: ["citext", "pgcrypto"],
});

const LIST = feature("list", [use("avatars", { select: ["id"] })]);
const CREATE = feature("create", [use("avatars", { insert: ["id", "state", "projectId"] })]);
const RENAME = feature("rename", [use("avatars", { update: ["state"] })]);
const REMOVE = feature("remove", [use("avatars", { delete: true })]);
const REMOVE_PROJECT = feature("remove-project", [use("projects", { delete: true })]);
const LOGIN = feature("login", [use("users", { select: ["email"], update: ["no"] })]);
const SIGN_UP = feature("sign-up", [use("users", { insert: ["email"] })]);
const FEATURES: readonly Feature[] = [LIST, CREATE, RENAME, REMOVE, REMOVE_PROJECT, LOGIN, SIGN_UP];

/** Who feels it: feature -> operations, with `~` in front where the feature feels it less than the gap's severity. */
function felt(fields: Partial<Gap> & Pick<Gap, "code" | "subject">): Record<string, string> {
  const found = gap({ id: "g", ...fields });
  return Object.fromEntries(
    FEATURES.flatMap((each) => {
      const result = touch(app, each, found);
      return result === null
        ? []
        : [[each.id, (result.severity === found.severity ? "" : "~") + result.operations.join()]];
    }),
  );
}

const EVERYBODY_PERHAPS = Object.fromEntries(FEATURES.map(({ id }) => [id, "~"]));
const onAvatars = (kind: Subject["kind"], name: string) => subject(kind, name, "avatars");
const WRITES = ["insert", "update"] as const;

describe("touch", () => {
  it.each<[string, Partial<Gap> & Pick<Gap, "code" | "subject">, Record<string, string>]>([
    [
      "a missing table: every use",
      { code: "MISSING_TABLE", subject: subject("table", "avatars") },
      { list: "select", create: "insert", rename: "update", remove: "delete" },
    ],
    ["a missing view: by its name", { code: "MISSING_VIEW", subject: subject("view", "other") }, {}],
    [
      "a missing column: who names it",
      { code: "MISSING_COLUMN", subject: onAvatars("column", "state"), operations: ["select", "insert", "update"] },
      { create: "insert", rename: "update" },
    ],
    [
      "a lost default: every insert",
      { code: "COLUMN_DEFAULT", subject: onAvatars("column", "createdAt"), operations: ["insert"] },
      { create: "insert" },
    ],
    [
      "a new NOT NULL: every insert, and who updates the column",
      { code: "COLUMN_NULLABILITY", subject: onAvatars("column", "state"), operations: WRITES },
      { create: "insert", rename: "update" },
    ],
    [
      "an unknown NOT NULL column: every insert",
      { code: "BLOCKING_EXTRA_COLUMN", subject: onAvatars("column", "old"), operations: ["insert"] },
      { create: "insert" },
    ],
    [
      "another type: who names the column",
      { code: "COLUMN_TYPE", subject: onAvatars("column", "id"), operations: ["select", "insert", "update"] },
      { list: "select", create: "insert" },
    ],
    [
      "a missing plain index: who reads, updates or deletes",
      {
        code: "MISSING_INDEX",
        severity: "warning",
        subject: onAvatars("index", "i"),
        operations: ["select", "update", "delete"],
      },
      { list: "select", rename: "update", remove: "delete" },
    ],
    [
      "a missing unique index: inserts fail, updates are only less safe",
      { code: "MISSING_INDEX", subject: onAvatars("index", "i"), operations: WRITES, expected: { unique: true } },
      { create: "insert", rename: "~update" },
    ],
    [
      "a missing trigger: writes",
      { code: "MISSING_TRIGGER", subject: onAvatars("trigger", "t"), operations: WRITES },
      { create: "insert", rename: "update" },
    ],
    [
      "an unknown foreign key: deletes from its target fail, also by cascade; writes mostly pass",
      {
        code: "BLOCKING_EXTRA_CONSTRAINT",
        subject: subject("constraint", "k", "poses"),
        operations: ["insert", "update", "delete"],
        actual: { references: "public.avatars" },
      },
      { remove: "delete", "remove-project": "delete" },
    ],
    [
      "an unknown foreign key in a table that is written",
      {
        code: "BLOCKING_EXTRA_CONSTRAINT",
        subject: onAvatars("constraint", "k"),
        operations: ["insert", "update", "delete"],
        actual: { references: "public.users" },
      },
      { create: "~insert", rename: "~update" },
    ],
    [
      "another ON DELETE: deletes from the target, not writes to the table",
      {
        code: "CONSTRAINT_DEFINITION",
        subject: onAvatars("constraint", "k"),
        operations: ["update", "delete"],
        expected: { references: "public.projects", onDelete: "cascade" },
        actual: { references: "public.projects", onDelete: "no-action" },
      },
      { "remove-project": "delete" },
    ],
    [
      "a foreign key to another target: writes",
      {
        code: "CONSTRAINT_DEFINITION",
        subject: onAvatars("constraint", "k"),
        operations: WRITES,
        expected: { references: "public.projects" },
        actual: { references: "public.users" },
      },
      { create: "insert", rename: "update" },
    ],
    [
      "an enum: who names a column of it",
      { code: "MISSING_ENUM", subject: subject("enum", "status") },
      { create: "insert", rename: "update" },
    ],
    [
      "a label of an enum",
      { code: "MISSING_ENUM_LABEL", subject: subject("enum", "done", "status") },
      { create: "insert", rename: "update" },
    ],
    [
      "the order of labels: who selects",
      { code: "ENUM_ORDER", subject: subject("enum", "status"), operations: ["select"] },
      {},
    ],
    [
      "a type that no expected column has: everybody",
      { code: "MISSING_ENUM", subject: subject("enum", "unused"), operations: ["select", "delete"] },
      { list: "select", remove: "delete", "remove-project": "delete", login: "select" },
    ],
    [
      "an extension: who names a column of its types",
      { code: "MISSING_EXTENSION", subject: { ...subject("extension", "citext"), schema: null } },
      { login: "select", "sign-up": "insert" },
    ],
    [
      "an extension that brings no column's type: any feature may use it",
      { code: "MISSING_EXTENSION", subject: { ...subject("extension", "pgcrypto"), schema: null } },
      EVERYBODY_PERHAPS,
    ],
    [
      "an extension of another application: nobody",
      { code: "MISSING_EXTENSION", subject: { ...subject("extension", "postgis"), schema: null } },
      {},
    ],
    [
      "a sequence: who inserts into a table that counts with it",
      { code: "MISSING_SEQUENCE", subject: subject("sequence", "users_no_seq"), operations: ["insert"] },
      { "sign-up": "insert" },
    ],
    [
      "a function: any feature may call it",
      { code: "MISSING_FUNCTION", subject: subject("function", "norm(text)"), operations: ["update"] },
      EVERYBODY_PERHAPS,
    ],
    [
      "a privilege: who does that",
      {
        code: "MISSING_PRIVILEGE",
        subject: onAvatars("privileges", "INSERT"),
        operations: ["insert"],
        expected: { columns: [] },
      },
      { create: "insert" },
    ],
    [
      "a privilege on columns: who does that with them",
      {
        code: "MISSING_PRIVILEGE",
        subject: onAvatars("privileges", "SELECT"),
        operations: ["select"],
        expected: { columns: ["state"] },
      },
      {},
    ],
    [
      "USAGE on the schema: everybody in it",
      {
        code: "MISSING_PRIVILEGE",
        subject: { ...subject("privileges", "USAGE"), schema: "public" },
        operations: ["delete"],
      },
      { remove: "delete", "remove-project": "delete" },
    ],
    [
      "USAGE on another schema: nobody",
      { code: "MISSING_PRIVILEGE", subject: { ...subject("privileges", "USAGE"), schema: "audit" } },
      {},
    ],
    [
      "row security: who reads",
      {
        code: "ROW_SECURITY_HIDES_ROWS",
        subject: subject("table", "users"),
        operations: ["select", "update", "delete"],
      },
      { login: "select,update" },
    ],
  ])("%s", (_title, fields, expected) => {
    expect(felt(fields)).toEqual(expected);
  });

  it("takes reference rows by the id of their expectation", () => {
    const rows = {
      id: "avatar-creator/models",
      relation: { schema: "public", name: "ai_models" },
      where: null,
      atLeast: 1,
      atMost: null,
    };
    const missing = gap({
      id: "g",
      code: "MISSING_ROWS",
      subject: subject("rows", rows.id, "ai_models"),
      operations: ["select"],
    });
    expect(touch(app, feature("dashboard", [], { rows: [rows] }), missing)?.operations).toEqual(["select"]);
    expect(touch(app, feature("other", [use("ai_models", { select: ["id"] })]), missing)).toBeNull();
  });

  it("takes migrations by name, in the application's own record table", () => {
    const backFill = feature("credits", [], { migrations: ["m"] });
    const pending = gap({
      id: "g",
      code: "MIGRATION_NOT_APPLIED",
      severity: "warning",
      subject: subject("migration", "m"),
    });
    const none = gap({
      id: "g",
      code: "MIGRATION_NOT_APPLIED",
      severity: "warning",
      subject: subject("history", "_prisma_migrations"),
    });
    const inSchema = (schema: string) => migrated(["m"], { migrations: { tool: "prisma", schema, required: ["m"] } });
    expect(touch(migrated(["m"]), backFill, pending)).toMatchObject({ operations: [], severity: "warning" });
    expect(touch(migrated(["m"]), feature("login", [], { migrations: ["other"] }), pending)).toBeNull();
    expect(touch(migrated(["m"]), LIST, pending)).toBeNull();
    expect(touch(inSchema("public"), backFill, pending)).not.toBeNull();
    expect(touch(inSchema("audit"), backFill, pending)).toBeNull();
    expect(touch(migrated(["m"]), backFill, none)).not.toBeNull();
    expect(touch(inSchema("audit"), backFill, none)).toBeNull();
    expect(touch(application(), backFill, pending)).toBeNull();
  });

  it("does not follow a foreign key that refuses instead of cascading", () => {
    const refusing = { ...cascading, onDelete: "no-action" } as const;
    const other = application({ relations: [relation("avatars", [], { constraints: [refusing] })] });
    const extra = gap({
      id: "g",
      code: "BLOCKING_EXTRA_CONSTRAINT",
      subject: subject("constraint", "k", "poses"),
      actual: { references: "public.avatars" },
    });
    expect(touch(other, REMOVE_PROJECT, extra)).toBeNull();
    expect(touch(other, REMOVE, extra)?.operations).toEqual(["delete"]);
  });

  it("feels a missing table even through a use that names no column", () => {
    expect(
      touch(
        app,
        feature("ping", [use("avatars")]),
        gap({ id: "g", code: "MISSING_TABLE", subject: subject("table", "avatars") }),
      )?.operations,
    ).toEqual(["select"]);
  });
});

describe("an INSERT and the columns it gives", () => {
  const lost = gap({
    id: "g",
    code: "COLUMN_DEFAULT",
    subject: subject("column", "state", "avatars"),
    operations: ["insert"],
  });
  const always = gap({
    id: "g",
    code: "COLUMN_IDENTITY",
    subject: subject("column", "id", "avatars"),
    operations: ["insert"],
    actual: { autoIncrement: "always" },
  });
  const inserting = (...columns: string[]) => feature("f", [use("avatars", { insert: columns })]);

  it.each([
    ["a lost default: an INSERT without the column", lost, inserting("id"), ["insert"]],
    ["a lost default: not one that always gives it", lost, inserting("id", "state"), undefined],
    ['a lost default: "*" may give it or not', lost, inserting("id", "state", "projectId"), ["insert"]],
    ["GENERATED ALWAYS: an INSERT that gives the value", always, inserting("id"), ["insert"]],
    ["GENERATED ALWAYS: not one that leaves it out", always, inserting("state"), undefined],
  ])("%s", (_title, found, one, operations) => {
    expect(touch(app, one, found)?.operations).toEqual(operations);
  });
});
