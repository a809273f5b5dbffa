import { describe, expect, it } from "vitest";
import type { StepResult } from "../../../../src/model/report.js";
import { readAnswer } from "../../../../src/smoke/attribution/answer.js";

function answer(body: unknown, parts: Partial<StepResult> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const step: StepResult = {
    id: "s",
    title: "s",
    feature: null,
    outcome: "failed",
    durationMs: 1,
    request: "POST http://app/x",
    status: 500,
    failures: [],
    body: text,
    curl: null,
    place: null,
    attribution: null,
    ...parts,
  };
  const { codes, names } = readAnswer(step);
  return {
    codes,
    names: names.map(({ kind, name, relation }) => [kind, name, ...(relation === null ? [] : [relation])]),
  };
}

/** Texts as the servers and clients write them (knowledge: incidents, prisma-semantics 2.5; PostgreSQL 15). */
const TEXTS: readonly [string, readonly (readonly string[])[]][] = [
  [
    "The table `public.developer_projects` does not exist in the current database.",
    [["relation", "public.developer_projects"]],
  ],
  ['Table "background_removal_jobs" does not exist', [["relation", "background_removal_jobs"]]],
  [
    "The table public.developer_projects does not exist in the current database.",
    [["relation", "public.developer_projects"]],
  ],
  ["The column `avatars.personaName` does not exist in the current database.", [["column", "avatars.personaName"]]],
  ["The column 'projectId' does not exist", [["column", "projectId"]]],
  [
    "The column users.unlimitedPoseActive does not exist in the current database.",
    [["column", "users.unlimitedPoseActive"]],
  ],
  [
    "The column `projectId of relation avatar_generations` does not exist",
    [["column", "projectId", "avatar_generations"]],
  ],
  ["The column `(not available)` does not exist in the current database.", []],
  ['relation "admins" does not exist', [["relation", "admins"]]],
  ['relation "app.admins" does not exist', [["relation", "app.admins"]]],
  ['relation "we"ird; drop" does not exist', [["relation", 'we"ird; drop']]],
  [
    'column "projectId" of relation "avatar_generations" does not exist',
    [["column", "projectId", "avatar_generations"]],
  ],
  ['column "projectId" does not exist', [["column", "projectId"]]],
  ["column g.projectId does not exist", [["column", "g.projectId"]]],
  [
    'null value in column "sourceType" of relation "avatars" violates not-null constraint',
    [["not-null", "sourceType", "avatars"]],
  ],
  ['null value in column "id" violates not-null constraint', [["not-null", "id"]]],
  [
    "Null constraint violation on the fields: (`sourceType`, `name`)",
    [
      ["not-null", "sourceType"],
      ["not-null", "name"],
    ],
  ],
  ["Null constraint violation on the (not available)", []],
  [
    "Foreign key constraint violated: `generated_poses_avatarId_fkey (index)`",
    [["constraint", "generated_poses_avatarId_fkey"]],
  ],
  [
    "Foreign key constraint failed on the field: `generated_poses_avatarId_fkey (index)`",
    [["constraint", "generated_poses_avatarId_fkey"]],
  ],
  ["Foreign key constraint violated on the constraint: `x_fkey`", [["constraint", "x_fkey"]]],
  [
    'update or delete on table "avatars" violates foreign key constraint "generated_poses_avatarId_fkey" on table "generated_poses"',
    [["constraint", "generated_poses_avatarId_fkey", "generated_poses"]],
  ],
  ['Key (modelId)=(m1) is not present in table "ai_models".', [["rows", "ai_models"]]],
  [
    'new row for relation "avatars" violates check constraint "avatars_age_check"',
    [["constraint", "avatars_age_check"]],
  ],
  ['duplicate key value violates unique constraint "users_email_key"', [["constraint", "users_email_key"]]],
  ['type "AvatarStatus" does not exist', [["type", "AvatarStatus"]]],
  ['invalid input value for enum "AvatarStatus": "queued"', [["label", "queued", "AvatarStatus"]]],
  ['invalid input value for enum app.status: "queued"', [["label", "queued", "app.status"]]],
  ["permission denied for table credits", [["privilege", "credits"]]],
  ["permission denied for schema audit", [["schema-privilege", "audit"]]],
  ["permission denied for sequence credits_id_seq", [["privilege", "credits_id_seq"]]],
  ["function app.balance(text, integer) does not exist", [["function", "app.balance"]]],
  ['new row violates row-level security policy for table "credits"', [["row-security", "credits"]]],
  [
    'column "createdAt" is of type timestamp without time zone but expression is of type text',
    [["column-type", "createdAt"]],
  ],
  ['cannot insert a non-DEFAULT value into column "id"', [["generated", "id"]]],
  ["Everything is fine; the project does not exist", []],
  ["Project not found. The order does not exist in the table", []],
];

describe("names in error texts", () => {
  for (const [text, names] of TEXTS) {
    it(text, () => expect(answer(text).names).toEqual(names));
    it(`inside JSON: ${text}`, () => expect(answer({ error: { message: text } }).names).toEqual(names));
  }
});

describe("answers of real applications", () => {
  const invocation =
    "\nInvalid `prisma.avatarGeneration.create()` invocation:\n\n\nThe column `projectId` does not exist in the current database.";

  it("nested JSON with code, meta and a message", () => {
    const body = {
      success: false,
      error: {
        name: "PrismaClientKnownRequestError",
        code: "P2022",
        meta: { modelName: "AvatarGeneration", column: "projectId" },
        message: invocation,
      },
    };
    expect(answer(body)).toEqual({ codes: ["P2022"], names: [["column", "projectId"]] });
  });

  it("a driver adapter's error of Prisma 7", () => {
    const cause = {
      originalCode: "42703",
      originalMessage: 'column "projectId" of relation "avatar_generations" does not exist',
      kind: "ColumnNotFound",
      column: "projectId",
    };
    const body = { code: "P2022", meta: { driverAdapterError: { name: "DriverAdapterError", cause } } };
    expect(answer(body).codes).toEqual(["P2022", "42703"]);
    expect(answer(body).names).toContainEqual(["column", "projectId", "avatar_generations"]);
  });

  it("a raw query's error with the server's own code", () => {
    const body = {
      message: 'Raw query failed. Code: `42P01`. Message: `relation "avatar_projects" does not exist`',
      code: "P2010",
    };
    expect(answer(body)).toEqual({ codes: ["P2010", "42P01"], names: [["relation", "avatar_projects"]] });
  });

  it("node-pg's error object", () => {
    const body = {
      error: {
        code: "23502",
        schema: "public",
        table: "avatars",
        column: "sourceType",
        severity: "ERROR",
        routine: "ExecConstraints",
      },
    };
    expect(answer(body)).toEqual({ codes: ["23502"], names: [["not-null", "sourceType", "avatars"]] });
    expect(answer({ code: "23503", table: "generated_poses", constraint: "fk" }).names).toEqual([
      ["constraint", "fk", "generated_poses"],
    ]);
  });

  it("Prisma's meta of key violations", () => {
    expect(answer({ code: "P2003", meta: { field_name: "a_fkey (index)" } }).names).toEqual([["constraint", "a_fkey"]]);
    expect(answer({ code: "P2003", meta: { constraint: { index: "b_fkey" } } }).names).toEqual([
      ["constraint", "b_fkey"],
    ]);
    expect(answer({ code: "P2011", meta: { constraint: ["sourceType"] } }).names).toEqual([["not-null", "sourceType"]]);
    expect(answer({ code: "P2021", meta: { table: "public.ai_models" } }).names).toEqual([
      ["relation", "public.ai_models"],
    ]);
  });

  it("a JSON text inside a string of JSON, RFC 9457, HTML, plain text, and JSON that was cut off", () => {
    const inner = JSON.stringify({
      code: "P2021",
      message: "The table `public.ai_models` does not exist in the current database.",
    });
    expect(answer({ detail: inner })).toEqual({ codes: ["P2021"], names: [["relation", "public.ai_models"]] });
    const problem = {
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      detail: 'relation "ai_models" does not exist',
    };
    expect(answer(problem).names).toEqual([["relation", "ai_models"]]);
    expect(answer("<pre>error: relation &quot;ai_models&quot; does not exist<br> at Parser</pre>").names).toEqual([
      ["relation", "ai_models"],
    ]);
    expect(answer('ERROR:  42P01: relation "ai_models" does not exist')).toEqual({
      codes: ["42P01"],
      names: [["relation", "ai_models"]],
    });
    expect(answer('{"error":"relation \\"ai_models\\" does not exist","stack":"Error: relat').names).toEqual([
      ["relation", "ai_models"],
    ]);
  });

  it("an upsert without its unique index", () => {
    expect(answer("there is no unique or exclusion constraint matching the ON CONFLICT specification")).toEqual({
      codes: ["42P10"],
      names: [],
    });
  });

  it("is not fooled by ordinary codes and numbers", () => {
    expect(answer({ code: "ERROR", errorCode: "LIMIT", price: 42703, id: "23502" }).codes).toEqual([]);
    expect(answer("order 42703 failed, see ticket P20211").codes).toEqual([]);
    expect(answer("").names).toEqual([]);
    expect(answer("null").names).toEqual([]);
  });

  it("reads the words of the server in the failures of an SQL step", () => {
    const step = answer("", {
      request: null,
      status: null,
      body: null,
      failures: ['relation "credits" does not exist (SQLSTATE 42P01)'],
    });
    expect(step).toEqual({ codes: ["42P01"], names: [["relation", "credits"]] });
  });

  it("survives deep nesting and hostile length", () => {
    let deep: unknown = "x";
    for (let level = 0; level < 400; level++) deep = [deep];
    expect(answer(deep).names).toEqual([]);
    const started = performance.now();
    answer('column "'.repeat(250) + "relation '".repeat(200));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
