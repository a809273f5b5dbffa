/** Runs the rules and settles what they say: the strongest explanation of a gap wins, and each root cause is said once. */
import type { Contract } from "../model/contract.js";
import { stableId } from "../model/hash.js";
import { compareText } from "../model/names.js";
import type { Observation, Observed } from "../model/observation.js";
import { CAUSE_CODES, type Cause, type Gap, type History, type Unverified } from "../model/report.js";
import type { Surroundings } from "../model/surroundings.js";
import type { Trial } from "../model/trial.js";
import { followersOf, withFollowers, withoutFollowers } from "./followers.js";
import { buildLedgers } from "./ledger.js";
import type { Explanation, Facts, Rule } from "./rule.js";
import { appliedThenLost } from "./rules/applied-then-lost.js";
import { blockedByLock } from "./rules/blocked-by-lock.js";
import { concurrentBuildFailed } from "./rules/concurrent-build-failed.js";
import { concurrentBuildRunning } from "./rules/concurrent-build-running.js";
import { databaseAhead } from "./rules/database-ahead.js";
import { migrationCannotApply } from "./rules/migration-cannot-apply.js";
import { migrationEdited } from "./rules/migration-edited.js";
import { migrationFailed } from "./rules/migration-failed.js";
import { migrationPending } from "./rules/migration-pending.js";
import { migrationRolledBack } from "./rules/migration-rolled-back.js";
import { migrationRunning } from "./rules/migration-running.js";
import { nameCase } from "./rules/name-case.js";
import { noHistory } from "./rules/no-history.js";
import { noMigrationCreatesIt } from "./rules/no-migration-creates-it.js";
import { orderDiffers } from "./rules/order-differs.js";
import { permissionDenied } from "./rules/permission-denied.js";
import { recordForged } from "./rules/record-forged.js";
import { recordedWithoutRunning } from "./rules/recorded-without-running.js";
import { renamed } from "./rules/renamed.js";
import { rowSecurity } from "./rules/row-security.js";
import { skippedByIfNotExists } from "./rules/skipped-by-if-not-exists.js";
import { unknown } from "./rules/unknown.js";
import { wrongDatabase } from "./rules/wrong-database.js";
import { wrongSchema } from "./rules/wrong-schema.js";
import { STRENGTH, settle } from "./settle.js";

const RULES: readonly Rule[] = [
  // First: what is said once more by a warning about the history belongs to them.
  wrongDatabase,
  wrongSchema,
  migrationCannotApply,
  migrationFailed,
  recordForged,
  recordedWithoutRunning,
  migrationEdited,
  migrationRolledBack,
  migrationRunning,
  migrationPending,
  noHistory,
  databaseAhead,
  orderDiffers,
  appliedThenLost,
  skippedByIfNotExists,
  noMigrationCreatesIt,
  nameCase,
  renamed,
  permissionDenied,
  rowSecurity,
  blockedByLock,
  concurrentBuildRunning,
  concurrentBuildFailed,
];

export interface DiagnoseInput {
  /** All gaps, MIGRATION_NOT_APPLIED included. */
  readonly gaps: readonly Gap[];
  readonly histories: readonly History[];
  readonly contract: Contract;
  readonly unverified?: readonly Unverified[];
  readonly observation?: Pick<Observation, "target" | "models">;
  /** Null or absent: nobody looked around. */
  readonly surroundings?: Observed<Surroundings> | null;
  /** What running the migrations that wait on copies showed; absent: nobody tried. */
  readonly trials?: readonly Trial[];
}

/**
 * Takes what is wrong and what was seen around it, and gives the causes in the order in which to tell them, UNKNOWN last. Every
 * gap of severity error is explained by at least one cause.
 */
export function diagnose(input: DiagnoseInput): Cause[] {
  const { gaps } = input;
  const facts = factsOf(input);
  const followers = followersOf(gaps);
  const told = withoutFollowers(
    RULES.flatMap((rule) => rule(facts)),
    followers,
  );
  const settled = withFollowers(settle(told), followers);
  const explained = new Set(settled.flatMap((each) => each.gaps));
  const errors = new Set(gaps.filter(({ severity }) => severity === "error").map(({ id }) => id));
  const order = new Map(gaps.map(({ id }, at) => [id, at]));
  return [...settled, ...unknown(facts, explained)]
    .map((explanation) => toCause(explanation, order))
    .sort((a, b) => compareCauses(a, b, errors));
}

function factsOf(input: DiagnoseInput): Facts {
  const { gaps, histories, contract, unverified = [], observation, surroundings, trials = [] } = input;
  return {
    gaps,
    contract,
    ledgers: buildLedgers(contract, histories, gaps, trials),
    unverified,
    target: observation?.target ?? null,
    models: observation?.models ?? [],
    surroundings: surroundings?.known === true ? surroundings.value : null,
    lookFailed: surroundings?.known === false ? surroundings.reason : null,
  };
}

/** Gives each gap the ids of the causes that explain it, in the order of the causes. */
export function attachCauses(gaps: readonly Gap[], causes: readonly Cause[]): Gap[] {
  return gaps.map((gap) => ({
    ...gap,
    causes: causes.filter(({ explains }) => explains.includes(gap.id)).map(({ id }) => id),
  }));
}

function toCause(
  { code, key, confidence, gaps, message, evidence, doubt, doubtSource, unverified = [] }: Explanation,
  order: ReadonlyMap<string, number>,
): Cause {
  const explains = [...new Set(gaps)].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const facts = doubt === null ? evidence : [...evidence, { fact: doubt, source: doubtSource ?? "contract" }];
  const id = stableId("c", [code, confidence, ...key]);
  return { id, code, confidence, explains, unverified, message, evidence: facts };
}

/** What breaks something comes before what only warns, what is sure before what is not, what explains most before the rest. */
function compareCauses(a: Cause, b: Cause, errors: ReadonlySet<string>): number {
  const weight = ({ explains }: Cause) => explains.filter((id) => errors.has(id)).length;
  return (
    Number(a.code === "UNKNOWN") - Number(b.code === "UNKNOWN") ||
    Number(weight(a) === 0) - Number(weight(b) === 0) ||
    STRENGTH[b.confidence] - STRENGTH[a.confidence] ||
    weight(b) - weight(a) ||
    b.explains.length - a.explains.length ||
    CAUSE_CODES.indexOf(a.code) - CAUSE_CODES.indexOf(b.code) ||
    compareText(a.id, b.id)
  );
}
