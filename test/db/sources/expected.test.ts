import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printContract } from "../../../src/expect/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { sourcePath } from "../../../src/sources/index.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { FEATURES, SHOP, useProject } from "./support.js";

const { folder, context, check, compile, refusal } = useProject();
let reference: TestDatabase;

beforeAll(async () => {
  reference = await createTestDatabase("reference");
  await reference.sql(`${SHOP} create schema audit; create table audit.log (at timestamptz not null);`);
});
afterAll(() => reference.drop());

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
    ["a Prisma schema", "{ prisma: ../prisma/schema.prisma }", "prisma-schema"],
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
    expect(printContract(contract)).not.toMatch(/postgres(ql)?:\/\//);
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
    const source = { kind: "sql", file: sourcePath("no-such.sql", folder.path) } as const;
    const named = { request: { source, schema: "public", schemas: null }, place: "--sql" };
    expect(await refusal([file], { named })).toMatchObject({
      code: "SETTINGS",
      problems: [
        expect.stringMatching(/^--sql: another source beside the `expect` of .*checks\/shop\.yaml:3: leave out one/),
      ],
    });
  });
});
