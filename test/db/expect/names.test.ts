import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { truncateIdentifier } from "../../../src/model/names.js";
import { HOSTILE_NAMES, hostileName, hostileNames } from "../../unit/expect/hostile-names.js";
import { useCompiler } from "./support.js";

const SYSTEM_COLUMNS = ["ctid", "xmin", "cmin", "xmax", "cmax", "tableoid"];

describe("hostile names", () => {
  const { compile } = useCompiler();

  it("of schemas, relations, columns, enums and labels come back as they were written", async () => {
    const someNames = hostileNames.filter((names) => names.every((name) => !SYSTEM_COLUMNS.includes(name)));
    const schemas = hostileName.filter((name) => !name.startsWith("pg_"));
    await fc.assert(
      fc.asyncProperty(schemas, someNames, someNames, hostileName, async (schema, tables, columns, label) => {
        const [table = "t"] = tables;
        const relation = {
          columns: new Map(columns.map((name) => [name, "text not null default 'x'"])),
          primaryKey: columns,
          indexes: [[columns[0]], { columns: columns.map((column) => ({ column, order: "desc" })), unique: true }],
          foreignKeys: [{ columns, references: table }],
          triggers: [label],
        };
        const type = truncateIdentifier(`enum ${label}`);
        const document = new Map<string, unknown>([
          ["version", 1],
          ["application", label],
          ["schema", schema],
          ["enums", new Map([[type, [label]]])],
          ["relations", new Map(tables.map((name) => [name, relation]))],
          ["features", new Map([[label, { reads: new Map([[table, columns]]), writes: new Map([[table, "*"]]) }]])],
        ]);
        const { applications } = await compile({ "a.yaml": stringify(document, { defaultKeyType: "QUOTE_DOUBLE" }) });
        const [application] = applications;
        expect(application?.name).toBe(label);
        expect(application?.enums).toEqual([{ schema, name: type, labels: [label], ordered: false }]);
        expect(application?.relations.map(({ name }) => name).sort()).toEqual([...tables].sort());
        for (const built of application?.relations ?? []) {
          expect(built.schema).toBe(schema);
          expect(built.columns.map(({ name }) => name).sort()).toEqual([...columns].sort());
          expect(built.triggers).toEqual([label]);
          expect(built.constraints.map(({ kind }) => kind).sort()).toEqual(["foreign-key", "primary-key"]);
        }
        const use = application?.features[0]?.uses[0];
        expect(use?.relation).toEqual({ schema, name: table });
        expect([...(use?.insert ?? [])].sort()).toEqual([...columns].sort());
      }),
      { numRuns: 12 },
    );
  });

  it("of every chosen kind stand in one schema beside each other", async () => {
    const names = [...new Set(HOSTILE_NAMES.map(truncateIdentifier))];
    const columns = new Map(names.map((name) => [name, { type: "text not null", introducedBy: "second" }]));
    const relation = (i: number) => ({
      columns,
      introducedBy: "first",
      primaryKey: names.slice(0, 30),
      indexes: [[names[i]], { columns: [{ column: names[i] }], include: names.slice(0, 20) }],
      checks: [{ name: `check ${names[i]}`, expression: "true" }],
    });
    const document = new Map<string, unknown>([
      ["version", 1],
      ["application", "demo"],
      ["migrations", { tool: "prisma", required: ["first", "second"] }],
      ["relations", new Map(names.map((name, i) => [name, relation(i)]))],
    ]);
    const { applications } = await compile({ "a.yaml": stringify(document, { defaultKeyType: "QUOTE_DOUBLE" }) });
    const relations = applications[0]?.relations ?? [];
    expect(relations.map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const { columns: built, columnIntroducedBy } of relations) {
      expect(built.map(({ name }) => name)).toEqual(names);
      expect(Object.keys(columnIntroducedBy).sort()).toEqual([...names].sort());
    }
  });

  it("longer than 63 bytes are cut as PostgreSQL cuts them", async () => {
    const long = "ä".repeat(40);
    const files = {
      "a.yaml": stringify({
        version: 1,
        application: "demo",
        relations: { [long]: { columns: { [long]: "text" }, primaryKey: [`${long}xyz`] } },
        features: { f: { reads: { [`${long}other`]: [long] } } },
      }),
    };
    const { applications } = await compile(files);
    const cut = "ä".repeat(31);
    expect(applications[0]?.relations[0]?.name).toBe(cut);
    expect(applications[0]?.features[0]?.uses[0]).toMatchObject({ relation: { name: cut }, select: [cut] });
  });
});
