/** Which commands a plan begins and ends with, for each state of a history. */
import { describe, expect, it } from "vitest";
import { diagnose } from "../../../src/diagnose/index.js";
import type { Contract } from "../../../src/model/contract.js";
import type { RepairStep } from "../../../src/model/repair.js";
import type { ReplayFailure } from "../../../src/model/replay-failure.js";
import type { Gap, History, Migration } from "../../../src/model/report.js";
import type { Trial } from "../../../src/model/trial.js";
import { type CommandSituation, commandsFor, type DeployTrial } from "../../../src/repair/index.js";
import { contractOf, gap, history, migrated, migration, relation, subject } from "../../support/builders.js";

const [A, B, C] = ["20251001_a", "20251002_b", "20251003_c"] as const;
const SEEN = { unseen: [] };

interface Given extends Partial<Omit<CommandSituation, "histories" | "gaps">> {
  readonly fields?: Partial<History>;
}

/** Tables a, b and c, each made by its migration. */
const relations = [A, B, C].map((name, at) => relation(["a", "b", "c"][at] ?? "", [], { introducedBy: name }));
const contract = contractOf(migrated([A, B, C], { relations }));

const missing = (table: string, introducedBy: string | null) =>
  gap({ id: `missing-${table}`, code: "MISSING_TABLE", subject: subject("table", table), introducedBy });
const notApplied = (name: string) =>
  gap({ id: `not-${name}`, code: "MIGRATION_NOT_APPLIED", subject: subject("migration", name), introducedBy: name });
const noTable = gap({
  id: "no-table",
  code: "MIGRATION_NOT_APPLIED",
  subject: subject("history", "_prisma_migrations"),
});

function plan(migrations: readonly Migration[], gaps: readonly Gap[], given: Given = {}) {
  const histories = [history(migrations, given.fields)];
  const used = given.contract ?? contract;
  const causes = diagnose({ gaps, histories, contract: used, trials: given.deploys ?? [] });
  return commandsFor({
    ...{ contract: used, gaps, causes, histories, deploys: [] },
    scripts: new Map([A, B, C].map((name) => [name, SEEN])),
    unseen: new Map(),
    ...given,
  });
}

const text = (step: RepairStep) => (step.kind === "command" ? step.run : step.statement.slice(0, 32));
function said(...given: Parameters<typeof plan>) {
  const { first, last, brings, notDone } = plan(...given);
  return {
    first: first.map(text),
    last: last.map(text),
    brings: [...brings].sort(),
    notDone: notDone.map(({ what, statements }) => [what, ...statements]),
  };
}

const failure = (name: string): ReplayFailure => ({
  ...{ migration: name, file: `${name}/migration.sql`, line: 1, statement: null },
  ...{ sqlstate: "42P07", message: 'relation "x" already exists', code: "DUPLICATE_OBJECT", diagnosis: "" },
});
const tried = (result: Trial["result"], more: Partial<DeployTrial> = {}): DeployTrial[] => [
  { application: "avatar-creator", tried: [A, B, C], where: "PostgreSQL", result, left: null, refusals: [], ...more },
];
const refused = (name: string, ...later: string[]) =>
  tried({ kind: "failed", failure: failure(name) }, { refusals: later.map(failure) });

const DEPLOY = "npx prisma migrate deploy";
const LOOK = "SELECT migration_name, started_a";
const applied = (name: string) => `npx prisma migrate resolve --applied "${name}"`;
const rolledBack = (name: string) => `npx prisma migrate resolve --rolled-back "${name}"`;
const NONE = { first: [], last: [], brings: [], notDone: [] };

describe("what waits", () => {
  it("is deployed before any SQL, which is not planned for what comes with it", () => {
    const gaps = [missing("b", B), notApplied(B), missing("x", null)];
    expect(said([migration(A, "applied"), migration(B, "pending"), migration(C, "applied")], gaps)).toEqual({
      ...NONE,
      first: [DEPLOY],
      brings: ["missing-b", `not-${B}`],
    });
  });

  it("brings what a copy no longer lacked after it, and nothing else", () => {
    const gaps = [missing("b", B), notApplied(B), missing("x", null), missing("y", null)];
    const deploys = tried({ kind: "ran" }, { left: new Set(["missing-b", "missing-y"]) });
    const { brings } = said([migration(A, "applied"), migration(B, "pending")], gaps, { deploys });
    expect(brings).toEqual(["missing-x", `not-${B}`]);
  });

  it("says what the copy showed", () => {
    const migrations = [migration(A, "pending")];
    const why = (result: Trial["result"]) =>
      plan(migrations, [missing("a", A)], { deploys: tried(result) }).first.map((step) => step.why);
    expect(why({ kind: "ran" })).toEqual([
      `Applies what is missing: ${A}. On a copy of the schema it ran without an error.`,
    ]);
    expect(why({ kind: "unknown", reason: "no copy" })).toEqual([
      `Applies what is missing: ${A}. Whether it runs is not known: no copy.`,
    ]);
  });

  it("is not touched while somebody migrates", () => {
    const { first, last } = plan([migration(A, "running"), migration(B, "pending")], [missing("a", A)]);
    expect([...first, ...last].map(({ kind }) => kind)).toEqual(["sql"]);
  });
});

describe("a migration that failed", () => {
  const migrations = [migration(A, "applied"), migration(B, "failed", { note: "ERROR: x" }), migration(C, "pending")];
  const gaps = [missing("b", B), missing("c", C), notApplied(B), notApplied(C)];
  const brings = ["missing-b", "missing-c", `not-${B}`, `not-${C}`];

  it("is read, taken back and tried again, with a warning as long as nobody tried it", () => {
    expect(said(migrations, gaps)).toEqual({ ...NONE, first: [LOOK, rolledBack(B), DEPLOY], brings });
    const [, , deploy] = plan(migrations, gaps).first;
    expect(deploy?.why).toContain(`${B} fails again for the same reason, unless it was corrected`);
  });

  it("is taken back and run when it runs on a copy", () => {
    const deploys = tried({ kind: "ran" });
    expect(said(migrations, gaps, { deploys })).toEqual({ ...NONE, first: [rolledBack(B), DEPLOY], brings });
    expect(plan(migrations, gaps, { deploys }).first[0]?.why).toContain("it runs now; it had failed with: ERROR: x");
  });

  it("and can never run is recorded after the SQL that does its work", () => {
    expect(said(migrations, gaps, { deploys: refused(B) })).toEqual({
      ...NONE,
      last: [applied(B), DEPLOY],
      brings: ["missing-c", `not-${B}`, `not-${C}`],
    });
    const { last, toSee } = plan(migrations, gaps, { deploys: refused(B) });
    expect(toSee).toEqual([{ application: "avatar-creator", migration: B, step: last[0]?.id, gaps: ["missing-b"] }]);
    expect(last.map((step) => step.kind === "command" && step.effect)).toEqual([
      { kind: "mark-applied", migrations: [B] },
      { kind: "deploy", migrations: [C] },
    ]);
  });

  it("of another build is taken back, and what waits comes in", () => {
    const other = [migration("gone", "failed", { required: false }), migration(A, "pending")];
    const given = [missing("a", A), notApplied("gone"), notApplied(A)];
    expect(said(other, given)).toEqual({
      ...NONE,
      first: [LOOK, rolledBack("gone"), DEPLOY],
      brings: ["missing-a", `not-${A}`, "not-gone"],
    });
  });

  it("ran to its end: only the end is recorded, after what is lost has been brought back", () => {
    const unrecorded = [migration(A, "applied", { finishedAt: null, blocks: true }), migration(B, "pending")];
    const unread = { scripts: new Map([[B, SEEN]]) };
    expect(said(unrecorded, [missing("b", B)], unread)).toMatchObject({ first: [LOOK, applied(A), DEPLOY], last: [] });
    expect(said(unrecorded, [missing("a", A)])).toMatchObject({ first: [LOOK], last: [applied(A), DEPLOY] });
  });
});

describe("a failed migration whose scripts nobody has tried", () => {
  const failed = (sqlstate: string) => [
    migration(A, "failed", { note: `ERROR: it did not work (SQLSTATE ${sqlstate})` }),
    migration(B, "pending"),
  ];
  const gaps = [missing("a", A), missing("b", B), notApplied(A), notApplied(B)];
  const unread = { scripts: new Map() };

  it("that contradicts the schema would fail again, so SQL does its work and that of those behind it", () => {
    const { first, last, brings, notDone } = plan(failed("42710"), gaps, unread);
    expect(first.map(({ kind }) => kind)).toEqual(["sql"]);
    expect([...last, ...brings]).toEqual([]);
    expect(notDone.map(({ what, gaps: left }) => [what, left])).toEqual([
      [`Record ${A} as applied`, [`not-${A}`]],
      [`Deploy ${B}`, [`not-${B}`]],
    ]);
  });

  it.each(["42501", "55P03", "57014", "23505"])("that failed with %s is tried again", (sqlstate) => {
    const { first } = said(failed(sqlstate), gaps, unread);
    expect(first.slice(1)).toEqual([`npx prisma migrate resolve --rolled-back "${A}"`, DEPLOY]);
  });

  it("is tried again when the build may hold a corrected script", () => {
    const scripts = [A, B, C].map((name) => ({ name, file: `${name}/migration.sql`, checksum: "x" }));
    const knowing = contractOf(migrated([A, B, C], { relations }));
    const applications = knowing.applications.map((each) => ({
      ...each,
      migrations: each.migrations === null ? null : { ...each.migrations, scripts },
    }));
    const { first } = said(failed("42710"), gaps, { ...unread, contract: { ...knowing, applications } });
    expect(first).toContain(DEPLOY);
  });
});

describe("a migration that can never run", () => {
  const migrations = [migration(A, "pending"), migration(B, "pending"), migration(C, "pending")];
  const gaps = [missing("a", A), missing("b", B), missing("c", C)];

  it("drags along those that change a table which SQL makes whole", () => {
    const changed = { migration: C, file: "", line: null };
    const created = { migration: B, file: "", line: null };
    const column = { subject: subject("column", "n", "b"), property: null, createdBy: changed, changedBy: changed };
    const whole = { subject: subject("table", "b"), property: null, createdBy: created, changedBy: changed };
    const traced: Contract = { ...contract, provenance: [whole, column] };
    const given = said(migrations, gaps, { deploys: refused(B), contract: traced });
    expect(given).toMatchObject({ last: [applied(B), applied(C), DEPLOY], brings: ["missing-a"] });
  });

  it("is joined by what later rounds refuse", () => {
    expect(said(migrations, gaps, { deploys: refused(A, B) })).toMatchObject({
      last: [applied(A), applied(B), DEPLOY],
      brings: ["missing-c"],
    });
  });

  it.each([
    [
      "also writes rows",
      { scripts: new Map([[A, { unseen: ["INSERT INTO plans VALUES (1)"] }]]) },
      "INSERT INTO plans",
      ["missing-b", "missing-c"],
    ],
    // Nobody knows when that is settled: what the application needs is brought by SQL.
    ["was not read", { scripts: new Map() }, "was not read", []],
    ["was not all seen", { unseen: new Map([[A, "table a"]]) }, "not everything that it makes is there: table a", []],
  ] as const)("and %s is left to people, with all that waits behind it", (_, given, reason, held) => {
    const all = plan(migrations, gaps, { deploys: refused(A), ...given });
    expect([...all.first, ...all.last]).toEqual([]);
    expect(all.notDone).toMatchObject([
      { what: `Record ${A} as applied`, why: expect.stringContaining(reason), statements: [applied(A)] },
      { what: `Deploy ${B}, ${C}`, gaps: held, statements: [DEPLOY] },
    ]);
    expect(all.toSee).toEqual([]);
  });
});

describe("records that say applied", () => {
  it.each(["recorded-without-running", "forged", "edited", "applied"] as const)(
    "%s: no command, the SQL does it, and that is said",
    (status) => {
      const all = plan([migration(A, status), migration(B, "applied"), migration(C, "applied")], [missing("a", A)]);
      expect([...all.first, ...all.last, ...all.brings]).toEqual([]);
      expect(all.notDone).toMatchObject([
        { what: `Run ${A} again`, why: expect.stringContaining("The statements bring") },
      ]);
    },
  );

  it("nothing is said of a baseline that explains nothing", () => {
    const all = said([migration(A, "recorded-without-running"), migration(B, "applied")], [missing("x", null)]);
    expect(all.notDone).toEqual([]);
  });
});

describe("without a record table", () => {
  const none = { state: "none", table: null } as const;
  const migrations = [migration(A, "pending"), migration(B, "pending"), migration(C, "pending")];

  it("and without any table, the deploy makes everything", () => {
    const gaps = [missing("a", A), missing("b", B), missing("c", null), noTable];
    expect(said(migrations, gaps, { fields: none })).toEqual({
      ...NONE,
      first: [DEPLOY],
      brings: ["missing-a", "missing-b", "missing-c", "no-table"],
    });
  });

  it("records in order what is there after the SQL, and deploys that of which nothing is there", () => {
    const column = gap({ id: "column", code: "MISSING_COLUMN", subject: subject("column", "n", "a"), introducedBy: A });
    expect(said(migrations, [column, missing("c", C), noTable], { fields: none })).toEqual({
      ...NONE,
      last: [applied(A), applied(B), DEPLOY],
      brings: ["missing-c", "no-table"],
    });
  });

  it("stops at the first that cannot be recorded", () => {
    const column = gap({ id: "column", code: "MISSING_COLUMN", subject: subject("column", "n", "a"), introducedBy: A });
    const scripts = new Map([
      [A, SEEN],
      [B, { unseen: ["UPDATE t SET n = 1"] }],
      [C, SEEN],
    ]);
    const all = said(migrations, [column, missing("c", C), noTable], { fields: none, scripts });
    expect(all).toEqual({
      ...NONE,
      last: [applied(A)],
      brings: ["no-table"],
      notDone: [
        [`Record ${B} as applied`, applied(B)],
        [`Deploy ${C}`, DEPLOY],
      ],
    });
  });

  it("and without a migration that makes the tables, says how a baseline is made", () => {
    const partly = contractOf(migrated([B], { relations: [relation("old", []), ...relations] }));
    const all = said([migration(B, "pending")], [missing("a", null), noTable], { fields: none, contract: partly });
    expect(all).toMatchObject({ first: [], last: [] });
    expect(all.notDone).toEqual([
      [
        "Make a migration baseline",
        "mkdir -p prisma/migrations/0_init",
        "npx prisma migrate diff --from-empty --to-schema prisma/schema.prisma --script > prisma/migrations/0_init/migration.sql",
        'npx prisma migrate resolve --applied "0_init"',
      ],
    ]);
  });

  it("suggests nothing while the record table is all that is missing and nobody asks for it", () => {
    expect(said(migrations, [], { fields: none })).toEqual(NONE);
  });
});

it("plans nothing for a healthy database, nor for a record table that could not be read", () => {
  expect(said([migration(A, "applied")], [])).toEqual(NONE);
  expect(said([migration(A, "pending")], [missing("a", A)], { fields: { state: "unreadable" } })).toEqual(NONE);
});

it("keeps the commands of two record tables apart", () => {
  const other = migrated([A], { name: "billing" });
  const both = contractOf(...contract.applications, other);
  const histories = [
    history([migration(A, "pending")]),
    history([migration(A, "pending")], { application: "billing", table: "billing._prisma_migrations" }),
  ];
  const gaps = [missing("a", A), { ...notApplied(A), id: "x", applications: ["billing"] }];
  const causes = diagnose({ gaps, histories, contract: both });
  const { first } = commandsFor({
    ...{ contract: both, gaps, causes, histories, deploys: [], scripts: new Map(), unseen: new Map() },
  });
  expect(first).toMatchObject([
    { run: DEPLOY, application: "avatar-creator", gaps: ["missing-a"] },
    { run: DEPLOY, application: "billing", gaps: ["x"] },
  ]);
  expect(new Set(first.map(({ id }) => id)).size).toBe(2);
});
