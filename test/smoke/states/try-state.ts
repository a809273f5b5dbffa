/** One state: what the command says with a look at the database and without one, and that nothing stays. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { RUN_FILE_DIRECTORY } from "../../../src/smoke/index.js";
import { type Bench, type Counts, type Placed, reportOf, type State } from "./bench.js";
import { brokenIn, reasonsIn, type Said, said } from "./lines.js";

/** What a state must give. */
export interface Expectation {
  /** Features that the schema breaks. */
  readonly broken: string;
  /** With --database-url. */
  readonly looked: Said;
  /** Without. */
  readonly blind: Said;
  /** Rows that the two runs leave, because the application cannot remove them in this state; absent: none. */
  readonly rows?: Counts;
  /** Makes it able to: then `--cleanup-only` removes all of them. Absent although rows stay: nobody can know of them. */
  readonly mend?: string;
}

/** What the runs have given, in the form of the expectation. */
export async function tryState(bench: Bench, name: string, state: State, mend?: string): Promise<Expectation> {
  const placed = await bench.place(name, state);
  try {
    const text = join(bench.folder.path, "page.txt");
    const args = [...(state.arguments ?? []), "--database-url", placed.lookUrl];
    const looked = await bench.smoke(placed, state, [...args, "--format", "json", "--format", `text=${text}`]);
    const report = reportOf(looked);
    expectTold(report, readFileSync(text, "utf8"));
    const blind = await bench.smoke(placed, state, ["--format", "json"]);
    await placed.letGo();
    const rows = difference(placed.before, await placed.counts());
    if (mend !== undefined) await cleanUpLater(bench, placed, mend);
    expect(runFiles(bench), "run files that nobody has cleaned up by").toEqual([]);
    const seen = { looked: said(looked.exit, report), blind: said(blind.exit, reportOf(blind)) };
    const left = Object.keys(rows).length === 0 ? {} : { rows };
    return { broken: brokenIn(report), ...seen, ...left, ...(mend === undefined ? {} : { mend }) };
  } finally {
    await bench.site.release();
    await placed.drop();
    rmSync(join(bench.folder.path, RUN_FILE_DIRECTORY), { recursive: true, force: true });
  }
}

/** Whoever reads the page is told why, in full. */
function expectTold(report: ReturnType<typeof reportOf>, page: string): void {
  const close = (text: string) => text.replace(/\s+/g, "");
  for (const reason of reasonsIn(report)) expect(close(page)).toContain(close(reason));
}

async function cleanUpLater(bench: Bench, placed: Placed, mend: string): Promise<void> {
  await placed.database.sql(mend);
  for (const file of runFiles(bench)) {
    const { exit, stdout, stderr } = await bench.smoke(placed, { base: [], sql: "" }, ["--cleanup-only", file]);
    expect({ exit, file: existsSync(file) }, stdout + stderr).toEqual({ exit: 0, file: false });
  }
  expect(await placed.counts()).toMatchObject(placed.before);
}

/** Runs that have left something. */
export function runFiles({ folder }: Bench): string[] {
  const directory = join(folder.path, RUN_FILE_DIRECTORY);
  return existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [];
}

export function difference(before: Counts, after: Counts): Counts {
  const names = Object.keys(after).filter((name) => after[name] !== before[name]);
  return Object.fromEntries(names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));
}
