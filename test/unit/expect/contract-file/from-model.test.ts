import { describe, expect, it } from "vitest";
import { compare } from "../../../../src/compare/index.js";
import { SchemareadyError } from "../../../../src/errors/index.js";
import { contractFromModel, type ModelSource } from "../../../../src/expect/index.js";
import type { Contract, ExpectedMigrations } from "../../../../src/model/contract.js";
import type { Observation } from "../../../../src/model/observation.js";
import type { Origin, Provenance } from "../../../../src/model/provenance.js";
import type { Subject } from "../../../../src/model/report.js";
import type { Index, Relation, SchemaModel } from "../../../../src/model/schema.js";
import { application, column, contractOf, feature, relation, TEXT, use } from "../../../support/builders.js";

const PRISMA = "id checksum finished_at migration_name logs rolled_back_at started_at applied_steps_count".split(" ");

function table(name: string, columns: readonly string[], fields: Partial<Relation> = {}): Relation {
  return {
    schema: "public",
    name,
    kind: "table",
    partitionOf: null,
    columns: columns.map((each, i) => column(each, { position: 2 * i + 1 })),
    constraints: [],
    indexes: [],
    triggers: [],
    definition: null,
    rowSecurity: { enabled: false, forced: false, appliesToRole: false, allows: [] },
    privileges: { select: false, insert: false, update: false, delete: false },
    ...fields,
  };
}

function model(relations: readonly Relation[], fields: Partial<SchemaModel> = {}): SchemaModel {
  return {
    serverVersion: 180_000,
    schemas: [{ name: "public", usage: true }],
    relations,
    enums: [],
    domains: [],
    sequences: [],
    functions: [],
    extensions: [],
    role: null,
    unreadable: [],
    ...fields,
  };
}

function compile(relations: readonly Relation[], fields: Partial<ModelSource> = {}): Contract {
  return contractFromModel({
    model: model(relations),
    schema: "public",
    name: "shop",
    source: "sql",
    migrations: null,
    provenance: [],
    ...fields,
  });
}

const at = (migration: string): Origin => ({ migration, file: `${migration}/migration.sql`, line: 3 });

function from(subject: Subject, created: string, changed = created, property: string | null = null): Provenance {
  return { subject, property, createdBy: at(created), changedBy: at(changed) };
}

const subject = (kind: Subject["kind"], name: string, on: string | null = null): Subject => ({
  kind,
  schema: "public",
  relation: on,
  name,
});

const only = ({ applications }: Contract) => {
  const [first] = applications;
  if (first === undefined) throw new Error("no application");
  return first;
};
const names = (contract: Contract) => only(contract).relations.map(({ name }) => name);

describe("contractFromModel", () => {
  it.each([
    ["_prisma_migrations", PRISMA],
    ["schema_migrations", ["version"]],
    ["schema_migrations", ["version", "dirty"]],
    ["migrations", ["id", "timestamp", "name"]],
    ["SequelizeMeta", ["name"]],
  ])("leaves out the record table %s %j", (name, columns) => {
    expect(names(compile([table(name, columns), table("users", ["id"])]))).toEqual(["users"]);
  });

  it.each([
    ["_prisma_migrations_Registry", PRISMA],
    ["_prisma_migrations", ["id", "title"]],
    ["schema_migrations", ["version", "author"]],
    ["migrations", ["id", "title"]],
  ])("keeps the application's own table %s %j", (name, columns) => {
    expect(names(compile([table(name, columns)]))).toEqual([name]);
  });

  it("keeps nothing of the role that looked, of dropped columns and of unfinished builds", () => {
    const index: Index = {
      name: "i",
      method: "btree",
      keys: [],
      include: [],
      predicate: null,
      unique: false,
      nullsNotDistinct: false,
      constraint: null,
      immediate: true,
      valid: true,
      ready: true,
      building: false,
    };
    const sequence = { schema: "public", name: "s", usage: false };
    const privileges = { select: false, insert: false, update: false };
    const users = table("users", [], {
      columns: [column("id", { position: 7, sequence, privileges })],
      indexes: [index, { ...index, name: "broken", valid: false }],
    });
    const [expected] = only(compile([users])).relations;
    expect(expected?.columns).toEqual([column("id", { position: 1, sequence: { ...sequence, usage: true } })]);
    expect(expected?.indexes.map(({ name }) => name)).toEqual(["i"]);
  });

  it("expects partitions that migrations create, and not those of a reference database", () => {
    const parent = table("events", ["day"], { kind: "partitioned-table" });
    const partition = table("events_1", ["day"], { partitionOf: { schema: "public", name: "events" } });
    expect(names(compile([parent, partition]))).toEqual(["events", "events_1"]);
    expect(names(compile([parent, partition], { source: "database" }))).toEqual(["events"]);
  });

  it("names the migrations of relations and columns", () => {
    const provenance = [
      from(subject("table", "users"), "1_init", "2_email"),
      from(subject("column", "id", "users"), "1_init"),
      from(subject("column", "email", "users"), "2_email"),
      from(subject("column", "email", "users"), "2_email", "3_longer", "type"),
      from(subject("table", "_prisma_migrations"), "1_init"),
    ];
    const contract = compile([table("users", ["id", "email"]), table("_prisma_migrations", PRISMA)], { provenance });
    const [users] = only(contract).relations;
    expect(users?.introducedBy).toBe("1_init");
    expect({ ...users?.columnIntroducedBy }).toEqual({ email: "2_email" });
    expect(contract.provenance.map((each) => each.subject.name)).not.toContain("_prisma_migrations");
  });

  it("lets gaps name the migration that creates what is missing, or last changed what differs", () => {
    const expected = table("users", ["id", "email"], {
      columns: [column("id"), column("email"), column("age", { type: { ...TEXT, name: "int4", text: "integer" } })],
    });
    const provenance = [
      from(subject("table", "users"), "1_init", "4_age"),
      from(subject("column", "id", "users"), "1_init"),
      from(subject("column", "email", "users"), "2_email", "3_longer"),
      from(subject("column", "age", "users"), "1_init", "4_age"),
      from(subject("column", "age", "users"), "1_init", "3_longer", "type"),
    ];
    const contract = compile([expected], { provenance });
    const actual = table("users", [], { columns: [column("id"), column("age")] });
    const target = { schema: "public", user: "app" } as Observation["target"];
    const { gaps } = compare(contract, { target, models: [model([actual])], rows: [], recordTables: [] });
    expect(gaps.map(({ code, introducedBy }) => [code, introducedBy])).toEqual([
      ["COLUMN_TYPE", "3_longer"],
      ["MISSING_COLUMN", "2_email"],
    ]);
  });
});

describe("joined with check files", () => {
  const source = [table("users", ["id", "email"]), table("notes", ["id"])];
  const use1 = feature("sign-in", [use("users", { select: ["id"] })]);

  it("takes name, role, features, and keeps the schema of the source complete", () => {
    const overlay = contractOf(application({ name: "web", role: "app", features: [use1] }));
    const contract = compile(source, { overlay });
    expect(only(contract)).toMatchObject({ name: "web", role: "app", features: [use1] });
    expect(only(contract).relations.map(({ name, complete }) => [name, complete])).toEqual([
      ["notes", true],
      ["users", true],
    ]);
    expect(contract.source).toBe("sql");
  });

  it("adds what only the check files require", () => {
    const relations = [relation("users", [column("id"), column("phone")]), relation("jobs", [column("id")])];
    const contract = compile(source, { overlay: contractOf(application({ relations, extensions: ["citext"] })) });
    expect(contract.source).toBe("mixed");
    expect(names(contract)).toEqual(["jobs", "notes", "users"]);
    const users = only(contract).relations.find(({ name }) => name === "users");
    expect(users?.columns.map(({ name, position }) => [name, position])).toEqual([
      ["id", 1],
      ["email", 2],
      ["phone", 3],
    ]);
    expect(only(contract).extensions).toEqual(["citext"]);
  });

  it("is refused where both define a column differently, with every place", () => {
    const other = (name: string) => column(name, { type: { ...TEXT, name: "int4", text: "integer" } });
    const overlay = contractOf(application({ relations: [relation("users", [other("id"), other("email")])] }));
    const compiling = () => compile(source, { overlay });
    expect(compiling).toThrow(SchemareadyError);
    try {
      compiling();
    } catch (error) {
      expect((error as SchemareadyError).problems.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^column public\.users\.id is defined differently .*: type integer and text$/),
        expect.stringMatching(/^column public\.users\.email is defined differently /),
      ]);
    }
  });

  it("requires the migrations of both, each once, those of the directory first", () => {
    const migrations = (required: string[]): ExpectedMigrations => ({ tool: "prisma", schema: null, required });
    const overlay = contractOf(application({ migrations: migrations(["2_b", "9_z"]) }));
    const contract = compile(source, { overlay, migrations: migrations(["1_a", "2_b"]) });
    expect(only(contract).migrations?.required).toEqual(["1_a", "2_b", "9_z"]);
  });

  it("is refused where the check file names another tool than the directory is of", () => {
    const overlay = contractOf(application({ migrations: { tool: "knex", schema: null, required: [] } }));
    const compiling = (tool: ExpectedMigrations["tool"]) => () =>
      compile(source, { overlay, migrations: { tool, schema: null, required: [], scripts: [] } });
    expect(compiling("flyway")).toThrow(SchemareadyError);
    // Scripts without a tool: the check file knows better what records them.
    expect(only(compiling("sql")()).migrations).toEqual({
      tool: "knex",
      schema: null,
      required: [],
      scripts: [],
      incomplete: true,
    });
  });

  it("takes the table's name from the check file, and the directory from the source", () => {
    const overlay = contractOf(
      application({ migrations: { tool: "dbmate", schema: "ops", table: "versions", required: [] } }),
    );
    const scripts = [{ name: "1", file: "1_a.sql", checksum: "sha256:0" }];
    const contract = compile(source, {
      overlay,
      migrations: { tool: "dbmate", schema: null, required: ["1"], scripts },
    });
    expect(only(contract).migrations).toEqual({
      tool: "dbmate",
      schema: "ops",
      table: "versions",
      required: ["1"],
      scripts,
    });
  });

  it("is the schema of every application in the check files", () => {
    const overlay = contractOf(application({ name: "web" }), application({ name: "jobs" }));
    const contract = compile(source, { overlay });
    expect(contract.applications.map(({ name, relations }) => [name, relations.length])).toEqual([
      ["jobs", 2],
      ["web", 2],
    ]);
  });
});
