import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SchemareadyError } from "../../../src/errors/index.js";
import { printContract } from "../../../src/expect/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { type CompileRequest, compileSources } from "../../../src/sources/index.js";
import { createFolder } from "../../support/cli-checks.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { type TestContext, useSources } from "../../support/sources.js";

const SHOP = `create type state as enum ('open', 'closed');
create table orders (id bigint primary key, state state not null, total numeric(10, 2));
create table customers (id bigint primary key, email text not null unique);`;

const FEATURES = `features:
  order: { endpoints: ["POST /orders"], reads: { customers: [id, email] }, writes: { orders: "*" } }
`;

const folder = createFolder();
const context = useSources();
let reference: TestDatabase;

beforeAll(async () => {
  reference = await createTestDatabase("reference");
  await reference.sql(`${SHOP} create schema audit; create table audit.log (at timestamptz not null);`);
  folder.file("shop.sql", SHOP);
  const migration = join(folder.path, "prisma", "migrations", "20250101000000_init");
  mkdirSync(migration, { recursive: true });
  writeFileSync(join(migration, "migration.sql"), SHOP);
  mkdirSync(join(folder.path, "checks"));
});
afterAll(async () => {
  folder.remove();
  await reference.drop();
});

function check(name: string, text: string): string {
  return folder.file(join("checks", name), `version: 1\n${text}`);
}

function compile(
  checks: readonly string[],
  more: Partial<CompileRequest> = {},
  sources: TestContext = context(),
): Promise<Contract> {
  return compileSources({ named: null, checks, defaultSchema: "public", environment: {}, ...more }, sources);
}

async function refusal(checks: readonly string[], more: Partial<CompileRequest> = {}) {
  const error = await compile(checks, more).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SchemareadyError)) throw new Error("not refused", { cause: error });
  const problems = error.problems.map(
    ({ place = "", message }) => `${place.replace(`${folder.path}/`, "")}: ${message}`,
  );
  return { code: error.code, problems, text: error.text() };
}

const relations = (contract: Contract, application = 0) =>
  contract.applications[application]?.relations.map(({ schema, name }) => `${schema}.${name}`);

describe("expect", () => {
  it.each([
    ["migrations", "{ migrations: { directory: ../prisma/migrations } }", "prisma-migrations"],
    [
      "migrations of a named tool",
      "{ migrations: { directory: ../prisma/migrations, tool: prisma } }",
      "prisma-migrations",
    ],
    ["an SQL file", "{ sql: ../shop.sql }", "sql"],
  ])("takes the schema from %s, beside the check file", async (_, section, source) => {
    const file = check("shop.yaml", `application: shop\nexpect: ${section}\n${FEATURES}`);
    const contract = await compile([file]);
    expect(contract.source).toBe(source);
    expect(contract.applications.map(({ name }) => name)).toEqual(["shop"]);
    expect(relations(contract)).toEqual(["public.customers", "public.orders"]);
    const [feature] = contract.applications[0]?.features ?? [];
    expect(feature?.uses.find(({ relation }) => relation.name === "orders")?.insert).toEqual(["id", "state", "total"]);
    const brings = source === "prisma-migrations" ? ["20250101000000_init"] : [null];
    expect(new Set(contract.applications[0]?.relations.map(({ introducedBy }) => introducedBy))).toEqual(
      new Set(brings),
    );
  });

  it("takes it from a reference database that a variable of the environment names", async () => {
    const text = 'application: shop\nexpect: { database: "{{ env.REFERENCE_URL }}" }\n';
    const file = check("shop.yaml", `${text}${FEATURES}`);
    const contract = await compile([file], { environment: { REFERENCE_URL: reference.url } });
    expect(contract.source).toBe("database");
    expect(relations(contract)).toEqual(["public.customers", "public.orders"]);
    expect(printContract(contract)).not.toContain(new URL(reference.url).password);
    const more = check("shop.yaml", `${text.replace(" }\n", ", schemas: [public, audit] }\n")}${FEATURES}`);
    const both = await compile([more], { environment: { REFERENCE_URL: reference.url } });
    expect(relations(both)).toEqual(["audit.log", "public.customers", "public.orders"]);
  });

  it("takes it from a reference database by a URL without a password", async () => {
    const url = new URL(reference.url);
    const password = decodeURIComponent(url.password);
    url.password = "";
    url.searchParams.set("schema", "audit");
    const file = check("shop.yaml", `application: shop\nexpect: { database: "${url.href}" }\n`);
    const contract = await compile([file], { environment: { PGPASSWORD: password } });
    expect(relations(contract)).toEqual(["audit.log"]);
    expect(contract.applications[0]?.schema).toBe("audit");
  });

  it("takes it from a contract, with the schema, the role and the features that it has", async () => {
    const made = check(
      "made.yaml",
      `application: shop\nschema: sales\nrole: seller\nexpect: { sql: ../shop.sql }\n${FEATURES}`,
    );
    const contract = await compile([made]);
    expect(relations(contract)).toEqual(["sales.customers", "sales.orders"]);
    folder.file("shop.json", printContract(contract));
    const text =
      "application: shop\nexpect: { contract: ../shop.json }\nfeatures: { bill: { reads: { orders: [total] } } }\n";
    const sources = context();
    const joined = await compile([check("shop.yaml", text)], {}, sources);
    expect(joined.source).toBe("sql");
    expect(joined.applications[0]).toMatchObject({ name: "shop", schema: "sales", role: "seller" });
    expect(joined.applications[0]?.features.map(({ id }) => id)).toEqual(["order", "bill"]);
    const other = check("shop.yaml", text.replace("application: shop", "application: till"));
    const [till] = (await compile([other])).applications;
    expect(till?.features.map(({ id, application }) => [id, application])).toEqual([
      ["order", "till"],
      ["bill", "till"],
    ]);
  });

  it("is joined with what the file describes itself", async () => {
    const own = "relations: { orders: { columns: { note: text } }, refunds: { columns: { id: bigint not null } } }\n";
    const feature = "features: { refund: { reads: { orders: [total, note], refunds: [id] } } }\n";
    const contract = await compile([
      check("shop.yaml", `application: shop\nexpect: { sql: ../shop.sql }\n${own}${feature}`),
    ]);
    expect(contract.source).toBe("mixed");
    expect(relations(contract)).toEqual(["public.customers", "public.orders", "public.refunds"]);
    const orders = contract.applications[0]?.relations.find(({ name }) => name === "orders");
    expect(orders).toMatchObject({ complete: true });
    expect(orders?.columns.map(({ name }) => name)).toEqual(["id", "state", "total", "note"]);
  });

  it("is each application's own: others have another source, or none", async () => {
    folder.file("blog.sql", "create table posts (id int primary key);");
    const files = [
      check("a.yaml", `application: shop\nexpect: { sql: ../shop.sql }\n${FEATURES}`),
      check("b.yaml", "application: shop\nfeatures: { bill: { reads: { orders: [total] } } }\n"),
      check(
        "c.yaml",
        "application: blog\nexpect: { sql: ../blog.sql }\nfeatures: { read: { reads: { posts: [id] } } }\n",
      ),
      check("d.yaml", "application: till\nrelations: { coins: { columns: { id: int } } }\n"),
    ];
    const contract = await compile(files);
    expect(contract.source).toBe("mixed");
    expect(
      contract.applications.map(({ name, relations: all, features }) => [
        name,
        all.map((each) => each.name),
        features.map(({ id }) => id),
      ]),
    ).toEqual([
      ["blog", ["posts"], ["read"]],
      ["shop", ["customers", "orders"], ["bill", "order"]],
      ["till", ["coins"], []],
    ]);
    expect(await compile([...files].reverse())).toEqual(contract);
  });

  it("is read once when two applications name the same", async () => {
    const sources = context();
    const files = ["one", "two"].map((name) => {
      return check(
        `${name}.yaml`,
        `application: ${name}\nexpect: { migrations: { directory: ../prisma/migrations } }\n`,
      );
    });
    const contract = await compile(files, {}, sources);
    expect(contract.applications.map(({ name }) => name)).toEqual(["one", "two"]);
    expect(sources.warnings.filter((each) => each.includes("MIGRATION_LOCK_MISSING"))).toHaveLength(1);
    expect(contract.provenance.length).toBeGreaterThan(5);
  });

  it("names nothing of two migration directories that bring the same object", async () => {
    const other = join(folder.path, "other", "20240101000000_first");
    mkdirSync(other, { recursive: true });
    writeFileSync(
      join(other, "migration.sql"),
      "create table orders (id bigint primary key); create table extra (a int);",
    );
    const contract = await compile([
      check(
        "one.yaml",
        "application: one\nexpect: { migrations: { directory: ../prisma/migrations, tool: prisma } }\n",
      ),
      check("two.yaml", "application: two\nexpect: { migrations: { directory: ../other, tool: prisma } }\n"),
    ]);
    const tables = contract.provenance.filter(({ subject, property }) => subject.kind === "table" && property === null);
    expect(tables.map(({ subject }) => subject.name)).toEqual(["customers", "extra"]);
  });

  it("is not said twice: by an option and by a file", async () => {
    const file = check("shop.yaml", `application: shop\nexpect: { sql: ../shop.sql }\n${FEATURES}`);
    const source = { kind: "sql", file: { shown: "x.sql", path: join(folder.path, "no-such.sql") } } as const;
    const named = { request: { source, schema: "public", schemas: null }, place: "--sql" };
    expect(await refusal([file], { named })).toMatchObject({
      code: "SETTINGS",
      problems: [
        expect.stringMatching(/^--sql: another source beside the `expect` of .*checks\/shop\.yaml:3: leave out one/),
      ],
    });
  });
});

describe("an `expect` that cannot be used", () => {
  it.each([
    [
      "names nothing",
      "{}",
      "checks/shop.yaml:3:9: give exactly one of migrations, sql, database, contract: none of them is here",
    ],
    [
      "names two",
      "{ sql: a.sql, contract: b.json }",
      "checks/shop.yaml:3:9: give exactly one of migrations, sql, database, contract: here are sql and contract",
    ],
    [
      "names an unknown tool",
      "{ migrations: { directory: m, tool: prismo } }",
      'checks/shop.yaml:3:45: expected "prisma"',
    ],
    ["has no directory", "{ migrations: { tool: prisma } }", 'checks/shop.yaml:3:23: missing key "directory"'],
    [
      "limits a contract",
      "{ contract: a.json, schemas: [public] }",
      "checks/shop.yaml:3:38: a contract is taken as a whole: remove schemas",
    ],
    [
      "names a variable that is not set",
      '{ database: "{{env.NO_SUCH}}" }',
      "checks/shop.yaml:3:21: the variable NO_SUCH is not set in the environment",
    ],
    [
      "mixes text and template",
      '{ database: "postgresql://a:{{env.PW}}@h/d" }',
      "checks/shop.yaml:3:21: a template stands alone here and names a variable of the environment: {{env.NAME}}",
    ],
    [
      "is no URL",
      "{ database: mysql://h/d }",
      "checks/shop.yaml:3:21: not the URL of a database: it does not begin with postgresql:// or postgres://",
    ],
    [
      "names a variable with something else",
      '{ database: "{{env.OTHER}}" }',
      "checks/shop.yaml:3:21: the variable OTHER holds no URL of a database: it does not begin",
    ],
  ])("because it %s", async (_, section, problem) => {
    const file = check("shop.yaml", `application: shop\nexpect: ${section}\n${FEATURES}`);
    const { code, problems } = await refusal([file], { environment: { OTHER: "canary-password" } });
    expect(code).toBe("CHECK_FILE");
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems[0]).not.toContain("canary");
  });

  it.each(["postgresql://app:canary-password@db/app", "postgresql://app@db/app?password=canary-password"])(
    "because a password stands in it, which is not repeated: %s",
    async (url) => {
      const { code, problems, text } = await refusal([
        check("shop.yaml", `application: shop\nexpect: { database: "${url}" }\n`),
      ]);
      expect(code).toBe("CHECK_FILE");
      expect(problems).toEqual([
        expect.stringMatching(/^checks\/shop\.yaml:3:21: a password does not belong into a file: .*\{\{env\./),
      ]);
      expect(text).not.toContain("canary");
    },
  );

  it("lists everything that is wrong with the files beside it", async () => {
    const wrong = "features: { order: { endpoints: [nonsense], reads: { anything: [id] } } }\nrelation: {}\n";
    const file = check("shop.yaml", `application: shop\nexpect: { database: "{{env.NO_SUCH}}" }\n${wrong}`);
    const { problems } = await refusal([file]);
    expect(problems.map((each) => each.split(":").slice(1, 2))).toEqual([["3"], ["4"], ["5"]]);
  });

  it("two files of an application name two sources", async () => {
    const files = [
      check("a.yaml", "application: shop\nexpect: { sql: ../shop.sql }\n"),
      check("b.yaml", "application: shop\nexpect: { sql: ../other.sql }\n"),
    ];
    const { code, problems } = await refusal(files);
    expect(code).toBe("CHECK_FILE");
    expect(problems).toEqual([
      expect.stringMatching(
        /^checks\/b\.yaml:3:1: application "shop" takes its schema from another source at .*checks\/a\.yaml:3:9: it has one$/,
      ),
    ]);
  });

  it("lists what features name and the source does not make, with its place", async () => {
    const file = check(
      "shop.yaml",
      `application: shop\nexpect: { sql: ../shop.sql }\n${FEATURES.replace("[id, email]", "[id, mail]").replace("{ orders:", "{ order:")}`,
    );
    const { code, problems } = await refusal([file]);
    expect(code).toBe("CHECK_FILE");
    expect(problems).toEqual([
      expect.stringMatching(
        /^checks\/shop\.yaml:5:\d+: relation "customers" names no column "mail"; did you mean "email"\?/,
      ),
      expect.stringMatching(
        /^checks\/shop\.yaml:5:\d+: this file has no relation "order", nor has the schema it is joined with/,
      ),
    ]);
  });

  it("defines a column otherwise than the source", async () => {
    const own = "relations: { orders: { columns: { total: text } } }\n";
    const { code, problems } = await refusal([
      check("shop.yaml", `application: shop\nexpect: { sql: ../shop.sql }\n${own}`),
    ]);
    expect(code).toBe("CHECK_FILE");
    expect(problems).toEqual([
      expect.stringContaining(
        "column public.orders.total is defined differently by check file and source: type text and numeric(10,2)",
      ),
    ]);
  });

  it("a contract of several applications has none of that name", async () => {
    const both = await compile([
      check("a.yaml", "application: one\nrelations: { a: { columns: { id: int } } }\n"),
      check("b.yaml", "application: two\nrelations: { b: { columns: { id: int } } }\n"),
    ]);
    folder.file("both.json", printContract(both));
    const three = check("c.yaml", "application: three\nexpect: { contract: ../both.json }\n");
    expect(await refusal([three])).toMatchObject({
      code: "CHECK_FILE",
      problems: ["application three: the contract that it is taken from describes one, two"],
    });
    const source = { kind: "contract", file: { shown: "both.json", path: join(folder.path, "both.json") } } as const;
    const named = { request: { source, schema: "public", schemas: null }, place: "--from-contract" };
    const two = check("d.yaml", "application: two\nfeatures: { see: { reads: { b: [id] } } }\n");
    const joined = await compile([two], { named });
    expect(joined.applications.map(({ name, features }) => [name, features.length])).toEqual([
      ["one", 0],
      ["two", 1],
    ]);
    expect(joined.source).toBe("check-files");
    const sources = context();
    expect(await compile([], { named }, sources)).toEqual(both);
    expect(sources.asked()).toBe(0);
  });
});
