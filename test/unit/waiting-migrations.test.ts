/** What is said of migrations that wait: from the records, their scripts and the trial on the copy. */
import { describe, expect, it } from "vitest";
import type { MigrationDirectory } from "../../src/model/migrations.js";
import type { ReplayFailure } from "../../src/model/replay-failure.js";
import type { WaitingMigration } from "../../src/model/waiting-migration.js";
import { waitingMigrations, waitingNames, withoutLosses, withWarnings } from "../../src/prove/index.js";
import { readSafety, unknownSafety } from "../../src/prove/risks.js";
import type { DeployTrial } from "../../src/repair/index.js";
import { application, contractOf, history, migration } from "../support/builders.js";
import { commandStep, sqlStep } from "../support/report-builders.js";

const FAILURE: ReplayFailure = {
  ...{ migration: "2_b", file: "2_b/migration.sql", line: 3, statement: "CREATE TABLE b ()", sqlstate: "42P07" },
  ...{ message: 'relation "b" already exists', code: "DUPLICATE_OBJECT", diagnosis: "x" },
};
const HISTORIES = [
  history([
    migration("1_a", "applied"),
    migration("2_b", "pending"),
    migration("3_c", "failed"),
    migration("4_d", "rolled-back"),
    migration("5_e", "unknown"),
    migration("6_f", "pending", { required: false }),
  ]),
];
const WAITING = ["2_b", "3_c", "4_d"];

function trial(result: DeployTrial["result"], refusals: DeployTrial["refusals"] = []): DeployTrial {
  const applicationName = HISTORIES[0]?.application ?? "";
  return { application: applicationName, tried: WAITING, where: "a server", result, left: null, refusals };
}

function applies(deploys: readonly DeployTrial[]) {
  return waitingMigrations(HISTORIES, deploys, unknownSafety("nobody has read it")).map((each) => each.applies);
}

it("tells those that are required and not recorded as done", () => {
  expect([...waitingNames(HISTORIES)]).toEqual(WAITING);
});

describe("whether they run here", () => {
  it("yes, when all of them ran", () => {
    const yes = { kind: "yes", where: "a server" };
    expect(applies([trial({ kind: "ran" })])).toEqual([yes, yes, yes]);
  });

  it.each([
    ["refused in the trial", trial({ kind: "failed", failure: { ...FAILURE, migration: "3_c" } })],
    ["refused in a later round", trial({ kind: "ran" }, [{ ...FAILURE, migration: "3_c" }])],
  ])("no with the statement, and what is behind it is not known: %s", (_, deploy) => {
    const { file, line, statement, sqlstate, message } = FAILURE;
    expect(applies([deploy])).toEqual([
      { kind: "yes", where: "a server" },
      { kind: "no", where: "a server", failure: { file, line, statement, sqlstate, message } },
      { kind: "unknown", reason: "it stands behind 3_c, which is refused" },
    ]);
  });

  it("not known, for the reason of the trial, or because there was none", () => {
    expect(applies([trial({ kind: "unknown", reason: "no copy" })])[0]).toEqual({ kind: "unknown", reason: "no copy" });
    expect(applies([])[0]).toEqual({ kind: "unknown", reason: "nobody has read it" });
  });
});

describe("what they do", () => {
  const scripts: MigrationDirectory = {
    tool: "prisma",
    scripts: [
      script("1_a", "CREATE TABLE a (id int, old text); DROP TABLE gone;"),
      script("2_b", "ALTER TABLE a DROP COLUMN old;\nALTER TABLE a ADD COLUMN c text NOT NULL;"),
      script("3_c", "CREATE TABLE c (id int, password text DEFAULT 'hunter2');"),
    ],
    ...{ otherOrder: null, warnings: [] },
  };
  const contract = contractOf(application());
  const read = (directoryOf: () => MigrationDirectory | null) =>
    readSafety({ contract, directoryOf, waiting: new Set(WAITING) });

  it("is what lint finds in those that wait, without notes and without their text", async () => {
    const safetyOf = await read(() => scripts);
    const found = safetyOf("2_b");
    if (found.kind !== "read") throw new Error(found.reason);
    expect(found.risks.map(({ code, line }) => [code, line])).toEqual([
      ["DROP_COLUMN", 1],
      ["ADD_COLUMN_NOT_NULL", 2],
    ]);
    expect(safetyOf("3_c")).toEqual({ kind: "read", risks: [] });
  });

  it("is not known without the script", async () => {
    const reason = "its script is not at hand (--migrations)";
    expect((await read(() => null))("2_b")).toEqual({ kind: "unknown", reason });
    expect((await read(() => scripts))("4_d")).toEqual({ kind: "unknown", reason });
  });

  it("is said in the step that deploys them, when rows can refuse it", async () => {
    const migrations = waitingMigrations(HISTORIES, [trial({ kind: "ran" })], await read(() => scripts));
    const deploy = (names: readonly string[]) =>
      commandStep({ run: "deploy", why: "Applies.", effect: { kind: "deploy", migrations: names } });
    const whyOf = (names: readonly string[], known: readonly WaitingMigration[] = migrations) =>
      withWarnings([deploy(names)], known)[0]?.why;
    expect(whyOf(["3_c"])).toBe("Applies.");
    expect(whyOf(["2_b"], [])).toBe("Applies.");
    expect(whyOf(["2_b", "3_c"])).toBe(
      "Applies. The copy had no rows, and rows can refuse it: a.c is added as NOT NULL without a default (2_b/migration.sql:2).",
    );
    const others = [
      sqlStep({ statement: "SELECT 1;" }),
      commandStep({ run: "x", effect: { kind: "mark-applied", migrations: ["2_b"] } }),
    ];
    expect(withWarnings(others, migrations)).toEqual(others);
  });

  it("takes a deploy that loses values out of the plan, with what stands behind it in the same repository", async () => {
    const safetyOf = await read(() => scripts);
    const deploy = (names: readonly string[], application: string) =>
      commandStep({ run: `deploy ${names}`, application, gaps: names, effect: { kind: "deploy", migrations: names } });
    const mark = commandStep({ run: "mark", application: "shop", effect: { kind: "mark-applied", migrations: ["9"] } });
    const look = commandStep({ run: "look", application: "shop" });
    const [losing, other, harmless] = [deploy(["2_b", "3_c"], "shop"), deploy(["2_b"], "x"), deploy(["3_c"], "y")];
    const toSee = [{ application: "shop", migration: "9", step: mark.id, gaps: [] }];
    const given = {
      first: [look, losing, harmless],
      last: [mark],
      brings: new Set(["2_b", "3_c"]),
      notDone: [],
      toSee,
    };
    const plan = withoutLosses(given, safetyOf);
    expect(plan).toMatchObject({ first: [look, harmless], last: [], toSee: [] });
    expect(plan.notDone).toMatchObject([
      {
        what: "Deploy 2_b, 3_c",
        why: expect.stringContaining("a.old is dropped with its values (2_b/migration.sql:1)"),
        statements: [losing.run],
        hazards: [{ kind: "data-loss" }],
        gaps: ["2_b", "3_c"],
      },
      { what: "Record 9", hazards: [], statements: ["mark"] },
    ]);
    const unread = withoutLosses({ ...given, first: [other] }, unknownSafety("not at hand"));
    expect(unread.first).toEqual([other]);
  });
});

function script(name: string, sql: string) {
  return {
    name,
    file: `${name}/migration.sql`,
    sql,
    firstLine: 1,
    transaction: "transaction",
    checksum: null,
  } as const;
}
