import { describe, expect, it } from "vitest";
import { GAP_CODES, type Gap } from "../../../../src/model/report.js";
import type { Column, Relation } from "../../../../src/model/schema.js";
import { planSql, type Situation, type TableFacts } from "../../../../src/repair/index.js";
import { application, column, contractOf, gap, relation, subject, TEXT } from "../../../support/builders.js";

const USERS = relation("users", [column("id"), column("email"), column("name", { nullable: true })]);
const SMALL: TableFacts = { rows: 20, bytes: 8192, empty: false };
const EMPTY: TableFacts = { rows: null, bytes: 0, empty: true };
const LARGE: TableFacts = { rows: 100_000, bytes: 9e9, empty: false };

function situation(gaps: readonly Gap[], fields: Partial<Situation> = {}): Situation {
  const contract = contractOf(application({ relations: [USERS] }));
  return { contract, gaps, causes: [], histories: [], models: null, tables: new Map(), backfill: new Map(), ...fields };
}

const about = (code: Gap["code"], name: string, fields: Partial<Gap> = {}) =>
  gap({ id: code, code, subject: subject("column", name, "users"), message: "Why.", ...fields });
const tables = (facts: TableFacts) => ({ tables: new Map([["public.users", facts]]) });
const texts = (...input: Parameters<typeof situation>) =>
  planSql(situation(...input)).steps.map(({ statement }) => statement);

describe("every code", () => {
  it.each(GAP_CODES)("%s is told, even where the contract says nothing and nobody has looked", (code) => {
    const kinds = [
      "table",
      "column",
      "index",
      "constraint",
      "enum",
      "sequence",
      "function",
      "rows",
      "privileges",
    ] as const;
    for (const kind of kinds) {
      for (const name of ["users", null]) {
        const one = gap({ id: "g", code, subject: subject(kind, "x", name), message: "Why." });
        const { steps, notDone } = planSql(situation([one], { contract: contractOf(application()) }));
        expect([...steps, ...notDone].flatMap(({ gaps }) => gaps)).toContain("g");
      }
    }
  });
});

describe("NOT NULL", () => {
  const missing = [about("COLUMN_NULLABILITY", "email")];
  const direct = 'ALTER TABLE "public"."users" ALTER COLUMN "email" SET NOT NULL;';

  it("is set at once on a small or empty table; only rows are asked for", () => {
    const small = planSql(situation(missing, tables(SMALL)));
    expect(small.steps).toEqual([
      expect.objectContaining({
        statement: direct,
        why: "Why. public.users is small: reading its rows under the lock takes a moment.",
        hazards: [
          { kind: "lock", lock: "ACCESS EXCLUSIVE", subject: "public.users" },
          { kind: "full-scan", lock: null, subject: "public.users" },
          { kind: "fails-with-rows", lock: null, subject: "public.users" },
        ],
        table: { schema: "public", name: "users", rows: 20, bytes: 8192 },
        checks: [
          {
            counts: "rows of public.users with NULL in email",
            statement: 'SELECT pg_catalog.count(*) FROM "public"."users" WHERE "email" IS NULL;',
            answer: { kind: "not-asked" },
          },
        ],
        undo: 'ALTER TABLE "public"."users" ALTER COLUMN "email" DROP NOT NULL;',
      }),
    ]);
    const [empty] = planSql(situation(missing, tables(EMPTY))).steps;
    expect(empty).toMatchObject({ statement: direct, checks: [], hazards: [{ lock: "ACCESS EXCLUSIVE" }] });
  });

  it.each([
    ["large", tables(LARGE)],
    ["not looked at", {}],
  ])("takes the word of a check on a table that is %s", (_, facts) => {
    const { steps } = planSql(situation(missing, facts));
    expect(steps.map(({ group, statementTimeoutMs }) => [group, statementTimeoutMs])).toEqual([
      [1, 60_000],
      [2, 0],
      [3, 60_000],
      [3, 60_000],
    ]);
    expect(steps.map(({ statement }) => statement)).toEqual([
      `DO $guard$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass('"public"."users"') AND conname = 'email_is_filled_users') THEN
    ALTER TABLE "public"."users" ADD CONSTRAINT "email_is_filled_users" CHECK ("email" IS NOT NULL) NOT VALID;
  END IF;
END
$guard$;`,
      'ALTER TABLE "public"."users" VALIDATE CONSTRAINT "email_is_filled_users";',
      direct,
      'ALTER TABLE "public"."users" DROP CONSTRAINT IF EXISTS "email_is_filled_users";',
    ]);
  });

  it("fills rows with the value that was given, and only with that", () => {
    const given = { ...tables(SMALL), backfill: new Map([["public.users.email", "name || '@example.org'"]]) };
    expect(texts(missing, given)).toEqual([
      `UPDATE "public"."users" SET "email" = name || '@example.org' WHERE "email" IS NULL;`,
      direct,
    ]);
  });
});

describe("a column that is missing", () => {
  const missing = [about("MISSING_COLUMN", "email")];

  it("needs a value where rows exist, and there is none to invent", () => {
    const { steps, notDone } = planSql(situation(missing, tables(SMALL)));
    expect(steps).toEqual([]);
    expect(notDone).toMatchObject([
      {
        what: "Column public.users.email",
        why: "It is NOT NULL without a default, and rows exist: only you know their value.",
        statements: [
          'ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "email" text;',
          'UPDATE "public"."users" SET "email" = VALUE WHERE "email" IS NULL;',
          'ALTER TABLE "public"."users" ALTER COLUMN "email" SET NOT NULL;',
        ],
        option: "--backfill 'public.users.email=VALUE'",
      },
    ]);
    expect(notDone[0]?.hazards).toContainEqual({ kind: "needs-a-value", lock: null, subject: "public.users.email" });
  });

  it("comes with a constant at once, whatever the size", () => {
    const given = { ...tables(LARGE), backfill: new Map([["public.users.email", "'x'"]]) };
    expect(texts(missing, given)).toEqual([
      `ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "email" text DEFAULT 'x' NOT NULL;`,
      'ALTER TABLE "public"."users" ALTER COLUMN "email" DROP DEFAULT;',
    ]);
    expect(planSql(situation(missing, given)).steps.map(({ group }) => group)).toEqual([1, 1]);
  });

  it("is simply added where there are no rows, or no value is needed", () => {
    expect(texts(missing, tables(EMPTY))).toEqual([
      'ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "email" text NOT NULL;',
    ]);
    expect(texts([about("MISSING_COLUMN", "name")])).toEqual([
      'ALTER TABLE "public"."users" ADD COLUMN IF NOT EXISTS "name" text;',
    ]);
  });
});

describe("what could lose data is never in the plan", () => {
  const INTEGER = { ...TEXT, text: "integer", name: "int4", category: "N" };
  const typed = (type: Column["type"]) => [{ ...USERS, columns: [column("id", { type }), ...USERS.columns.slice(1)] }];

  it("tells how to change a type, what it costs, and what to count first", () => {
    const gaps = [about("COLUMN_TYPE", "id")];
    const contract = contractOf(application({ relations: typed(INTEGER) }));
    const actual: Relation = {
      ...{ ...USERS, kind: "table", partitionOf: null, triggers: [], definition: null },
      rowSecurity: { enabled: false, forced: false, appliesToRole: false, allows: [] },
      privileges: { select: true, insert: true, update: true, delete: true },
    };
    const models = [
      {
        serverVersion: 180000,
        schemas: [],
        relations: [actual],
        enums: [],
        domains: [],
        sequences: [],
        functions: [],
        extensions: [],
        role: null,
        unreadable: [],
      },
    ];
    const { steps, notDone } = planSql(situation(gaps, { contract, models }));
    expect(steps).toEqual([]);
    expect(notDone).toMatchObject([
      {
        why: "Why. Values could be lost or refused, so this is yours to decide.",
        statements: ['ALTER TABLE "public"."users" ALTER COLUMN "id" TYPE integer USING "id"::integer;'],
        hazards: [
          { lock: "ACCESS EXCLUSIVE" },
          { kind: "table-rewrite" },
          { kind: "data-loss" },
          { kind: "breaks-running-code" },
        ],
        checks: [{ counts: "rows of public.users whose id is no integer" }, {}],
      },
    ]);
  });

  it("keeps a column that blocks, and its values", () => {
    expect(planSql(situation([about("BLOCKING_EXTRA_COLUMN", "legacy")])).steps).toMatchObject([
      {
        statement: 'ALTER TABLE "public"."users" ALTER COLUMN "legacy" DROP NOT NULL;',
        undo: 'ALTER TABLE "public"."users" ALTER COLUMN "legacy" SET NOT NULL;',
        hazards: [{ kind: "lock" }, { kind: "weakens-integrity" }],
      },
    ]);
  });
});

describe("applications that disagree", () => {
  it("are told so, because what helps the one breaks the other", () => {
    const gaps = [
      about("COLUMN_DEFAULT", "email", { id: "a", applications: ["one"], expected: { default: "1" } }),
      about("COLUMN_DEFAULT", "email", { id: "b", applications: ["two"], expected: { default: "2" } }),
    ];
    const { steps, notDone } = planSql(situation(gaps));
    expect(steps).toEqual([]);
    expect(notDone).toMatchObject([
      {
        gaps: ["a", "b"],
        what: "Agree on public.users.email",
        why: 'The applications expect different things: one expects {"default":"1"}; two expects {"default":"2"}.',
      },
    ]);
  });
});

describe("a hostile name", () => {
  it("is spelled out in statements and guards", () => {
    const hostile = relation('a"; drop\u0007', [column("x'\n")]);
    const contract = contractOf(application({ relations: [hostile] }));
    const one = gap({ id: "g", code: "COLUMN_NULLABILITY", subject: subject("column", "x'\n", 'a"; drop\u0007') });
    for (const { statement } of planSql(situation([one], { contract })).steps) {
      expect(statement.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      expect(statement).not.toContain("x'\n");
    }
  });
});

describe("a large plan", () => {
  it("has each gap once, whatever their order", () => {
    const columns = Array.from({ length: 500 }, (_, i) => column(`c${i}`, { nullable: true }));
    const contract = contractOf(application({ relations: [relation("users", columns)] }));
    const gaps = columns.map(({ name }) => about("MISSING_COLUMN", name, { id: name }));
    const { steps } = planSql(situation(gaps, { contract }));
    expect(steps).toHaveLength(500);
    expect(new Set(steps.map(({ group }) => group))).toEqual(new Set([1]));
    const other = planSql(situation([...gaps].reverse(), { contract })).steps;
    expect(new Set(other.map(({ statement }) => statement))).toEqual(new Set(steps.map(({ statement }) => statement)));
  });
});
