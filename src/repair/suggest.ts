/** Suggested steps, by cause. Suggested only: nothing here was tried, so `proved` is false. */
import type { Contract } from "../model/contract.js";
import { grantStatement } from "../model/grants.js";
import { groupBy } from "../model/group.js";
import { blocksDeploy } from "../model/history.js";
import type { NotDone, Proof, Repair, RepairStep } from "../model/repair.js";
import type { Cause, CauseCode, Gap, GapCode, History } from "../model/report.js";
import type { Trial } from "../model/trial.js";
import { command, statement } from "./commands.js";
import { commandsFor } from "./commands-for.js";

export interface Findings {
  readonly contract: Contract;
  readonly gaps: readonly Gap[];
  readonly causes: readonly Cause[];
  readonly histories: readonly History[];
  /** What running the migrations that wait showed on a copy; empty: nobody tried. */
  readonly trials: readonly Trial[];
}

/**
 * What a verification can say without a trial: grants, the commands of the migration tools, and that the rest is for
 * `schemaready repair`. In the order in which to take them; none when nothing is known to help.
 */
export function suggestRepair({ contract, gaps, causes, histories, trials }: Findings): Repair {
  const deploys = trials.map((trial) => ({ ...trial, left: null, refusals: [] }));
  // Scripts are not read here, so nothing is marked as applied but what its tool counted as run.
  const unread = { scripts: new Map(), unseen: new Map() };
  const { first, last, brings, notDone } = commandsFor({ contract, gaps, causes, histories, deploys, ...unread });
  const rest = restOf(gaps, causes, brings, notDone);
  const steps = [...grants(gaps), ...first, ...planned(rest, isHeldUp(histories) ? notDone : []), ...last];
  return { steps: unique(steps), notDone, proof: NOT_TRIED, proved: false };
}

/** What SQL could close, while nothing says to wait or to look elsewhere first. */
function restOf(
  gaps: readonly Gap[],
  causes: readonly Cause[],
  brings: ReadonlySet<string>,
  notDone: readonly NotDone[],
): Gap[] {
  const elsewhere = new Set(
    [
      ...causes.filter(({ code }) => NOT_NOW.includes(code)).map(({ explains }) => explains),
      ...notDone.map((each) => each.gaps),
    ].flat(),
  );
  return gaps.filter(({ id, code }) => !NOT_BY_SQL.includes(code) && !brings.has(id) && !elsewhere.has(id));
}

const NOT_BY_SQL: readonly GapCode[] = [
  "MISSING_PRIVILEGE",
  "MISSING_ROWS",
  "ROW_SECURITY_HIDES_ROWS",
  "MIGRATION_NOT_APPLIED",
];
const NOT_NOW: readonly CauseCode[] = [
  "WRONG_DATABASE",
  "WRONG_SCHEMA",
  "MIGRATION_RUNNING",
  "BLOCKED_BY_LOCK",
  "CONCURRENT_BUILD_RUNNING",
];

/** Whether a row makes a tool refuse to go on: then what is left to people is what to do next. */
function isHeldUp(histories: readonly History[]): boolean {
  return histories.some(({ migrations }) => migrations.some(blocksDeploy));
}

function planned(gaps: readonly Gap[], notDone: readonly NotDone[]): RepairStep[] {
  if (gaps.length > 0) return [plannedFor(gaps)];
  const [first] = notDone;
  if (first === undefined) return [];
  const why = `Says what is left to people, and why (${first.what}${notDone.length > 1 ? ", ..." : ""}). With --migrations DIR it reads the scripts, and can tell more. It changes nothing.`;
  return [command("schemaready repair", why)];
}

function plannedFor(gaps: readonly Gap[]): RepairStep {
  const what = gaps.length === 1 ? "the gap" : `the ${gaps.length} gaps`;
  return command(
    "schemaready repair",
    `Prints the statements for ${what} that no command of a migration tool closes, tried on a copy, and with what they risk. Give it the options of this verification; it changes nothing.`,
    { kind: "look" },
    gaps.map(({ id }) => id),
  );
}

const NOT_TRIED: Proof = { kind: "not-tried", reason: "a verification tries nothing; schemaready repair does" };

function grants(gaps: readonly Gap[]): RepairStep[] {
  return gaps.flatMap((gap) => {
    const sql = grantStatement(gap);
    return sql === null ? [] : [statement(sql, `${gap.message} To be run by the owner or an administrator.`, [gap.id])];
  });
}

function unique(steps: readonly RepairStep[]): RepairStep[] {
  const same = groupBy(steps, ({ kind, id, why }) => JSON.stringify([kind, id, kind === "command" ? why : ""]));
  return [...same.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : { ...first, gaps: [...new Set([first, ...others].flatMap(({ gaps }) => gaps))] },
  );
}
