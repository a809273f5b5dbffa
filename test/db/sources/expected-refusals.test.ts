import { describe, expect, it } from "vitest";
import { printContract } from "../../../src/expect/index.js";
import { sourcePath } from "../../../src/sources/index.js";
import { FEATURES, useProject } from "./support.js";

const { folder, context, check, compile, refusal } = useProject();

describe("an `expect` that cannot be used", () => {
  it.each([
    [
      "names nothing",
      "{}",
      "checks/shop.yaml:3:9: give exactly one of migrations, prisma, sql, database, contract: none of them is here",
    ],
    [
      "names two",
      "{ sql: a.sql, contract: b.json }",
      "checks/shop.yaml:3:9: give exactly one of migrations, prisma, sql, database, contract: here are sql and contract",
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
    const source = { kind: "contract", file: sourcePath("both.json", folder.path) } as const;
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
