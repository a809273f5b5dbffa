/** Golden incident folders: rebuild the state, verify, and compare what is said with what must be said. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
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
import { createCompiler, INCIDENTS, type Incident, rebuild } from "./rebuild.js";

const update = process.env["UPDATE_GOLDEN"] !== undefined;
if (update && process.env["CI"] !== undefined) throw new Error("CI compares golden files, it does not write them.");

const names = readdirSync(INCIDENTS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "states")
  .map(({ name }) => name)
  .sort();

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

/** Nobody listens there: a port below 1024 is not given to test servers. */
const NOBODY = "postgresql://app_user@127.0.0.1:1/app";

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

/** The report as it would be about a database called app: names, addresses and times of this run give way before anything is wrapped. */
function steady(report: Report): Report {
  const { host, port, database, user, server } = report.target;
  const text = [
    [report.checkedAt, "2026-11-20T10:00:00.000Z"],
    [user, "app_user"],
    [database, "app"],
    [`${host}:${port}`, "db.internal:5432"],
  ].reduce(
    (json, [found = "", instead = ""]) => json.replaceAll(found, instead),
    JSON.stringify(report).replaceAll(/embedded PostgreSQL [\d.]+/g, "embedded PostgreSQL 18.4"),
  );
  // The server of the tests has the databases of other tests, and any administrator.
  const alone = text.replace(/(other databases on this server: )[^"]*/g, "$1app_prod");
  const owned = alone.replace(/(its owner \()[^)]*/g, "$1app_owner");
  // Of other sessions: their process, their role and how long they have been at it.
  const others = owned
    .replace(/\b(process|session|pid =) \d+/g, "$1 4711")
    .replace(/(in a transaction for|\bfor) \d+ s\b/g, "$1 42 s")
    .replace(/(holds the [^"]*? since )[-\d: ]+UTC/g, (_all, before: string) => `${before}2026-11-20 09:59:18 UTC`)
    .replace(/\(role [^),]*/g, "(role deployer");
  const same = JSON.parse(others) as Report;
  const target = { ...same.target, host: "db.internal", port: 5432, server: server === null ? null : "18.4" };
  return { ...same, durationMs: 12.3, target, contract: { ...same.contract, id: `sha256:${"c".repeat(64)}` } };
}

function compareGolden(file: string, text: string): void {
  if (update) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}
