import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { names, problems, read, tree, warnings } from "./support.js";

const placeholder = (name: string): string => ["$", "{", name, "}"].join("");

describe("Flyway", () => {
  it("says of a callback that what it creates is not known", async () => {
    const directory = await read("flyway", {
      "V1__a.sql": "SELECT 1;",
      "afterMigrateApplied__001_views.sql": "SELECT 1;",
      "x/beforeMigrate.sql": "SELECT 1;",
      "after_all.sql": "SELECT 1;",
    });
    expect(names(directory)).toEqual(["V1__a.sql"]);
    expect(directory.warnings.map(({ file, message }) => `${file} ${message.includes("callback")}`)).toEqual([
      "afterMigrateApplied__001_views.sql true",
      "after_all.sql false",
      "x/beforeMigrate.sql true",
    ]);
  });

  it("sorts versions by their parts, then repeatable migrations by description", async () => {
    const directory = await read("flyway", {
      "V1_10_0__ten.sql": "SELECT 1;",
      "V1_5_2__five.sql": "SELECT 1;",
      "V2__two.sql": "SELECT 1;",
      "V1.9__nine.sql": "SELECT 1;",
      "R__b_views.sql": "SELECT 1;",
      "R__a_views.sql": "SELECT 1;",
      "U2__two.sql": "SELECT 0;",
      "V10__ten.sql": "SELECT 1;",
    });
    expect(names(directory)).toEqual([
      "V1_5_2__five.sql",
      "V1.9__nine.sql",
      "V1_10_0__ten.sql",
      "V2__two.sql",
      "V10__ten.sql",
      "R__a_views.sql",
      "R__b_views.sql",
    ]);
    expect(directory.warnings).toEqual([]);
  });

  it("looks below, and sorts by version whatever the directory", async () => {
    const directory = await read("flyway", { "b/V1__a.sql": "SELECT 1;", "a/c/V2__b.sql": "SELECT 1;" });
    expect(names(directory)).toEqual(["b/V1__a.sql", "a/c/V2__b.sql"]);
  });

  it("starts at the newest baseline", async () => {
    const directory = await read("flyway", {
      "V1__a.sql": "SELECT 1;",
      "B1__all.sql": "SELECT 1;",
      "V2__b.sql": "SELECT 1;",
      "B2__all.sql": "SELECT 1;",
      "V3__c.sql": "SELECT 1;",
    });
    expect(names(directory)).toEqual(["B2__all.sql", "V3__c.sql"]);
    expect(warnings(directory).sort()).toEqual([
      "SKIPPED_BY_TOOL B1__all.sql",
      "SKIPPED_BY_TOOL V1__a.sql",
      "SKIPPED_BY_TOOL V2__b.sql",
    ]);
  });

  it("refuses one version twice, also when it is written differently", async () => {
    const files = { "V1__a.sql": "SELECT 1;", "V1.0__b.sql": "SELECT 1;", "V01__c.sql": "SELECT 1;" };
    expect(await problems("flyway", tree(files))).toEqual([
      "V1.0__b.sql: has the same version (1.0) as V01__c.sql",
      "V1__a.sql: has the same version (1) as V1.0__b.sql",
    ]);
  });

  it("says what it does not read and what it does not fill in", async () => {
    const directory = await read("flyway", {
      "V1__a.sql": `-- ${placeholder("not_this")}\nGRANT SELECT ON t TO ${placeholder("role")};`,
      "V1_2_single.sql": "SELECT 1;",
      "afterMigrate.sql": "SELECT 1;",
      "V3__Code.java": "",
      "V4__d.sql": `-- ${placeholder("only_a_comment")}\nSELECT 1;`,
    });
    expect(names(directory)).toEqual(["V1__a.sql", "V4__d.sql"]);
    expect(warnings(directory)).toEqual([
      "NOT_READ V1_2_single.sql",
      "NOT_READ V3__Code.java",
      "NOT_READ afterMigrate.sql",
      "PLACEHOLDER V1__a.sql",
    ]);
    expect(directory.warnings.at(-1)?.message).toBe(
      `Flyway fills in ${placeholder("role")} here; schemaready does not`,
    );
  });

  it("gives the CRC32 of the lines, the same for every line end and with a byte order mark", async () => {
    const expected = String(crc32(Buffer.from("SELECT 'é';SELECT 2;")) | 0);
    const { scripts } = await read("flyway", {
      "V1__a.sql": "SELECT 'é';\nSELECT 2;\n",
      "V2__b.sql": "\ufeffSELECT 'é';\r\nSELECT 2;",
    });
    expect(scripts.map(({ checksum }) => checksum)).toEqual([expected, expected]);
  });

  it("reads beside a script that it runs without a transaction", async () => {
    const { scripts } = await read("flyway", {
      "V1__a.sql": "SELECT 1;",
      "V2__b.sql": "CREATE INDEX CONCURRENTLY i ON t (a);",
      "V2__b.sql.conf": "executeInTransaction=false\n",
    });
    expect(scripts.map(({ transaction }) => transaction)).toEqual(["transaction", "none"]);
  });
});
