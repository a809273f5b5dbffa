/** One state for each migration and one for the history, for tools other than Prisma and for contracts with the whole directory. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildHistories, historyUnverified, migrationGaps } from "../../../src/history/index.js";
import type { ExpectedMigrations, ExpectedScript } from "../../../src/model/contract.js";
import { RECORD_TOOLS } from "../../../src/model/migrations.js";
import type { RecordTableReading, ToolReading, ToolRecord } from "../../../src/model/observation.js";
import { application, contractOf, record as prismaRow, readingOf } from "../../support/builders.js";

const script = (name: string, fields: Partial<ExpectedScript> = {}): ExpectedScript => ({
  name,
  file: `${name}.sql`,
  checksum: `sum of ${name}`,
  ...fields,
});
const record = (name: string, fields: Partial<ToolRecord> = {}): ToolRecord => ({
  name,
  status: "applied",
  startedAt: null,
  finishedAt: null,
  checksum: null,
  recordedAs: null,
  coversOlder: false,
  scope: null,
  note: null,
  ...fields,
});
const reading = (tool: ToolReading["tool"], rows: readonly ToolRecord[], name = "app"): ToolReading => ({
  application: name,
  tool,
  table: { schema: "public", name: "records" },
  rows: { known: true, value: rows },
});
const app = (
  tool: ExpectedMigrations["tool"],
  scripts: readonly ExpectedScript[] | undefined,
  required?: readonly string[],
  name = "app",
) =>
  application({
    name,
    migrations: { tool, schema: null, required: required ?? (scripts ?? []).map((each) => each.name), scripts },
  });
function tell(tool: ToolReading["tool"], scripts: readonly ExpectedScript[], rows: readonly ToolRecord[]) {
  const contract = contractOf(app(tool, scripts));
  const [history] = buildHistories(contract, [reading(tool, rows)]);
  return {
    state: history?.state,
    states: history?.migrations.map(({ name, status }) => `${status} ${name}`),
    gaps: history === undefined ? [] : migrationGaps(contract, [history]).map(({ subject }) => subject.name),
    history,
  };
}

describe("the history as a whole", () => {
  const [one, two, three] = [script("1"), script("2"), script("3")];

  it("is ahead when a later build was here, and then lacks nothing", () => {
    expect(tell("dbmate", [one, two], [record("1"), record("2"), record("3")])).toMatchObject({
      state: "ahead",
      states: ["applied 1", "applied 2", "unknown 3"],
      gaps: [],
    });
  });

  it("is diverged when it is ahead and behind", () => {
    const { state, gaps } = tell("dbmate", [one, two, three], [record("1"), record("2b"), record("3b")]);
    expect([state, gaps]).toEqual(["diverged", ["2", "3"]]);
  });

  it("is up to date with the records of migrations that were squashed or deleted since", () => {
    const squashed = tell(
      "dbmate",
      [script("5"), script("6")],
      ["1", "2", "3", "5", "6"].map((name) => record(name)),
    );
    expect(squashed).toMatchObject({ state: "up-to-date", gaps: [] });
    expect(squashed.states?.slice(2)).toEqual(["unknown 1", "unknown 2", "unknown 3"]);
  });

  it("takes a Prisma baseline that was squashed for what it is: the old rows began before it", () => {
    const contract = contractOf(app("prisma", [script("0_squashed", { checksum: prismaRow("x").checksum })]));
    const rows = [
      prismaRow("20240101_a", { startedAt: "2024-01-01T00:00:00.000000Z" }),
      prismaRow("0_squashed", { startedAt: "2025-11-20T00:00:00.000000Z" }),
    ];
    expect(buildHistories(contract, [readingOf(rows, { application: "app" })])).toMatchObject([
      { state: "up-to-date" },
    ]);
  });

  it("knows nothing of other migrations when a check file lists a few", () => {
    const contract = contractOf(app("dbmate", undefined, ["1"]));
    expect(buildHistories(contract, [reading("dbmate", [record("1"), record("2")])])).toMatchObject([
      { state: "up-to-date", migrations: [{ status: "applied" }, { name: "2", status: "applied", required: false }] },
    ]);
  });

  it("takes no record for another build's where code belongs to the migrations, too", () => {
    const { migrations, ...rest } = app("goose", [one]);
    if (migrations === null) throw new Error("there are migrations");
    const contract = contractOf({ ...rest, migrations: { ...migrations, incomplete: true } });
    expect(buildHistories(contract, [reading("goose", [record("1"), record("2")])])).toMatchObject([
      { state: "up-to-date", migrations: [{ status: "applied" }, { status: "applied", required: false }] },
    ]);
  });

  it("counts the migrations of every application that shares the table", () => {
    const contract = contractOf(app("dbmate", [one]), app("dbmate", [two], undefined, "other"));
    const rows = [record("1"), record("2")];
    const readings = [reading("dbmate", rows), reading("dbmate", rows, "other")];
    expect(buildHistories(contract, readings).map(({ state }) => state)).toEqual(["up-to-date", "up-to-date"]);
    const halfKnown = contractOf(app("dbmate", [one]), app("dbmate", undefined, ["2"], "other"));
    const three = [...rows, record("3")];
    const shared = [reading("dbmate", three), reading("dbmate", three, "other")];
    expect(buildHistories(halfKnown, shared).map(({ state }) => state)).toEqual(["up-to-date", "up-to-date"]);
  });

  it("leaves scripts without a tool out", () => {
    expect(buildHistories(contractOf(app("sql", [one], [])), [])).toEqual([]);
    expect(historyUnverified(contractOf(app("sql", [one], [])), [])).toEqual([]);
  });
});

describe("edited migrations", () => {
  const scripts = [script("1", { checksum: "aa", alike: ["bb"] }), script("2", { checksum: "cc" })];

  it.each(["sqlx", "flyway", "atlas"] as const)(
    "are told by the checksum of %s, whatever the line ends, and are no gap",
    (tool) => {
      const names = tool === "flyway" ? ["V1__a.sql", "V2__b.sql"] : ["1", "2"];
      const named = scripts.map((each, at) => ({ ...each, name: names[at] ?? "" }));
      const rows = (first: string) => names.map((name, at) => record(name, { checksum: at === 0 ? first : "cc" }));
      expect(tell(tool, named, rows("aa")).states?.[0]).toBe(`applied ${names[0]}`);
      expect(tell(tool, named, rows("bb")).states?.[0]).toBe(`applied ${names[0]}`);
      expect(tell(tool, named, rows("dd"))).toMatchObject({ state: "up-to-date", gaps: [] });
      expect(tell(tool, named, rows("dd")).states?.[0]).toBe(`edited ${names[0]}`);
    },
  );

  it("are not told of records without a checksum, of marks, nor of tools that record none", () => {
    expect(tell("sqlx", scripts, [record("1"), record("2", { checksum: "" })]).states).toEqual([
      "applied 1",
      "applied 2",
    ]);
    const mark = record("1", { status: "recorded-without-running", checksum: "zz" });
    expect(tell("atlas", scripts, [mark, record("2", { checksum: "cc" })]).states?.[0]).toBe(
      "recorded-without-running 1",
    );
    expect(tell("dbmate", scripts, [record("1", { checksum: "zz" }), record("2")]).states).toEqual([
      "applied 1",
      "applied 2",
    ]);
  });

  it("are not told where the contract has no checksum of the tool's kind", () => {
    const own = [script("1", { checksum: "sha256:0" })];
    expect(tell("atlas", own, [record("1", { checksum: "h1" })]).states).toEqual(["applied 1"]);
    const repeatable = [script("R__v.sql", { checksum: "sha256:0" })];
    expect(tell("flyway", repeatable, [record("R__v.sql", { checksum: "7" })]).states).toEqual(["applied R__v.sql"]);
  });

  it("of Atlas are only the first that differs, because each hash covers the files before it", () => {
    const rows = ["1", "2"].map((name) => record(name, { checksum: "other" }));
    expect(tell("atlas", scripts, rows).states).toEqual(["edited 1", "applied 2"]);
  });

  it("of Flyway, when repeatable, run again", () => {
    const repeatable = [script("R__views.sql", { checksum: "1" })];
    const rows = [record("R__views.sql", { checksum: "2" })];
    expect(tell("flyway", repeatable, rows)).toMatchObject({ state: "behind", states: ["pending R__views.sql"] });
  });

  it("of Prisma are compared with the row that counts, also with the checksums of 2.20 and before", () => {
    const sum = `0a${"b".repeat(62)}`;
    const contract = contractOf(app("prisma", [script("1", { checksum: sum })]));
    const stateOf = (...rows: readonly ReturnType<typeof prismaRow>[]) =>
      buildHistories(contract, [readingOf(rows, { application: "app" })])[0]?.migrations[0]?.status;
    const rolledBack = prismaRow("1", {
      checksum: "f".repeat(64),
      rolledBackAt: "2025-01-01T00:00:00.000000Z",
      startedAt: "2024-01-01T00:00:00.000000Z",
    });
    expect(stateOf(rolledBack, prismaRow("1", { checksum: sum }))).toBe("applied");
    expect(stateOf(prismaRow("1", { checksum: `a${"b".repeat(62)}` }))).toBe("applied");
    expect(stateOf(prismaRow("1", { checksum: "f".repeat(64) }))).toBe("edited");
  });
});

describe("what comes before a database's own history", () => {
  it("passes over a checkpoint on a database that is older, and wants it on an empty one", () => {
    const scripts = [script("10", { startsHistory: true }), script("11")];
    expect(tell("atlas", scripts, [record("08"), record("09"), record("11")])).toMatchObject({
      state: "up-to-date",
      states: ["applied 10", "applied 11", "unknown 08", "unknown 09"],
    });
    expect(tell("atlas", scripts, []).states).toEqual(["pending 10", "pending 11"]);
  });

  it("does not call a baseline a migration of a later build", () => {
    const baseline = record("<< Flyway Baseline >>", {
      status: "recorded-without-running",
      recordedAs: "1",
      coversOlder: true,
    });
    const rows = [baseline, record("V2__b.sql", { recordedAs: "2" })];
    expect(tell("flyway", [script("V2__b.sql")], rows)).toMatchObject({ state: "up-to-date" });
    expect(tell("flyway", [script("V2__b.sql")], [baseline])).toMatchObject({ state: "behind", gaps: ["V2__b.sql"] });
  });

  it("is golang-migrate's whole history, so a later version is a later build", () => {
    const rows = [record("7", { coversOlder: true })];
    expect(
      tell(
        "golang-migrate",
        ["5", "6"].map((name) => script(name)),
        rows,
      ),
    ).toMatchObject({
      state: "ahead",
      states: ["applied 5", "applied 6", "unknown 7"],
    });
  });
});

describe("out of order", () => {
  it.each(["goose", "flyway", "atlas", "supabase", "node-pg-migrate"] as const)(
    "%s says what it does with it",
    (tool) => {
      const names = tool === "flyway" ? ["V1__a.sql", "V2__b.sql"] : ["1", "2"];
      const { states, history, gaps } = tell(
        tool,
        names.map((name) => script(name)),
        [record(names[1] ?? "")],
      );
      expect(states?.[0]).toBe(`out-of-order ${names[0]}`);
      expect(history?.migrations[0]?.note).toContain(`older than ${names[1]}, which is applied: `);
      expect(gaps).toEqual([names[0]]);
    },
  );

  it.each(["dbmate", "sqlx", "rails", "knex", "diesel"] as const)("%s just runs it", (tool) => {
    expect(tell(tool, [script("1"), script("2")], [record("2")]).states).toEqual(["pending 1", "applied 2"]);
  });

  it("is never said because of a repeatable migration of Flyway", () => {
    const rows = [record("R__v.sql", { checksum: "sum of R__v.sql" })];
    expect(tell("flyway", [script("V2__b.sql"), script("R__v.sql")], rows).states?.[0]).toBe("pending V2__b.sql");
  });
});

describe("whatever the records hold", () => {
  const rows = fc.array(
    fc.record({
      name: fc.oneof(fc.constantFrom("1", "2", "3", "V1__a.sql", ""), fc.string()),
      status: fc.constantFrom("applied", "failed", "running", "rolled-back", "recorded-without-running", "forged"),
      startedAt: fc.constant(null),
      finishedAt: fc.constantFrom(null, "2025-01-01T00:00:00.000000Z"),
      checksum: fc.option(fc.string()),
      recordedAs: fc.option(fc.string()),
      coversOlder: fc.boolean(),
      scope: fc.constantFrom(null, "public", "other"),
      note: fc.option(fc.string()),
    }),
  );
  const tools = RECORD_TOOLS.filter((tool) => tool !== "prisma");

  it("every required migration has exactly one state, and a gap exactly when it is not done", () => {
    fc.assert(
      fc.property(fc.constantFrom(...tools), rows, (tool, value) => {
        const contract = contractOf(app(tool, [script("1"), script("2"), script("V1__a.sql")]));
        const readings: RecordTableReading[] = [reading(tool, value as ToolRecord[])];
        const [history] = buildHistories(contract, readings);
        const required = (history?.migrations ?? []).filter((each) => each.required);
        if (history?.state === "unreadable") return required.length === 0;
        const undone = required.filter(
          ({ status }) => !["applied", "edited", "forged", "recorded-without-running"].includes(status),
        );
        const gaps = history === undefined ? [] : migrationGaps(contract, [history]);
        expect(required.map(({ name }) => name)).toEqual(["1", "2", "V1__a.sql"]);
        expect(undone.every(({ name }) => gaps.some(({ subject }) => subject.name === name))).toBe(true);
        expect(history?.state === "behind" || history?.state === "diverged").toBe(gaps.length > 0);
        return true;
      }),
    );
  });
});
