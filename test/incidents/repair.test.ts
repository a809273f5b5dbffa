/** What is planned for each incident, and whether the plan mends the state as it was found. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { repairExitCode } from "../../src/cli/exit-code.js";
import { parseConnectionString } from "../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import { readMigrationDirectory } from "../../src/history/index.js";
import type { Contract } from "../../src/model/contract.js";
import type { MigrationDirectory } from "../../src/model/migrations.js";
import type { RepairStep } from "../../src/model/repair.js";
import type { Report } from "../../src/model/report.js";
import { planRepair } from "../../src/plan.js";
import { createBench } from "../../src/prove/index.js";
import { repairReporters, reportSchema, subjectName } from "../../src/report/index.js";
import { type ScratchConnection, type ScratchServer, startScratch } from "../../src/scratch/index.js";
import { examine, verify } from "../../src/verify.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";
import { type RepairRun, runRepair } from "../support/run-repair.js";
import { compareGolden, steady } from "./golden.js";
import { createCompiler, INCIDENTS, type Incident, incidentNames, rebuild } from "./rebuild.js";

const incidents = incidentNames()
  .map((name) => {
    const folder = join(INCIDENTS, name);
    return { name, folder, incident: parse(readFileSync(join(folder, "incident.yaml"), "utf8")) as Incident };
  })
  .filter(({ name, incident }) => !name.startsWith("healthy-") && incident.meanwhile === undefined);

let scratch: ScratchServer;
beforeAll(async () => {
  scratch = await startScratch({});
});
afterAll(() => scratch.close());

const contractFor = createCompiler(() => scratch);

/** The scripts of the build, where the folder has them. */
async function scriptsOf(folder: string, { migrations, scripts, build }: Incident): Promise<MigrationDirectory | null> {
  const path = migrations ?? scripts ?? (build === undefined ? null : "migrations");
  return path === null ? null : readMigrationDirectory({ tool: "prisma", directory: resolve(folder, path) });
}

function isChangingCommand(step: RepairStep): boolean {
  return step.kind === "command" && step.effect.kind !== "look";
}

describe.each(incidents)("$name", ({ name, folder, incident }) => {
  let database: TestDatabase;
  let report: Report;
  let run: RepairRun;
  let after: Report;

  beforeAll(async () => {
    database = await createTestDatabase(name);
    await rebuild(database, folder, incident);
    const role = incident.role === undefined ? null : await database.createRole({ grants: incident.role });
    const contract = await contractFor(folder, incident);
    const directory = await scriptsOf(folder, incident);
    const connection = parseConnectionString(role?.url ?? database.url);
    const common = { contract, connection, limits: DEFAULT_LIMITS };
    const directoryOf = () => directory;
    const bench = createBench({ ...common, directories: async () => directoryOf, scratch: async () => scratch });
    report = await planRepair({ ...common, backfill: new Map(), bench });
    const { observation } = await examine(common);
    const source = {
      ...{ contract, directoryOf, histories: report.history, recordTables: observation?.recordTables ?? [] },
      verifyCopy: (wanted: Contract, copy: ScratchConnection) =>
        verify({ ...common, contract: wanted, connection: parseConnectionString(copy.url) }),
    };
    run = await runRepair(database, report.repair.steps, source, scratch);
    after = await verify(common);
  });
  afterAll(() => database.drop());

  it("says in words what to do", () => {
    compareGolden(join(folder, "repair.txt"), repairReporters.text(steady(report), { colour: false, width: 100 }));
  });

  it("gives it to psql", () => {
    compareGolden(join(folder, "plan.sql"), repairReporters.sql(steady(report), { colour: false, width: 100 }));
  });

  it("keeps to the published schema", () => {
    expect(reportSchema.parse(report)).toEqual(report);
  });

  it("has every gap in a step or among what is not done", () => {
    const told = new Set([...report.repair.steps, ...report.repair.notDone].flatMap(({ gaps }) => gaps));
    expect(report.gaps.filter(({ id }) => !told.has(id)).map(({ message }) => message)).toEqual([]);
  });

  it("mends the state as it was found, but for what it says that it leaves", () => {
    expect(run.refused).toBeNull();
    const left = new Set(report.repair.notDone.flatMap(({ gaps }) => gaps));
    // Where a command needs scripts that the folder does not have, nobody gets to what is behind it.
    const { steps } = report.repair;
    const reached = run.stopped === null ? steps : steps.slice(0, steps.findIndex(isChangingCommand));
    const closed = new Set(reached.flatMap(({ gaps }) => gaps).filter((id) => !left.has(id)));
    const before = new Set(report.gaps.map(({ id }) => id));
    const stay = after.gaps.filter(({ id, code }) => closed.has(id) || (!before.has(id) && code !== "MISSING_ROWS"));
    expect(stay.map(({ message }) => message)).toEqual([]);
  });

  it("comes to the end that is expected", () => {
    const named = new Map(report.gaps.map(({ id, code, subject }) => [id, `${code} ${subjectName(subject)}`]));
    const outcome = {
      exit: repairExitCode(report, true),
      proof: report.repair.proof.kind,
      stopped: run.stopped,
      notDone: report.repair.notDone.map(({ what, gaps }) => ({ what, gaps: gaps.map((id) => named.get(id) ?? id) })),
      after: after.verdict,
      left: after.gaps.map(({ code, subject }) => `${code} ${subjectName(subject)}`),
    };
    compareGolden(join(folder, "repair.golden.json"), `${JSON.stringify(outcome, null, 2)}\n`);
  });
});

it("finds the folders", () => {
  expect(incidents.length).toBeGreaterThanOrEqual(25);
});
