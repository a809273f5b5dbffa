/** Puts the demo application into a state, lets the real command run against it, and counts rows. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addCustomer } from "../../../demo/incident.js";
import { runCli } from "../../../src/cli/index.js";
import { compileContract, loadCheckFiles, printContract } from "../../../src/expect/index.js";
import type { Report } from "../../../src/model/report.js";
import { startScratch } from "../../../src/scratch/index.js";
import { INCIDENTS, NOBODY } from "../../incidents/rebuild.js";
import { type ChecksFolder, createFolder } from "../../support/cli-checks.js";
import { type Between, type DemoSite, startDemoSite } from "../../support/demo-site.js";
import { fakeIo } from "../../support/fake-io.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { type CliOptions, type CliResult, runCli as runProcess } from "../../support/run-cli.js";

const CHECKS = join(INCIDENTS, "../../checks/avatar-creator.yaml");

const SHORT = "timeoutMs: 1500";
const PRESETS = "/api/apps/avatar-creator/presets";

/** How fast the machine of the tests is says nothing about the state. */
const PATIENT = (text: string) => text.replaceAll(/^ +maxDurationMs: \d+\n/gm, "");
const IMPATIENT = {
  polls: (text: string) => text.replaceAll("timeoutMs: 15000", SHORT),
  presets: (text: string) => text.replace(`request: GET ${PRESETS}`, `request: { path: ${PRESETS}, ${SHORT} }`),
};

/** How the database and what is around it are made. */
export interface State {
  /** Files of test/incidents/states; a customer is added to them before `sql` is run. */
  readonly base: readonly string[];
  readonly sql: string;
  /** Statements that are sent each by itself afterwards, the ones that fail included. */
  readonly attempts?: readonly string[];
  /** Grants of the role that the application and the command connect as; absent: the owner. */
  readonly role?: string;
  /** What another session does, in a transaction that stays open while we look. */
  readonly meanwhile?: string;
  /** false: generations stay pending. */
  readonly worker?: boolean;
  /** A bug of the application: what answers instead of it. */
  readonly bug?: Between["before"];
  /** What happens when a request is handled and its answer not sent yet. */
  readonly interrupt?: Between["after"];
  /** Where the application works and where the command looks, when not here. right: a database without any trouble. */
  readonly application?: "nobody" | "right";
  readonly look?: "nobody" | "right";
  readonly arguments?: readonly string[];
  /** Steps that would wait in vain for long do it for a second and a half. */
  readonly impatient?: keyof typeof IMPATIENT;
}

export interface Placed {
  readonly database: TestDatabase;
  /** Where the application works. */
  readonly applicationUrl: string;
  /** Where the command looks. */
  readonly lookUrl: string;
  readonly userId: string;
  /** Rows of every table, before anything was tried. */
  readonly before: Counts;
  /**
   * Rows of every table of every database that the state has. Sequences are left out: a number that was drawn is never
   * given back, and the application draws none.
   */
  counts(): Promise<Counts>;
  /** Ends what another session does meanwhile. */
  letGo(): Promise<void>;
  drop(): Promise<void>;
}

export interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Counts = Readonly<Record<string, number>>;

export interface Bench {
  readonly site: DemoSite;
  readonly folder: ChecksFolder;
  place(name: string, state: State): Promise<Placed>;
  /** The command line in this process: many states take little time. */
  smoke(placed: Placed, state: State, args: readonly string[]): Promise<Ended>;
  /** The command line as a process of its own. */
  smokeProcess(placed: Placed, args: readonly string[], options?: CliOptions): Promise<CliResult>;
  close(): Promise<void>;
}

/** One site, one contract, and a template for each base. */
export async function openBench(): Promise<Bench> {
  const folder = createFolder();
  const text = readFileSync(CHECKS, "utf8");
  const written = (name: string, change: (text: string) => string) =>
    folder.file(`${name}.yaml`, PATIENT(change(text)));
  const usual = written("usual", PATIENT);
  const contract = join(folder.path, "contract.json");
  writeFileSync(contract, printContract(await compile()));
  const site = await startDemoSite();
  const fixed = ["smoke", "--base-url", site.url, "--contract", contract, "--no-color"];
  const templates = new Map<string, Promise<Template>>();
  const templateFor = (base: readonly string[]) => {
    const key = base.join(" ");
    const made = templates.get(key) ?? makeTemplate(base);
    templates.set(key, made);
    return made;
  };
  return {
    site,
    folder,
    place: async (name, state) => {
      const placed = await place(name, state, templateFor);
      const between = {
        ...(state.bug === undefined ? {} : { before: state.bug }),
        ...(state.interrupt === undefined ? {} : { after: state.interrupt }),
      };
      await site.use(placed.applicationUrl, { worker: state.worker ?? true, between });
      return placed;
    },
    smoke: async (placed, state, args) => {
      const io = fakeIo({ directory: folder.path, environment: { SMOKE_TOKEN: site.token(placed.userId) } });
      const { impatient } = state;
      const checks = impatient === undefined ? usual : written(impatient, IMPATIENT[impatient]);
      const exit = await runCli([...fixed, "--checks", checks, ...args], io);
      return { exit, stdout: io.out(), stderr: io.err() };
    },
    smokeProcess: (placed, args, options = {}) => {
      const env = { SMOKE_TOKEN: site.token(placed.userId) };
      return runProcess([...fixed, "--checks", usual, ...args], { cwd: folder.path, env, ...options });
    },
    close: async () => {
      await site.close();
      for (const template of templates.values()) await (await template).database.drop();
      folder.remove();
    },
  };
}

async function compile() {
  const checks = await loadCheckFiles([CHECKS]);
  const scratch = await startScratch({});
  try {
    return await compileContract({ checks, scratch, defaultSchema: "public" });
  } finally {
    await scratch.close();
  }
}

interface Template {
  readonly database: TestDatabase;
  readonly userId: string;
}

async function makeTemplate(base: readonly string[]): Promise<Template> {
  const database = await createTestDatabase("template");
  for (const name of base) await database.sql(readFileSync(join(INCIDENTS, "states", `${name}.sql`), "utf8"));
  let userId = "customer";
  if (base.includes("lumiku-expected")) {
    await database.sql(readFileSync(join(INCIDENTS, "../smoke/states/customer.sql"), "utf8"));
  } else if (base.includes("lumiku-production-2025-10-12")) {
    ({ userId } = await addCustomer(await database.connect()));
  }
  await database.disconnect();
  return { database, userId };
}

type TemplateFor = (base: readonly string[]) => Promise<Template>;

async function place(name: string, state: State, templateFor: TemplateFor): Promise<Placed> {
  const template = await templateFor(state.base);
  const database = await createTestDatabase(name, { template: template.database.name });
  await database.sql(state.sql);
  for (const statement of state.attempts ?? []) await database.sql(statement).catch(() => {});
  const role = state.role === undefined ? null : await database.createRole({ grants: state.role });
  const own = role?.url ?? database.url;
  const right = [state.application, state.look].includes("right") ? await placeRight(name, templateFor) : null;
  const counted = [database, ...(right === null ? [] : [right])];
  const counts = async () => {
    const each = await Promise.all(counted.map(countRows));
    return Object.assign({}, ...each.map((rows, at) => prefixed(at, rows))) as Counts;
  };
  const before = await counts();
  const other = state.meanwhile === undefined ? null : await database.connect();
  await other?.query(`begin; ${state.meanwhile}`);
  const urls = { nobody: NOBODY, right: right?.url ?? own, here: own };
  return {
    database,
    applicationUrl: urls[state.application ?? "here"],
    lookUrl: urls[state.look ?? "here"],
    userId: state.application === "right" ? "customer" : template.userId,
    before,
    counts,
    letGo: async () => {
      await other?.query("rollback");
    },
    drop: async () => {
      for (const each of counted) await each.drop();
    },
  };
}

/** What a deployment without any trouble has. */
export const RIGHT = readFileSync(join(INCIDENTS, "healthy-schema-bug-elsewhere/state.sql"), "utf8");
export const RIGHT_BASE = ["lumiku-expected", "prisma-record-table"];

async function placeRight(name: string, templateFor: TemplateFor): Promise<TestDatabase> {
  const { database } = await templateFor(RIGHT_BASE);
  const right = await createTestDatabase(`${name} right`, { template: database.name });
  await right.sql(RIGHT);
  return right;
}

function prefixed(at: number, counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).map(([name, rows]) => [at === 0 ? name : `right: ${name}`, rows]));
}

async function countRows(database: TestDatabase): Promise<Counts> {
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace n on n.oid = relnamespace
     where relkind in ('r', 'p') and nspname !~ '^(pg_|information_schema$)'`,
  );
  const each = tables.map(({ name }) => `select '${name}' as name, count(*)::int as rows from ${name}`);
  const rows = await database.query<{ name: string; rows: number }>(each.join(" union all "));
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}

export function reportOf({ stdout }: { readonly stdout: string }): Report {
  return JSON.parse(stdout) as Report;
}
