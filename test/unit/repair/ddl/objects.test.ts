import { describe, expect, it } from "vitest";
import type { DomainType, Sequence } from "../../../../src/model/schema.js";
import {
  addDomainCheck,
  addEnumLabel,
  createDomain,
  createEnum,
  createExtension,
  createPrinted,
  createSchema,
  createSequence,
  disableTrigger,
  dropDomainCheck,
  dropDomainDefault,
  dropDomainNotNull,
  dropObject,
  dropSequence,
  dropTable,
  dropTrigger,
  enableTrigger,
  renameEnumLabel,
  renameTable,
  setDomainDefault,
  setDomainNotNull,
  setSequenceOwner,
  setTableSchema,
  setval,
  validateDomainCheck,
} from "../../../../src/repair/ddl/index.js";
import { TEXT } from "../../../support/builders.js";
import { expression, HOSTILE, USERS } from "./parts.js";

const MOOD = { schema: "app", name: "Mood" };
const EMAIL: DomainType = {
  schema: "app",
  name: "email",
  base: TEXT,
  nullable: false,
  default: expression("'a'::text"),
  checks: [{ name: "email_check", validated: true, expression: expression("(VALUE <> ''::text)") }],
};
const [CHECK] = EMAIL.checks;
if (CHECK === undefined) throw new Error("the domain has no check");
const IDS = { schema: "public", name: "ids" };
const SEQUENCE: Sequence = {
  ...IDS,
  ...{ dataType: "integer", start: "5", increment: "2", min: "1", max: "99", cycle: true, ownedBy: null },
  privileges: { usage: true },
};

describe("statements for what stands beside tables", () => {
  it.each([
    [createEnum({ ...MOOD, labels: ["sad", "it's"] }), `CREATE TYPE "app"."Mood" AS ENUM ('sad', 'it''s');`],
    [createEnum({ ...MOOD, labels: [HOSTILE] }), `CREATE TYPE "app"."Mood" AS ENUM (E'a"b\\\\\\u0007');`],
    [addEnumLabel(MOOD, "ok"), `ALTER TYPE "app"."Mood" ADD VALUE IF NOT EXISTS 'ok';`],
    [addEnumLabel(MOOD, "ok", { before: "sad" }), `ALTER TYPE "app"."Mood" ADD VALUE IF NOT EXISTS 'ok' BEFORE 'sad';`],
    [
      addEnumLabel(MOOD, "ok", { after: "a\\" }),
      `ALTER TYPE "app"."Mood" ADD VALUE IF NOT EXISTS 'ok' AFTER E'a\\\\';`,
    ],
    [renameEnumLabel(MOOD, "ok", "fine"), `ALTER TYPE "app"."Mood" RENAME VALUE 'ok' TO 'fine';`],
    [
      createDomain(EMAIL),
      `CREATE DOMAIN "app"."email" AS text DEFAULT 'a'::text NOT NULL CONSTRAINT "email_check" CHECK ((VALUE <> ''::text));`,
    ],
    [createDomain({ ...EMAIL, nullable: true, default: null, checks: [] }), 'CREATE DOMAIN "app"."email" AS text;'],
    [setDomainDefault(EMAIL, "'b'"), `ALTER DOMAIN "app"."email" SET DEFAULT 'b';`],
    [dropDomainDefault(EMAIL), 'ALTER DOMAIN "app"."email" DROP DEFAULT;'],
    [setDomainNotNull(EMAIL), 'ALTER DOMAIN "app"."email" SET NOT NULL;'],
    [dropDomainNotNull(EMAIL), 'ALTER DOMAIN "app"."email" DROP NOT NULL;'],
    [
      addDomainCheck(EMAIL, CHECK, { notValid: true }),
      `ALTER DOMAIN "app"."email" ADD CONSTRAINT "email_check" CHECK ((VALUE <> ''::text)) NOT VALID;`,
    ],
    [validateDomainCheck(EMAIL, "c"), 'ALTER DOMAIN "app"."email" VALIDATE CONSTRAINT "c";'],
    [dropDomainCheck(EMAIL, "c"), 'ALTER DOMAIN "app"."email" DROP CONSTRAINT IF EXISTS "c";'],
    [createSequence(IDS), 'CREATE SEQUENCE IF NOT EXISTS "public"."ids";'],
    [createSequence(IDS, { dataType: "integer" }), 'CREATE SEQUENCE IF NOT EXISTS "public"."ids" AS integer;'],
    [
      createSequence(IDS, { options: "AS bigint START WITH 9", dataType: "integer" }),
      'CREATE SEQUENCE IF NOT EXISTS "public"."ids" AS bigint START WITH 9;',
    ],
    [
      createSequence(SEQUENCE),
      'CREATE SEQUENCE IF NOT EXISTS "public"."ids" AS integer START WITH 5 INCREMENT BY 2 MINVALUE 1 MAXVALUE 99 CYCLE;',
    ],
    [setSequenceOwner(IDS, USERS, "id"), 'ALTER SEQUENCE "public"."ids" OWNED BY "public"."users"."id";'],
    [
      setval({ schema: "public", name: "I'ds" }, USERS, "id"),
      `SELECT pg_catalog.setval('"public"."I''ds"', pg_catalog.max("id")) FROM "public"."users" HAVING pg_catalog.max("id") >= (SELECT last_value FROM "public"."I'ds");`,
    ],
    [dropSequence(IDS), 'DROP SEQUENCE IF EXISTS "public"."ids";'],
    [createExtension("uuid-ossp"), 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp";'],
    [createExtension("citext", "extensions"), 'CREATE EXTENSION IF NOT EXISTS "citext" SCHEMA "extensions";'],
    [createSchema("app"), 'CREATE SCHEMA IF NOT EXISTS "app";'],
    [dropObject("VIEW", USERS), 'DROP VIEW IF EXISTS "public"."users";'],
    [dropTable(USERS), 'DROP TABLE IF EXISTS "public"."users";'],
    [renameTable(USERS, "Users"), 'ALTER TABLE "public"."users" RENAME TO "Users";'],
    [setTableSchema(USERS, "app"), 'ALTER TABLE "public"."users" SET SCHEMA "app";'],
    [enableTrigger(USERS, "t"), 'ALTER TABLE "public"."users" ENABLE TRIGGER "t";'],
    [disableTrigger(USERS, "t"), 'ALTER TABLE "public"."users" DISABLE TRIGGER "t";'],
    [dropTrigger(USERS, "t"), 'DROP TRIGGER IF EXISTS "t" ON "public"."users";'],
  ])("%s", (printed, text) => {
    expect(printed).toBe(text);
  });

  it("prints what PostgreSQL printed, or nothing", () => {
    const subject = { schema: "app", relation: null, name: "names" };
    const definitions = [
      { kind: "view", ...subject, name: "others", sql: ["CREATE VIEW app.others AS SELECT 1"] },
      { kind: "view", ...subject, sql: ["CREATE VIEW app.names AS SELECT 1", "ALTER VIEW app.names ..."] },
    ] as const;
    expect(createPrinted(definitions, "view", subject)).toEqual([
      "CREATE VIEW app.names AS SELECT 1;",
      "ALTER VIEW app.names ...;",
    ]);
    expect(createPrinted(definitions, "function", subject)).toEqual([]);
    expect(createPrinted([], "view", subject)).toEqual([]);
  });
});
