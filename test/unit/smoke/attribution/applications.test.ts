/** Error bodies as applications write them: those of the three whose incidents are known, and of common frameworks. */
import { describe, expect, it } from "vitest";
import type { Gap, Report, RequiredObject, SmokeResult, StepResult } from "../../../../src/model/report.js";
import { attribute } from "../../../../src/smoke/index.js";
import {
  columnSubject,
  featureWith,
  gapWith,
  reportWith,
  stepWith,
  unreachableReport,
} from "../../../support/report-fixtures.js";

const projectId = gapWith({ subject: columnSubject("avatar_generations", "projectId") });
const developerProjects = gapWith({
  code: "MISSING_TABLE",
  subject: { kind: "table", schema: "public", relation: null, name: "developer_projects" },
});
const balance = gapWith({ subject: columnSubject("credits", "balance") });
const gaps = [projectId, developerProjects, balance];
const feature = (id: string, ...own: Gap[]) =>
  featureWith({ id, title: id, status: "broken", gaps: own.map((gap) => gap.id) });
const features = [feature("generate", projectId), feature("projects", developerProjects), feature("credits", balance)];
const report = reportWith({ verdict: "fail", gaps, features });

/** A run of one flow against the application of the fixtures. */
function explain(parts: Omit<Partial<StepResult>, "id">, against: Report = report) {
  const step = stepWith({
    id: "s",
    outcome: "failed",
    status: 500,
    request: "POST http://app/x",
    failures: ["status: expected 2xx"],
    ...parts,
  });
  const result: SmokeResult = {
    runId: "r",
    baseUrl: "http://app",
    startedAt: "2026-11-20T10:00:00.000Z",
    durationMs: 1,
    outcome: "failed",
    flows: [
      {
        id: "f",
        application: "avatar-creator",
        title: "f",
        outcome: "failed",
        steps: [stepWith({ id: "first" }), step],
      },
    ],
    cleanup: { outcome: "nothing-to-do", steps: [], leftovers: [] },
  };
  return attribute(result, against).flows[0]?.steps[1]?.attribution;
}

const COLUMN = "The column `avatar_generations.projectId` does not exist in the current database.";
const TABLE = "The table `public.developer_projects` does not exist in the current database.";
const invocation = (what: string) => `\nInvalid \`prisma.x.create()\` invocation:\n\n\n${what}`;

describe("proved: the error names the gap, however it is wrapped", () => {
  it.each<[string, string, Gap]>([
    ["a message with the whole invocation", JSON.stringify({ success: false, error: invocation(COLUMN) }), projectId],
    [
      "error, details, code",
      JSON.stringify({ error: "Failed to create project", details: invocation(TABLE), code: "P2021" }),
      developerProjects,
    ],
    [
      "debugInfo as JSON in a string",
      JSON.stringify({
        error: "Failed",
        debugInfo: JSON.stringify({ code: "P2021", meta: { table: "public.developer_projects" } }),
      }),
      developerProjects,
    ],
    [
      "codes two levels down, without any text",
      JSON.stringify({ error: { cause: { code: "P2022", meta: { column: "avatar_generations.projectId" } } } }),
      projectId,
    ],
    ["a coloured invocation", `\u001b[31m${COLUMN}\u001b[39m`, projectId],
    [
      "RFC 9457",
      JSON.stringify({
        type: "about:blank",
        title: "Internal Server Error",
        status: 500,
        detail: 'relation "developer_projects" does not exist',
      }),
      developerProjects,
    ],
    [
      "RFC 9457 with its own errors",
      JSON.stringify({
        type: "/e",
        title: "x",
        status: 500,
        errors: [{ detail: 'column "projectId" of relation "avatar_generations" does not exist' }],
      }),
      projectId,
    ],
    [
      "Express in HTML",
      "<!DOCTYPE html><html><body><pre>error: column &quot;projectId&quot; of relation &quot;avatar_generations&quot; does not exist<br> &nbsp; at Parser.parse (/app/x.js:1)</pre></body></html>",
      projectId,
    ],
    [
      "GraphQL",
      JSON.stringify({ errors: [{ message: COLUMN, extensions: { code: "P2022" } }], data: null }),
      projectId,
    ],
    [
      "Rails",
      'ActiveRecord::StatementInvalid (PG::UndefinedTable: ERROR:  relation "developer_projects" does not exist\nLINE 1: SELECT',
      developerProjects,
    ],
    [
      "Django",
      'ProgrammingError at /x\ncolumn avatar_generations.projectId does not exist\nLINE 1: SELECT "avatar_generations"',
      projectId,
    ],
    [
      "SQLAlchemy",
      '(psycopg2.errors.UndefinedTable) relation "developer_projects" does not exist\nLINE 1: INSERT INTO',
      developerProjects,
    ],
    [
      "Spring",
      "org.postgresql.util.PSQLException: ERROR: column ag1_0.projectId does not exist\n  Position: 8",
      projectId,
    ],
    [
      "Laravel",
      'SQLSTATE[42P01]: Undefined table: 7 ERROR:  relation "developer_projects" does not exist LINE 1: select',
      developerProjects,
    ],
    ["pgx", 'ERROR: relation "developer_projects" does not exist (SQLSTATE 42P01)', developerProjects],
    ["sqlx of Rust", 'error returned from database: relation "developer_projects" does not exist', developerProjects],
    [
      "Sequelize",
      JSON.stringify({
        name: "SequelizeDatabaseError",
        parent: { code: "42703" },
        message: 'column "projectId" of relation "avatar_generations" does not exist',
      }),
      projectId,
    ],
    [
      "Knex, the statement before the error",
      'insert into "avatar_generations" ("projectId") values ($1) - column "projectId" of relation "avatar_generations" does not exist',
      projectId,
    ],
    [
      "TypeORM",
      JSON.stringify({ message: 'QueryFailedError: relation "developer_projects" does not exist' }),
      developerProjects,
    ],
    ["Sequelize's alias", "column AvatarGeneration.projectId does not exist", projectId],
    [
      "Ecto",
      '** (Postgrex.Error) ERROR 42P01 (undefined_table) relation "developer_projects" does not exist',
      developerProjects,
    ],
  ])("%s", (_name, body, gap) => {
    expect(explain({ body })).toMatchObject({ kind: "proved", gaps: [gap.id] });
  });

  it("also in an answer with 200, which a claim has found to be wrong", () => {
    const found = explain({
      status: 200,
      failures: ["$.data: expected type object, got null"],
      body: JSON.stringify({ data: null, errors: [{ message: COLUMN }] }),
    });
    expect(found).toMatchObject({ kind: "proved", gaps: [projectId.id] });
    expect(found?.message).toContain("the application answered 200");
  });
});

describe("declared: the answer hides its cause", () => {
  it.each<[string, string, number, string, Gap]>([
    ["a broken users table behind a 401", "generate", 401, '{"error":"Unauthorized - Invalid token"}', projectId],
    ["a 400 for every error", "generate", 400, '{"error":"Bad request"}', projectId],
    ["an empty list", "projects", 200, "[]", developerProjects],
    ["a balance of 0", "credits", 200, '{"balance":0}', balance],
    ["a message of its own", "projects", 500, '{"error":"Failed to fetch roles"}', developerProjects],
    ["no words at all", "projects", 500, '{"error":"Internal server error"}', developerProjects],
    ["an empty body", "credits", 503, "", balance],
    ["a page", "generate", 502, "<html><head><title>502 Bad Gateway</title></head></html>", projectId],
  ])("%s", (_name, id, status, body, gap) => {
    const failures =
      status === 200 ? ["$: expected a length of at least 1, got length 0"] : [`status: expected 2xx, got ${status}`];
    expect(explain({ feature: id, status, body, failures })).toMatchObject({ kind: "declared", gaps: [gap.id] });
  });

  const required = (relation: string | null, name: string): RequiredObject => ({ schema: "public", relation, name });

  it("by what the step itself requires, before what its feature needs", () => {
    const requires = [required("credits", "balance")];
    const body = '{"error":"Internal server error"}';
    expect(explain({ body, requires, feature: "generate" })).toMatchObject({ kind: "declared", gaps: [balance.id] });
    expect(explain({ body, requires })?.message).toMatch(
      / failed because column credits\.balance is missing \(MISSING_COLUMN\); the application answered 500, which does not name the cause$/,
    );
    expect(explain({ body, requires: [required(null, "credits")] })).toMatchObject({ gaps: [balance.id] });
    // Where the schema comes from migrations, names are not taken apart when the file is loaded.
    expect(explain({ body, requires: [required(null, "credits.balance")] })).toMatchObject({ gaps: [balance.id] });
    expect(explain({ body, requires: [required("developer_projects", "id")] })).toMatchObject({
      gaps: [developerProjects.id],
    });
  });

  it("by nothing that is right, or in another schema, or only named alike", () => {
    for (const one of [
      required("users", "id"),
      { ...required("credits", "balance"), schema: "app" },
      required("credits", "amount"),
      required(null, "balance"),
    ]) {
      expect(explain({ body: "x", requires: [one] })).toMatchObject({ kind: "none", gaps: [] });
    }
    expect(explain({ body: "x", requires: [required("users", "id")], feature: "generate" })).toMatchObject({
      gaps: [projectId.id],
    });
  });
});

describe("without a look at the database", () => {
  const unseen = { ...unreachableReport(), features: [] };

  it("the text of the error alone proves what is missing, and the message says so", () => {
    expect(
      explain({ title: "Create a project", body: JSON.stringify({ code: "P2022", message: COLUMN }) }, unseen),
    ).toEqual({
      kind: "proved",
      gaps: [],
      message: expect.stringMatching(
        /^Create a project failed because, by the text of its error alone, column avatar_generations\.projectId does not exist; the application answered 500 P2022; the database was not looked at \(.+\), so which migration should have brought it is not known$/,
      ),
    });
  });

  it.each<[string, string]>([
    [TABLE, "table public.developer_projects does not exist"],
    ['column "a" of relation "b" does not exist', "column b.a does not exist"],
    ['type "Role" does not exist', "type Role does not exist"],
    ['invalid input value for enum "Role": "ADMIN"', "enum type Role has no label ADMIN"],
    ["permission denied for table credits", "its role lacks a privilege on credits"],
    ["permission denied for schema audit", "its role lacks a privilege on schema audit"],
    ["function f(text) does not exist", "function f does not exist"],
    ['relation "a" does not exist; relation "b" does not exist', "table a does not exist and table b does not exist"],
  ])("%s", (body, said) => {
    const found = explain({ body }, unseen);
    expect(found?.kind).toBe("proved");
    expect(found?.message).toContain(`by the text of its error alone, ${said};`);
  });

  it.each([
    'duplicate key value violates unique constraint "users_email_key"',
    'null value in column "name" of relation "users" violates not-null constraint',
    'insert or update on table "a" violates foreign key constraint "a_b_fkey"\nKey (b)=(1) is not present in table "b".',
    "Project does not exist",
    '{"error":"Internal server error"}',
    "",
  ])("what data can cause, or says nothing, proves nothing: %j", (body) => {
    expect(explain({ body }, unseen)).toMatchObject({ kind: "none", gaps: [] });
    expect(explain({ body }, unseen)?.message).toMatch(/^The database could not be looked at/);
  });
});
