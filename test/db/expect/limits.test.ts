import { describe, expect, it } from "vitest";
import type { SchemareadyError } from "../../../src/errors/index.js";
import { buildApplication } from "../../../src/expect/build/application.js";
import { compileContract, type KnownSchema } from "../../../src/expect/index.js";
import type { TypeRef } from "../../../src/model/schema.js";
import { startScratch } from "../../../src/scratch/index.js";
import { column, relation, TEXT } from "../../support/builders.js";
import { serverUrl } from "../../support/postgres.js";
import { loadFiles, useCompiler } from "./support.js";

const { refusal, compile, compileBody } = useCompiler();

const file = (body: string) => ({ "a.yaml": `version: 1\napplication: demo\n${body}\n` });
const rows = (...conditions: string[]) => `relations:
  t: { columns: { id: text, at: timestamptz, n: int } }
sequences: [s]
features:
  f:
    rows:
${conditions.map((where) => `      - { table: t, where: ${JSON.stringify(where)} }`).join("\n")}`;

const ENUM: TypeRef = { ...TEXT, text: "public.state", schema: "public", name: "state", kind: "enum", category: "E" };
const CODE: TypeRef = { ...ENUM, text: "public.code", name: "code", kind: "domain", category: "S" };
const INT = { ...TEXT, text: "integer", name: "int4", category: "N" };
const KNOWN: KnownSchema = {
  relations: [
    relation("u", [
      column("id", { type: INT }),
      column("n", { type: INT }),
      column("state", { type: ENUM }),
      column("code", { type: CODE }),
      column("word"),
    ]),
    relation("t", [column("id", { type: INT }), column("a")]),
  ],
  domains: [{ schema: "public", name: "code", base: TEXT, nullable: true, default: null, checks: [] }],
  migrations: [],
};

const volatile = (line: number, name: string) =>
  `a.yaml:${line}:28: uses the volatile function ${name}: a condition must only look`;

describe("the condition of reference rows", () => {
  it("may not use volatile functions, however they are called", async () => {
    const conditions = [
      "n = nextval('s')",
      "pg_sleep(0) is null",
      "exists (select 1 from t as u where u.n > (with r as (select random() as x) select x from r))",
      "set_config('work_mem', '1MB', false) <> ''",
      "n in (select g from generate_series(1, 2) as g where pg_advisory_lock(g) is not null)",
      "case when n = 1 then (select count(*) filter (where lo_unlink(1) = 1) from t) = 0 end",
    ];
    const { code, problems } = await refusal(file(rows(...conditions)));
    expect(code).toBe("CHECK_FILE_SQL");
    expect(problems).toEqual([
      volatile(9, "nextval"),
      volatile(10, "pg_sleep"),
      volatile(11, "random"),
      volatile(12, "set_config"),
      volatile(13, "pg_advisory_lock"),
      volatile(14, "lo_unlink"),
    ]);
  });

  it("may not use one of an extension", async () => {
    const { problems } = await refusal(file(`extensions: [dblink]\n${rows("public.dblink_exec('', 'x') = id")}`));
    expect(problems).toEqual([volatile(10, "dblink_exec")]);
  });

  it("may not use one that only a superuser may create, also in the server that is started for it", async () => {
    const scratch = await startScratch({ binaries: process.env["TEST_POSTGRES_BINARIES"] || null });
    try {
      const checks = await loadFiles(file(`extensions: [dblink]\n${rows("public.dblink_exec('', 'x') = id")}`));
      const compiling = compileContract({ checks, scratch, defaultSchema: "public" });
      const error = await compiling.catch((reason: unknown) => reason);
      expect((error as SchemareadyError).problems.map(({ message }) => message)).toEqual([
        "uses the volatile function dblink_exec: a condition must only look",
      ]);
    } finally {
      await scratch.close();
    }
  });

  it("may use what only looks", async () => {
    const { features } = await compileBody(
      rows(
        "at < now() and lower(id) like '%x' and n between 1 and 3 -- fine",
        "current_user = id or (select max(n) from t) > 1",
      ),
    );
    expect(features[0]?.rows).toHaveLength(2);
  });

  it("is read for a relation that only the known schema has, too", async () => {
    const { problems } = await refusal(
      file("features: { f: { rows: [{ table: u, where: 'pg_sleep(0) is null' }] } }"),
      KNOWN,
    );
    expect(problems).toEqual(["a.yaml:3:44: uses the volatile function pg_sleep: a condition must only look"]);
    const body = `relations: { t: { columns: { a: text } } }
features:
  f:
    rows:
      - { table: u, where: "state = 'open' and n > 3 and code like 'x%' and id in (select id from t where a = 'b')" }
      - { table: t, where: "id = 1 and exists (select 1 from u where word = any (array['x']::text[]))" }
      - { table: u, where: "nowhere = 1" }`;
    expect((await refusal(file(body), KNOWN)).problems).toEqual([
      'a.yaml:9:28: PostgreSQL says: column "nowhere" does not exist (42703)',
    ]);
    const { applications } = await compile(file(body.slice(0, body.lastIndexOf("\n"))), "public", KNOWN);
    expect(applications[0]?.relations.map(({ name, columns }) => [name, columns.map((each) => each.name)])).toEqual([
      ["t", ["a"]],
    ]);
  });

  it("is not computed", async () => {
    const { features } = await compileBody(rows("repeat('x', 1000000000) || id = 'x'"));
    expect(features[0]?.rows).toHaveLength(1);
  });
});

describe("a check file that computes", () => {
  it("is refused with the name of the column", async () => {
    const slow = Array(60).fill("factorial(32000)").join(" + ");
    const body = `relations: { t: { columns: {\n  fine: text,\n  slow: "boolean default (${slow} > 0)" } } }`;
    const { code, problems } = await refusal(file(body));
    expect({ code, problems }).toEqual({
      code: "CHECK_FILE_SQL",
      problems: ['a.yaml:5:9: column "slow" takes PostgreSQL more than 5 s on an empty table'],
    });
  });

  it("gets no more than a gigabyte from the server that is started for it", async () => {
    const scratch = await startScratch({ binaries: process.env["TEST_POSTGRES_BINARIES"] || null });
    try {
      const checks = await loadFiles(
        file(`relations: { t: { columns: { x: "text default repeat('x', 1000000000)" } } }`),
      );
      const compiling = compileContract({ checks, scratch, defaultSchema: "public" });
      const error = await compiling.catch((reason: unknown) => reason);
      expect((error as SchemareadyError).problems.map(({ message }) => message)).toEqual([
        "PostgreSQL says: out of memory (53200)",
      ]);
    } finally {
      await scratch.close();
    }
  });

  it("ends at the deadline, at the place that it had reached", async () => {
    const scratch = await startScratch({ url: serverUrl() });
    try {
      const relations = Array.from({ length: 2_000 }, (_, i) => `t${i}: { columns: { c: text } }`).join(", ");
      const { files } = await loadFiles(file(`relations: { ${relations} }`));
      const [first] = files;
      if (first === undefined) throw new Error("no file");
      const { application, problems } = await buildApplication(first, await scratch.connect(), {
        defaultSchema: "public",
        seconds: 0.2,
      });
      expect(application).toBeNull();
      expect(problems.map(({ message }) => message)).toEqual([
        expect.stringMatching(
          /^PostgreSQL takes more than 0.2 s to build this file: it ended before the statement of (relation "t\d+"|column "c")$/,
        ),
      ]);
    } finally {
      await scratch.close();
    }
  });
});
