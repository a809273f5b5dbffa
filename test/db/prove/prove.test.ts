/** Plans on copies: what is proved, what is not, and what nobody knows. */
import { afterEach, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";
import type { RepairStep, SqlStep } from "../../../src/model/repair.js";
import { type ProofInput, prove } from "../../../src/prove/prove.js";
import { verify } from "../../../src/verify.js";
import { contractOf, readModel } from "../../support/models.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { commandStep, sqlStep } from "../../support/report-builders.js";
import { useCopies } from "../copy/support.js";

const copies = useCopies();
const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

const WANTED = "create table users (id int primary key, email text not null unique, at timestamptz default now());";

async function databaseWith(script: string): Promise<TestDatabase> {
  const database = await createTestDatabase("prove");
  databases.push(database);
  await database.sql(script);
  return database;
}

/** The contract wants `wanted`; the target is as `state` makes it; the plan is these steps. */
async function trial(
  state: string,
  steps: readonly RepairStep[],
  parts: Partial<ProofInput> & { readonly wanted?: string; readonly leave?: readonly string[] } = {},
) {
  const { wanted = WANTED, leave = [], ...rest } = parts;
  const reference = await databaseWith(wanted);
  const contract = contractOf(await readModel(reference.url, ["public"]), "public");
  const target = await databaseWith(state);
  const connection = parseConnectionString(target.url);
  const report = await verify({ contract, connection, limits: DEFAULT_LIMITS });
  const left = report.gaps.filter(({ subject }) => leave.includes(subject.name)).map(({ id }) => id);
  const result = await prove({
    ...{ contract, connection, report, steps, recordTables: [], limits: DEFAULT_LIMITS, ignored: [] },
    notDone: [{ gaps: left, what: "", why: "", statements: [], hazards: [], checks: [], option: null }],
    scratch: async () => copies.server(),
    runCommand: async () => ({ kind: "unknown", reason: "no commands here" }),
    ...rest,
  });
  const after = await verify({ contract, connection, limits: DEFAULT_LIMITS });
  expect(after.gaps.map(({ id }) => id)).toEqual(report.gaps.map(({ id }) => id));
  return result;
}

const sql = (statement: string, parts: Partial<SqlStep> = {}) => sqlStep({ statement, id: statement, ...parts });
const alone = (statement: string, group: number) =>
  sql(statement, { transactional: false, group, lockTimeoutMs: 0, statementTimeoutMs: 0 });
const OLD = "create table users (id int primary key, email text);";
const REPAIR = [
  sql('alter table "public"."users" add column if not exists "at" timestamptz default now();'),
  sql('alter table "public"."users" alter column "email" set not null;'),
  alone('create unique index concurrently if not exists "users_email_key" on "public"."users" ("email");', 2),
  sql('alter table "public"."users" add constraint "users_email_key" unique using index "users_email_key";', {
    group: 3,
  }),
];

describe("a plan that works", () => {
  it("is proved, statements outside of transactions included; the target stays as it was", async () => {
    const { proof, refused } = await trial(OLD, REPAIR);
    expect(proof).toEqual({
      kind: "proved",
      where: expect.stringMatching(/^a copy of the schema, without rows.*embedded/),
    });
    expect(refused).toBeNull();
  });

  it("may leave what it says that it leaves", async () => {
    const { proof } = await trial(OLD, REPAIR.slice(0, 2), { leave: ["users_email_key"] });
    expect(proof.kind).toBe("proved");
  });

  it("may grant to roles that the throwaway server does not have", async () => {
    const grant = sql('grant select on "public"."users" to "prove_reader";', { group: 4 });
    const known = await trial(OLD, [...REPAIR, grant], {
      report: await reportOf("prove_reader"),
    });
    expect(known.proof.kind).toBe("proved");
  });
});

/** Only what a proof reads of a report. */
async function reportOf(user: string): Promise<ProofInput["report"]> {
  const target = {
    host: "",
    port: 0,
    database: "",
    user,
    server: "18",
    schema: "public",
    searchPath: [],
    inRecovery: false,
  };
  return { target, unverified: [], gaps: [] };
}

describe("a plan that does not", () => {
  it("is unproved with the gaps that are left", async () => {
    const { proof } = await trial(OLD, REPAIR.slice(0, 1));
    expect(proof).toMatchObject({ kind: "unproved", reason: "it ran, and gaps are left" });
    expect(proof.kind === "unproved" && proof.remaining.join("\n")).toMatch(/users\.email/);
  });

  it("is unproved with the statement that was refused, and nothing of its transaction is done", async () => {
    const wrong = [REPAIR[0] as SqlStep, sql('alter table "public"."users" add column "email" text;')];
    const { proof } = await trial(OLD, wrong);
    expect(proof).toMatchObject({
      kind: "unproved",
      reason: expect.stringMatching(/add column "email" text; was refused: column "email" .* already exists \(42701\)/),
    });
    expect(proof.kind === "unproved" && proof.remaining.length).toBe(3);
  });

  it("is unproved when it makes a gap that was not there", async () => {
    const { proof } = await trial(OLD, [
      ...REPAIR,
      sql('alter table "public"."users" drop column "at";', { group: 4 }),
    ]);
    expect(proof).toMatchObject({ kind: "unproved", remaining: [expect.stringContaining("users.at")] });
  });
});

describe("nobody knows", () => {
  it.each([
    ["without steps", [], {}, "the plan has no step that changes the database"],
    ["with steps that only look", [commandStep({ run: "look" })], {}, "the plan has no step that changes the database"],
    [
      "without a throwaway server",
      REPAIR,
      {
        scratch: async () => {
          throw new SchemareadyError("SCRATCH_UNAVAILABLE", "There is none.");
        },
      },
      "There is none.",
    ],
    [
      "with a command that cannot be tried",
      [commandStep({ run: "deploy", effect: { kind: "deploy", migrations: ["1"] } })],
      {},
      "not every step could be tried: no commands here",
    ],
  ] satisfies [string, RepairStep[], Partial<ProofInput>, string][])("%s", async (_, steps, parts, reason) => {
    expect((await trial(OLD, steps, parts)).proof).toEqual({ kind: "not-tried", reason });
  });

  it("without a copy", async () => {
    const state = `${OLD} create aggregate total(int) (sfunc = int4pl, stype = int); create view v as select total(id) from users;`;
    const { proof } = await trial(state, REPAIR);
    expect(proof).toMatchObject({ kind: "not-tried", reason: expect.stringContaining("no copy of the schema") });
  });

  it("with an extension that the throwaway server does not have", async () => {
    const { proof } = await trial(OLD, [sql('create extension if not exists "nobody_has_this";')]);
    expect(proof).toMatchObject({ kind: "not-tried", reason: expect.stringContaining("nobody_has_this") });
  });
});
