/** What a directory makes the contract expect, in the form in which the tool itself records it. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { expectedMigrations, readMigrationDirectory } from "../../../src/history/index.js";
import type { MigrationTool } from "../../../src/model/migrations.js";
import { tree } from "./directories/support.js";

const expected = async (tool: MigrationTool, files: Readonly<Record<string, string>>) =>
  expectedMigrations(await readMigrationDirectory({ tool, directory: tree(files) }));
const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest("hex");
const LF = "create table a (id int);\nselect 1;\n";
const CRLF = LF.replaceAll("\n", "\r\n");

describe("expectedMigrations", () => {
  it.each([
    ["prisma", "sha256", { "1_a/migration.sql": LF, "migration_lock.toml": 'provider = "postgresql"\n' }, "1_a"],
    ["sqlx", "sha384", { "0001_a.sql": LF }, "1"],
  ] as const)("%s: names, and checksums with either line end", async (tool, algorithm, files, name) => {
    expect(await expected(tool, files)).toEqual({
      tool,
      schema: null,
      required: [name],
      scripts: [
        { name, file: Object.keys(files)[0], checksum: digest(algorithm, LF), alike: [digest(algorithm, CRLF)] },
      ],
    });
  });

  it("gives a file with mixed line ends all three checksums", async () => {
    const mixed = "select 1;\r\nselect 2;\n";
    const { scripts } = await expected("sqlx", { "1_a.sql": mixed });
    const lf = "select 1;\nselect 2;\n";
    expect(scripts?.[0]?.alike).toEqual([digest("sha384", lf), digest("sha384", lf.replaceAll("\n", "\r\n"))]);
  });

  it("Drizzle: the journal's `when` beside the name", async () => {
    const journal = JSON.stringify({ dialect: "postgresql", entries: [{ tag: "0000_a", when: 1746587292500 }] });
    expect(await expected("drizzle", { "meta/_journal.json": journal, "0000_a.sql": LF })).toMatchObject({
      required: ["0000_a"],
      scripts: [{ name: "0000_a", recordedAs: "1746587292500", checksum: digest("sha256", LF) }],
    });
  });

  it("Drizzle from 1.0: the time in the directory's name", async () => {
    const { scripts } = await expected("drizzle", { "20250507030812_a/migration.sql": LF, "b/migration.sql": LF });
    expect(scripts?.map(({ name, recordedAs }) => [name, recordedAs])).toEqual([
      ["20250507030812_a", "1746587292000"],
      ["b", undefined],
    ]);
  });

  it("Flyway: no checksum of its own for a repeatable migration with a placeholder, which Flyway fills in first", async () => {
    const text = `create view v as select '$\{x}' as a;\n`;
    const { scripts } = await expected("flyway", { "V1__a.sql": text, "R__v.sql": text, "R__w.sql": LF });
    expect(scripts?.map(({ name, checksum }) => [name, checksum.startsWith("sha256:")])).toEqual([
      ["V1__a.sql", false],
      ["R__v.sql", true],
      ["R__w.sql", false],
    ]);
  });

  it("Flyway and Atlas: what starts the history of an empty database", async () => {
    const flyway = await expected("flyway", { "V1__a.sql": LF, "B2__base.sql": LF, "V3__c.sql": LF });
    expect(flyway).toMatchObject({
      required: ["B2__base.sql", "V3__c.sql"],
      scripts: [{ name: "B2__base.sql", startsHistory: true }, { name: "V3__c.sql" }],
    });
    expect(flyway.scripts?.[1]).not.toHaveProperty("startsHistory");
    const atlas = await expected("atlas", { "1_a.sql": LF, "2_b.sql": `-- atlas:checkpoint\n\n${LF}`, "3_c.sql": LF });
    expect(atlas).toMatchObject({ required: ["2", "3"], scripts: [{ name: "2", startsHistory: true }, { name: "3" }] });
  });

  it("Rails: the versions that structure.sql records, and not the file itself", async () => {
    const structure = `${LF}create table schema_migrations (version varchar not null);
SET search_path TO "$user", public;

INSERT INTO "schema_migrations" (version) VALUES
('20250103000000'),
('20250101000000');
`;
    expect(await expected("rails", { "structure.sql": structure })).toMatchObject({
      required: ["20250101000000", "20250103000000"],
      scripts: [{ name: "structure.sql" }],
    });
    expect((await expected("rails", { "structure.sql": LF })).required).toEqual([]);
  });

  it("requires nothing of scripts without a tool, and still knows their texts", async () => {
    const lf = await expected("sql", { "1_a.sql": LF });
    expect(lf).toMatchObject({
      tool: "sql",
      required: [],
      scripts: [{ name: "1_a.sql", checksum: `sha256:${digest("sha256", LF)}` }],
    });
    expect(await expected("sql", { "1_a.sql": CRLF })).toEqual(lf);
  });

  it("says where code, which is not run, makes the list incomplete", async () => {
    const goose = { "1_a.sql": `-- +goose Up\n${LF}` };
    expect(await expected("goose", goose)).not.toHaveProperty("incomplete");
    expect(await expected("goose", { ...goose, "2_b.go": "package migrations\n" })).toMatchObject({ incomplete: true });
    expect(await expected("goose", { ...goose, "notes.sql": "select 1;" })).not.toHaveProperty("incomplete");
  });

  it("dbmate: one migration of a file with several up parts", async () => {
    const text = "-- migrate:up\nselect 1;\n-- migrate:down\n-- migrate:up\nselect 2;\n-- migrate:down\n";
    const { required, scripts } = await expected("dbmate", { "1_a.sql": text });
    expect(required).toEqual(["1"]);
    expect(scripts).toHaveLength(1);
  });
});
