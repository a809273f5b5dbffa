/** The same situations for the other tools: which command each has, and what is left to people where it has none. */
import { describe, expect, it } from "vitest";
import { diagnose } from "../../../src/diagnose/index.js";
import type { ExpectedMigrations } from "../../../src/model/contract.js";
import { RECORD_TOOLS, type RecordTool } from "../../../src/model/migrations.js";
import type { RepairStep } from "../../../src/model/repair.js";
import { type History, MIGRATION_STATUSES, type Migration } from "../../../src/model/report.js";
import type { Trial } from "../../../src/model/trial.js";
import { type CommandSituation, commandsFor } from "../../../src/repair/index.js";
import { application, contractOf, gap, history, migration, relation, subject } from "../../support/builders.js";

type Other = Exclude<RecordTool, "prisma">;

/** Two names for each tool, as it records them, the first is what waits first. */
const NAMES: Readonly<Record<Other, readonly [string, string]>> = {
  "prisma-next": ["20250101_a", "20250102_b"],
  drizzle: ["0000_a", "0001_b"],
  knex: ["20250101_a.js", "20250102_b.js"],
  typeorm: ["A1746587292500", "B1746587292501"],
  sequelize: ["20250101-a.js", "20250102-b.js"],
  "mikro-orm": ["Migration20250101", "Migration20250102"],
  "node-pg-migrate": ["1746587292500_a", "1746587292501_b"],
  flyway: ["V1__make_a.sql", "V2__make_b.sql"],
  liquibase: ["db/log.xml::1::ann", "db/log.xml::2::ann"],
  rails: ["20250101000000", "20250102000000"],
  django: ["shop.0001_initial", "shop.0002_more"],
  alembic: ["ae1027a6acf", "1975ea83b712"],
  "golang-migrate": ["1", "2"],
  goose: ["1", "2"],
  dbmate: ["20250101000000", "20250102000000"],
  atlas: ["20250101", "20250102"],
  sqlx: ["1", "2"],
  diesel: ["20250101000000", "20250102000000"],
  ecto: ["20250101000000", "20250102000000"],
  supabase: ["20250101000000", "20250102000000"],
  pgroll: ["01_a", "02_b"],
};
const TOOLS = RECORD_TOOLS.filter((tool): tool is Other => tool !== "prisma");

const scriptOf = (tool: Other, name: string, at: number) => ({
  name,
  file: tool === "sqlx" ? `${name}_make_it.sql` : `${name}.sql`,
  checksum: tool === "flyway" ? "-17" : tool === "sqlx" ? "ab".repeat(48) : "cd".repeat(32),
  ...(tool === "drizzle" ? { recordedAs: String(1746587292500 + at) } : {}),
});

interface Given {
  readonly statuses: readonly [Migration["status"], Migration["status"]];
  readonly result?: Trial["result"];
  readonly fields?: Partial<History>;
}

function plan(tool: Other, { statuses, result, fields }: Given) {
  const names = NAMES[tool];
  const expected: ExpectedMigrations = {
    ...{ tool, schema: null, required: names },
    scripts: names.map((name, at) => scriptOf(tool, name, at)),
  };
  const relations = names.map((name, at) => relation(at === 0 ? "a" : "b", [], { introducedBy: name }));
  const contract = contractOf(application({ migrations: expected, relations }));
  const table = `app.${tool === "sequelize" ? "SequelizeMeta" : "records"}`;
  const migrations = names.map((name, at) => migration(name, statuses[at] ?? "pending"));
  const histories = [history(migrations, { tool, table, ...fields })];
  const gaps = relations.map(({ name, introducedBy }) =>
    gap({ id: `missing-${name}`, code: "MISSING_TABLE", subject: subject("table", name), introducedBy }),
  );
  const deploys: CommandSituation["deploys"] =
    result === undefined
      ? []
      : [{ application: "avatar-creator", tried: names, where: "PostgreSQL", result, left: null, refusals: [] }];
  const causes = diagnose({ gaps, histories, contract, trials: deploys });
  const scripts = new Map(names.map((name) => [name, { unseen: [] }]));
  return commandsFor({ contract, gaps, causes, histories, deploys, scripts, unseen: new Map() });
}

const text = (step: RepairStep) => (step.kind === "command" ? step.run : step.statement);
const failed = (name: string): Trial["result"] => ({
  kind: "failed",
  failure: {
    ...{ migration: name, file: "", line: null, statement: null, sqlstate: "42P07", message: "x exists" },
    ...{ code: "DUPLICATE_OBJECT", diagnosis: "" },
  },
});

/** What records the first of two that wait, after SQL did its work; the second is deployed then. */
const FIRST: Readonly<Partial<Record<Other, string>>> = {
  "node-pg-migrate": "npx node-pg-migrate up 1 --fake",
  liquibase: "liquibase mark-next-changeset-ran",
  django: 'python manage.py migrate --fake "shop" "0001_initial"',
  alembic: 'alembic stamp "ae1027a6acf"',
  "golang-migrate": 'migrate force "1"',
  atlas: 'atlas migrate set "20250101"',
  supabase: 'supabase migration repair --status applied "20250101000000"',
};

/** The row for the record table, where the tool has no command. */
const ROW: Readonly<Partial<Record<Other, string>>> = {
  drizzle: `INSERT INTO "app"."records" ("hash", "created_at") VALUES ('${"cd".repeat(32)}', 1746587292500);`,
  knex: `INSERT INTO "app"."records" ("name", "batch", "migration_time") VALUES ('20250101_a.js', (SELECT coalesce(max("batch"), 0) + 1 FROM "app"."records"), now());`,
  typeorm: `INSERT INTO "app"."records" ("timestamp", "name") VALUES (1746587292500, 'A1746587292500');`,
  sequelize: `INSERT INTO "app"."SequelizeMeta" ("name") VALUES ('20250101-a.js');`,
  "mikro-orm": `INSERT INTO "app"."records" ("name", "executed_at") VALUES ('Migration20250101', now());`,
  rails: `INSERT INTO "app"."records" ("version") VALUES ('20250101000000');`,
  dbmate: `INSERT INTO "app"."records" ("version") VALUES ('20250101000000');`,
  diesel: `INSERT INTO "app"."records" ("version", "run_on") VALUES ('20250101000000', now() AT TIME ZONE 'UTC');`,
  ecto: `INSERT INTO "app"."records" ("version", "inserted_at") VALUES (20250101000000, now() AT TIME ZONE 'UTC');`,
  goose: `INSERT INTO "app"."records" ("version_id", "is_applied", "tstamp") VALUES (1, true, now() AT TIME ZONE 'UTC');`,
};

describe.each(TOOLS)("%s", (tool) => {
  const [first, second] = NAMES[tool];

  it("deploys what waits", () => {
    const { first: steps, brings, notDone } = plan(tool, { statuses: ["applied", "pending"] });
    expect(steps).toHaveLength(1);
    expect(steps).toMatchObject([{ effect: { kind: "deploy", migrations: [second] }, application: "avatar-creator" }]);
    expect([...brings]).toEqual(["missing-b"]);
    expect(notDone.map(({ what }) => what)).toEqual([`Run ${first} again`]);
  });

  it("records what can never run, after the SQL, or says which row is missing", () => {
    const { last, notDone, toSee } = plan(tool, { statuses: ["pending", "pending"], result: failed(first) });
    const command = FIRST[tool];
    if (command !== undefined) {
      expect(last.map(text)).toEqual([command, expect.any(String)]);
      expect(last).toMatchObject([
        { effect: { kind: "mark-applied", migrations: [first] } },
        { effect: { kind: "deploy", migrations: [second] } },
      ]);
      expect(toSee).toMatchObject([{ migration: first, step: last[0]?.id, gaps: ["missing-a"] }]);
      return;
    }
    expect(last).toEqual([]);
    expect(notDone.map(({ what }) => what)).toEqual([`Record ${first} as applied`, `Deploy ${second}`]);
    const row = ROW[tool];
    if (row !== undefined) expect(notDone[0]?.statements).toEqual([row]);
  });

  it("never marks what waits before as well", () => {
    const { last, notDone } = plan(tool, { statuses: ["pending", "pending"], result: failed(second) });
    const marked = last.flatMap((step) =>
      step.kind === "command" && step.effect.kind === "mark-applied" ? [step] : [],
    );
    const isPrecise = tool === "supabase";
    expect(marked.map(({ effect }) => effect)).toEqual(
      isPrecise ? [{ kind: "mark-applied", migrations: [second] }] : [],
    );
    if (!isPrecise) expect(notDone[0]?.what).toBe(`Record ${second} as applied`);
  });

  it("names nothing of Prisma, and suggests nothing that loses data", () => {
    const all = MIGRATION_STATUSES.flatMap((status) =>
      [undefined, failed(first), { kind: "ran" } as const].map((result) =>
        plan(tool, { statuses: [status, "pending"], ...(result === undefined ? {} : { result }) }),
      ),
    );
    const said = JSON.stringify(all.map(({ first: before, last, notDone }) => [before, last, notDone]));
    if (!tool.startsWith("prisma")) expect(said).not.toMatch(/prisma|72707369|P30/i);
    expect(said).not.toMatch(/db push --accept|reset|migrate dev|accept-data-loss|truncate|flyway clean|drop /i);
  });
});

describe("what only some tools have", () => {
  it("Flyway: the row of a version that can never run", () => {
    const { notDone } = plan("flyway", { statuses: ["pending", "pending"], result: failed("V1__make_a.sql") });
    expect(notDone[0]?.statements).toEqual([
      `INSERT INTO "app"."records" ("installed_rank", "version", "description", "type", "script", "checksum", "installed_by", "installed_on", "execution_time", "success") VALUES ((SELECT coalesce(max("installed_rank"), 0) + 1 FROM "app"."records"), '1', 'make a', 'SQL', 'V1__make_a.sql', -17, current_user, now() AT TIME ZONE 'UTC', 0, true);`,
    ]);
  });

  it("sqlx: its row holds the checksum as bytes", () => {
    const { notDone } = plan("sqlx", { statuses: ["pending", "pending"], result: failed("1") });
    expect(notDone[0]?.statements[0]).toContain(
      `VALUES (1, 'make it', now(), true, decode('${"ab".repeat(48)}', 'hex'), -1)`,
    );
  });

  it("Flyway: a failed row is removed by flyway repair", () => {
    const { first } = plan("flyway", { statuses: ["failed", "pending"], result: { kind: "ran" } });
    expect(first.map(text)).toEqual(["flyway repair", "flyway migrate"]);
  });

  it("golang-migrate: a dirty version goes back to the one before, when it runs now", () => {
    const ran = { kind: "ran" } as const;
    expect(plan("golang-migrate", { statuses: ["applied", "failed"], result: ran }).first.map(text)).toEqual([
      'migrate force "1"',
      "migrate up",
    ]);
    expect(plan("golang-migrate", { statuses: ["failed", "pending"], result: ran }).first.map(text)[0]).toBe(
      "migrate force -- -1",
    );
    const untried = plan("golang-migrate", { statuses: ["applied", "failed"] });
    expect([...untried.first, ...untried.last]).toEqual([]);
    expect(untried.notDone.map(({ what }) => what)).toEqual(["Put the record of 2 right", "Deploy 2", "Run 1 again"]);
  });

  it("sqlx: nothing but a DELETE takes a failure back, and that is left to people", () => {
    const { first, notDone } = plan("sqlx", { statuses: ["applied", "failed"] });
    expect(first).toEqual([]);
    expect(notDone[0]?.statements).toEqual([
      `DELETE FROM "app"."records" WHERE "version"::text = '2' AND NOT "success";`,
    ]);
  });

  it("TypeORM: --fake marks everything that waits, so it is used for just that", () => {
    const none = { state: "none", table: null } as const;
    const { last, notDone } = plan("typeorm", { statuses: ["pending", "pending"], result: failed("A1746587292500") });
    expect(last).toEqual([]);
    expect(notDone[0]?.why).toContain("would mark others as well");
    expect(plan("typeorm", { statuses: ["pending", "pending"], fields: none }).toSee).toEqual([]);
  });

  it.each([
    ["flyway", "flyway -outOfOrder=true migrate"],
    ["goose", "goose -allow-missing up"],
    ["atlas", "atlas migrate apply --exec-order non-linear"],
    ["supabase", "supabase db push --include-all"],
    ["node-pg-migrate", "npx node-pg-migrate up --no-check-order"],
  ] as const)("%s: what is out of order needs an option", (tool, run) => {
    expect(plan(tool, { statuses: ["out-of-order", "applied"] }).first.map(text)).toEqual([run]);
  });
});
