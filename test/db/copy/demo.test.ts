/** The incident of the demo: the deploy failed; trying the same migrations on a copy says where and why. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildIncident } from "../../../demo/incident.js";
import { readMigrations } from "../../../demo/migrations.js";
import { MIGRATIONS } from "../../../demo/paths.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { tryAllPending } from "../../../src/copy/index.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";
import { compileContract, loadCheckFiles } from "../../../src/expect/index.js";
import { readMigrationDirectory } from "../../../src/history/index.js";
import type { Report } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { type TryOut, verify } from "../../../src/verify.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { useCopies } from "./support.js";

const copies = useCopies();
const FAILING = "20251014_add_avatar_creator_complete";
let database: TestDatabase;
let report: Report;
let activity: { before: unknown; after: unknown };

/** Versions of all catalog rows about relations, and of the rows of the record table. */
async function versions(): Promise<unknown> {
  const [row] = await database.query(
    `select (select md5(string_agg(c.oid::text || c.xmin::text || c.relname, ',' order by c.oid)) from pg_catalog.pg_class c) as relations,
       (select md5(string_agg(m.xmin::text || m::text, ',' order by m.id)) from _prisma_migrations m) as records`,
  );
  return row;
}

beforeAll(async () => {
  database = await createTestDatabase("demo incident");
  const client = await database.connect();
  await buildIncident(client, await readMigrations(MIGRATIONS));
  const checks = await loadCheckFiles(["checks/avatar-creator.yaml"]);
  const contract = await compileContract({ checks, scratch: copies.server(), defaultSchema: "public" });
  const connection = parseConnectionString(database.url);
  const directory = await readMigrationDirectory({ tool: "prisma", directory: MIGRATIONS });
  const common = { contract, connection, limits: DEFAULT_LIMITS };
  const tryOut: TryOut = (seen) =>
    tryAllPending({ ...common, ...seen, directoryOf: () => directory, scratch: async () => copies.server() });
  const before = await versions();
  // A session that did not ask for READ ONLY would be refused to write, too.
  await database.sql(`alter database "${database.name}" set default_transaction_read_only = on`);
  report = await verify({ ...common, tryOut });
  activity = { before, after: await versions() };
}, 120_000);
afterAll(() => database.drop());

describe("the deploy that failed", () => {
  it("is named with file, line and SQLSTATE, and explains what is missing", () => {
    const [cause] = report.causes;
    expect(cause).toMatchObject({ code: "MIGRATION_CANNOT_APPLY", confidence: "certain" });
    expect(cause?.message).toMatch(
      new RegExp(
        `^Migration ${FAILING} failed on .*, and running it again now would fail: .* \\(42\\w{3}\\), at ${FAILING}/migration.sql:\\d+`,
      ),
    );
    expect(cause?.explains.length).toBeGreaterThan(3);
  });

  it("replaces what is known less exactly", () => {
    expect(report.causes.map(({ code }) => code)).not.toContain("MIGRATION_PENDING");
    expect(report.causes.map(({ code }) => code)).not.toContain("MIGRATION_FAILED");
  });

  it("is not to be repeated without a correction", () => {
    const runs = report.repair.steps.flatMap((step) => (step.kind === "command" ? [step.run] : []));
    expect(runs).toEqual(["schemaready repair"]);
    expect(report.repair.notDone.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/^Record .* as applied$/),
    );
  });

  it("is said in words", () => {
    expect(reporters.text(report, { colour: false, width: 100 })).toContain("would fail");
  });

  it("changed nothing", () => {
    expect(activity.after).toEqual(activity.before);
  });
});
