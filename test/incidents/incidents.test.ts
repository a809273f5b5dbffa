/** Golden incident folders: rebuild the state, verify, and compare what is said with what must be said. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { verifyExitCode } from "../../src/cli/exit-code.js";
import { parseConnectionString } from "../../src/config/index.js";
import { tryAllPending } from "../../src/copy/index.js";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import { readMigrationDirectory } from "../../src/history/index.js";
import type { Report, Subject } from "../../src/model/report.js";
import { reporters, reportSchema } from "../../src/report/index.js";
import { type ScratchServer, startScratch } from "../../src/scratch/index.js";
import { type TryOut, type VerifyInput, verify } from "../../src/verify.js";
import { createTestDatabase, type TestDatabase } from "../support/postgres.js";
import { compareGolden, steady } from "./golden.js";
import { createCompiler, INCIDENTS, type Incident, incidentNames, NOBODY, rebuild } from "./rebuild.js";

const names = incidentNames();

let scratch: ScratchServer;
beforeAll(async () => {
  scratch = await startScratch({});
});
afterAll(() => scratch.close());

const contractFor = createCompiler(() => scratch);

async function trying(input: VerifyInput, folder: string, migrations: string | undefined) {
  if (migrations === undefined) return {};
  const directory = await readMigrationDirectory({ tool: "prisma", directory: resolve(folder, migrations) });
  const common = { ...input, directoryOf: () => directory, scratch: async () => scratch };
  const tryOut: TryOut = (seen) => tryAllPending({ ...common, ...seen });
  return { tryOut };
}

it("finds the folders", () => {
  expect(names.length).toBeGreaterThanOrEqual(8);
});

describe.each(names)("%s", (name) => {
  const folder = join(INCIDENTS, name);
  const incident = parse(readFileSync(join(folder, "incident.yaml"), "utf8")) as Incident;
  let database: TestDatabase;
  let report: Report;

  beforeAll(async () => {
    database = await createTestDatabase(name);
    await rebuild(database, folder, incident);
    const role = incident.role === undefined ? null : await database.createRole({ grants: incident.role });
    const url = incident.unreachable === true ? NOBODY : (role?.url ?? database.url);
    const contract = await contractFor(folder, incident);
    if (incident.meanwhile !== undefined) await (await database.connect()).query(`begin; ${incident.meanwhile}`);
    const input = { contract, connection: parseConnectionString(url), limits: DEFAULT_LIMITS };
    report = await verify({ ...input, ...(await trying(input, folder, incident.migrations)) });
  });
  afterAll(() => database.drop());

  it("gives the expected verdict, gaps and causes", () => {
    compareGolden(join(folder, "expected.json"), `${JSON.stringify(essence(steady(report)), null, 2)}\n`);
  });

  it("says it in words", () => {
    compareGolden(join(folder, "expected.txt"), reporters.text(steady(report), { colour: false, width: 100 }));
  });

  it("keeps to the published schema", () => {
    expect(reportSchema.parse(report)).toEqual(report);
  });
});

/** What a report says, without what differs from run to run. */
function essence(report: Report) {
  const named = new Map(report.gaps.map(({ id, code, subject }) => [id, `${code} ${subjectText(subject)}`]));
  const names = (ids: readonly string[]) => ids.map((id) => named.get(id) ?? id);
  return {
    verdict: report.verdict,
    exit: verifyExitCode(report.verdict, false),
    features: Object.fromEntries(
      report.features
        .filter(({ status }) => status !== "working")
        .map(({ id, status, symptoms }) => [
          id,
          {
            status,
            symptoms: symptoms.map(({ sqlstate, prisma, operation }) => `${operation} ${sqlstate} ${prisma ?? "-"}`),
          },
        ]),
    ),
    working: report.features.filter(({ status }) => status === "working").map(({ id }) => id),
    gaps: report.gaps.map(({ code, severity, subject, introducedBy, features }) => ({
      gap: `${code} ${subjectText(subject)}`,
      severity,
      introducedBy,
      features,
    })),
    causes: report.causes.map(({ code, confidence, explains, unverified, message }) => ({
      code,
      confidence,
      message,
      explains: names(explains),
      ...(unverified.length === 0 ? {} : { unverified: unverified.map(subjectText) }),
    })),
    history: report.history.map(({ state, migrations }) => ({
      state,
      migrations: migrations.map((each) => `${each.status} ${each.name}`),
    })),
    unverified: report.unverified.map(({ subject, sqlstate, features }) => ({
      subject: subjectText(subject),
      sqlstate,
      features,
    })),
  };
}

function subjectText({ schema, relation, name }: Subject): string {
  return [schema, relation, name].filter((part) => part !== null).join(".");
}
