/** Names: of a type that has another one, of a key whose name is taken; and a view that waits for a type. */
import { describe, expect, it } from "vitest";
import type { Gap } from "../../../../src/model/report.js";
import { planSql, type Situation, type TableFacts } from "../../../../src/repair/index.js";
import { freeName } from "../../../../src/repair/plan/indexes.js";
import { application, column, contractOf, gap, relation, subject, TEXT } from "../../../support/builders.js";
import { modelOf, table } from "../../diagnose/rules/facts.js";
import { check, expression, index, primaryKey } from "../ddl/parts.js";

const USERS = relation("users", [column("id"), column("email")]);
const SMALL: TableFacts = { rows: 20, bytes: 8192, empty: false };
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

describe("a name beside the wrong one", () => {
  it("fits into 63 bytes and is another one, whatever the characters", () => {
    for (const name of ["a", "a".repeat(63), "é".repeat(31), "日".repeat(21), "😀".repeat(15)]) {
      const free = freeName(name);
      expect(free).toMatch(/_new$/);
      expect(Buffer.byteLength(free)).toBeLessThanOrEqual(63);
      expect(Buffer.from(free).toString()).toBe(free);
    }
  });
});

describe("a type that has another name", () => {
  const type = { ...TEXT, text: "public.mood", schema: "public", name: "mood", kind: "enum" } as const;
  const own = column("email", { type });
  const contract = contractOf(application({ relations: [relation("users", [own])] }));
  const rename = 'ALTER TYPE "public"."feeling" RENAME TO "mood";';
  const missing = gap({ id: "type", code: "MISSING_ENUM", subject: subject("enum", "mood") });
  const wrong = about("COLUMN_TYPE", "email", { id: "column" });
  const cause = (confidence: "likely" | "possible") => ({
    ...({
      id: "c",
      code: "RENAMED",
      confidence,
      explains: ["type", "column"],
      unverified: [],
      message: "Seems so.",
    } as const),
    evidence: [{ fact: `Seen. To give it the expected name: ${rename}`, source: "catalog" }],
  });

  it("gets its name back, and with it every column its type; a second run does nothing", () => {
    const { steps, notDone } = planSql(situation([missing, wrong], { contract, causes: [cause("likely")] }));
    expect(notDone).toEqual([]);
    expect(steps).toMatchObject([{ gaps: ["type", "column"] }]);
    expect(steps[0]).toMatchObject({ statement: expect.stringMatching(/to_regtype.*IS NULL THEN\s+ALTER TYPE/s) });
  });

  it("is left to people with its columns where that is a guess", () => {
    const { steps, notDone } = planSql(situation([missing, wrong], { contract, causes: [cause("possible")] }));
    expect(steps).toEqual([]);
    expect(notDone.flatMap(({ gaps }) => gaps)).toEqual(["type", "column"]);
    expect(notDone[0]?.statements[0]).toBe(rename);
  });
});

describe("a unique constraint whose name an index has", () => {
  const key = primaryKey({ kind: "unique", name: "users_email_key", columns: ["email"], index: "users_email_key" });
  const stranger = index({ name: "users_email_key", unique: true, predicate: expression("email <> ''") });
  const users = { ...USERS, constraints: [key] };
  const contract = contractOf(application({ relations: [users] }));
  const models = [modelOf(table("users", USERS.columns, { indexes: [stranger] }))];
  const missing = about("MISSING_CONSTRAINT", "users_email_key", {
    subject: subject("constraint", "users_email_key", "users"),
    expected: { unique: true, columns: ["email"] },
  });

  it.each([
    ["small", SMALL, [], []],
    ["large", LARGE, ["CREATE UNIQUE INDEX CONCURRENTLY"], ['DROP INDEX IF EXISTS "public"."users_email_key_new";']],
  ])("takes the name over, and leaves the index under another one, on a %s table", (_, facts, first, last) => {
    const statements = texts([missing], { contract, models, ...tables(facts) });
    const aside = 'ALTER INDEX "public"."users_email_key" RENAME TO "users_email_key_old";';
    const add = 'ADD CONSTRAINT "users_email_key" UNIQUE';
    expect(statements).toEqual([...first, aside, add, ...last].map((each) => expect.stringContaining(each)));
  });
});

describe("a primary key on other columns", () => {
  const own = primaryKey({ name: "users_pkey", columns: ["id"] });
  const contract = contractOf(application({ relations: [{ ...USERS, constraints: [own] }] }));
  const missing = about("MISSING_CONSTRAINT", "users_pkey", {
    subject: subject("constraint", "users_pkey", "users"),
    expected: { primaryKey: true, columns: ["id"] },
  });

  it.each([
    ["users_pkey", "users_pkey_new"],
    ["other", "users_pkey"],
  ])("named %s makes way for one that is built as %s", (name, built) => {
    const old = primaryKey({ name, columns: ["email"], index: name });
    const indexes = [index({ name, unique: true, constraint: name })];
    const models = [modelOf(table("users", USERS.columns, { constraints: [old], indexes }))];
    const [build] = texts([missing], { contract, models, ...tables(LARGE) });
    expect(build).toContain(`CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "${built}" ON`);
  });
});

describe("a view over a column of another type", () => {
  const type = { ...TEXT, text: "integer", name: "int4", category: "N" };
  const emails = relation("emails", [column("email", { type })], { kind: "view" });
  const contract = {
    ...contractOf(application({ relations: [relation("users", [column("email", { type })]), emails] })),
    definitions: [
      {
        kind: "view",
        schema: "public",
        relation: null,
        name: "emails",
        sql: ["CREATE VIEW public.emails AS SELECT email FROM public.users"],
      } as const,
    ],
  };

  it("waits for the column: to make it anew before would change nothing", () => {
    const ofTable = about("COLUMN_TYPE", "email", { id: "table" });
    const ofView = gap({ id: "view", code: "COLUMN_TYPE", subject: subject("column", "email", "emails") });
    const alone = planSql(situation([ofView], { contract }));
    expect(alone.steps.map(({ statement }) => statement)).toContain('DROP VIEW IF EXISTS "public"."emails";');
    const { steps, notDone } = planSql(situation([ofTable, ofView], { contract }));
    expect(steps).toEqual([]);
    expect(notDone.map(({ gaps }) => gaps)).toEqual([["table"], ["view"]]);
    expect(notDone[1]?.why).toBe("It needs the type of public.users.email, which the plan leaves to you.");
  });
});

describe("an extension that lives in another schema on the target", () => {
  const citext = { ...TEXT, text: "public.citext", schema: "public", name: "citext", extension: "citext" };
  const rule = check("(email <> ''::public.citext)");
  const users = relation("users", [column("email", { type: citext, nullable: true })], { constraints: [rule] });
  const contract = contractOf(application({ relations: [users] }));
  const models = [{ ...modelOf(), extensions: [{ name: "citext", schema: "extensions", version: "1" }] }];

  it("is named as it is there, also where the gap describes the object in the contract's words", () => {
    const gaps = [
      about("MISSING_COLUMN", "email"),
      about("MISSING_CONSTRAINT", "users_check", {
        subject: subject("constraint", "users_check", "users"),
        expected: { check: rule.expression.text },
      }),
    ];
    const statements = texts(gaps, { contract, models, ...tables(SMALL) }).join("\n");
    expect(statements).toContain('ADD COLUMN IF NOT EXISTS "email" extensions.citext');
    expect(statements).toContain("CHECK ((email <> ''::extensions.citext))");
    expect(statements).not.toContain("public.citext");
  });
});
