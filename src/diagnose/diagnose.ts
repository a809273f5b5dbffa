/** Runs the rules and settles what they say: the strongest explanation of a gap wins, and each root cause is said once. */
import type { Contract } from "../model/contract.js";
import { stableId } from "../model/hash.js";
import { compareText } from "../model/names.js";
import { CAUSE_CODES, type Cause, type Confidence, type Gap, type History } from "../model/report.js";
import type { Trial } from "../model/trial.js";
import { buildLedgers } from "./ledger.js";
import type { Explanation, Facts, Rule } from "./rule.js";
import { appliedThenLost } from "./rules/applied-then-lost.js";
import { databaseAhead } from "./rules/database-ahead.js";
import { migrationCannotApply } from "./rules/migration-cannot-apply.js";
import { migrationEdited } from "./rules/migration-edited.js";
import { migrationFailed } from "./rules/migration-failed.js";
import { migrationPending } from "./rules/migration-pending.js";
import { migrationRolledBack } from "./rules/migration-rolled-back.js";
import { migrationRunning } from "./rules/migration-running.js";
import { noHistory } from "./rules/no-history.js";
import { permissionDenied } from "./rules/permission-denied.js";
import { recordForged } from "./rules/record-forged.js";
import { recordedWithoutRunning } from "./rules/recorded-without-running.js";
import { unknown } from "./rules/unknown.js";

const RULES: readonly Rule[] = [
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
  appliedThenLost,
  permissionDenied,
];

const STRENGTH: Record<Confidence, number> = { possible: 1, likely: 2, certain: 3 };

/**
 * Takes all gaps (MIGRATION_NOT_APPLIED included) and gives the causes: what explains most first, UNKNOWN last. Every
 * gap of severity error is explained by at least one cause.
 */
export function diagnose(input: {
  readonly gaps: readonly Gap[];
  readonly histories: readonly History[];
  readonly contract: Contract;
  /** What running the migrations that wait on copies showed; absent: nobody tried. */
  readonly trials?: readonly Trial[];
}): Cause[] {
  const { gaps, histories, contract, trials = [] } = input;
  const facts: Facts = { gaps, contract, ledgers: buildLedgers(contract, histories, gaps, trials) };
  const settled = settle(RULES.flatMap((rule) => rule(facts)));
  const explained = new Set(settled.flatMap((each) => each.gaps));
  const errors = new Set(gaps.filter(({ severity }) => severity === "error").map(({ id }) => id));
  const order = new Map(gaps.map(({ id }, at) => [id, at]));
  return [...settled, ...unknown(facts, explained)]
    .map((explanation) => toCause(explanation, order))
    .sort((a, b) => compareCauses(a, b, errors));
}

/** Gives each gap the ids of the causes that explain it, in the order of the causes. */
export function attachCauses(gaps: readonly Gap[], causes: readonly Cause[]): Gap[] {
  return gaps.map((gap) => ({
    ...gap,
    causes: causes.filter(({ explains }) => explains.includes(gap.id)).map(({ id }) => id),
  }));
}

/** Drops what explains a gap less surely than another explanation does, and every explanation that is left without gaps. */
function settle(explanations: readonly Explanation[]): Explanation[] {
  const best = new Map<string, number>();
  for (const { gaps, confidence } of explanations) {
    for (const gap of gaps) best.set(gap, Math.max(best.get(gap) ?? 0, STRENGTH[confidence]));
  }
  const kept = explanations.map((each) => ({
    ...each,
    gaps: each.gaps.filter((gap) => best.get(gap) === STRENGTH[each.confidence]),
  }));
  return withRestatements(kept);
}

/** A restating gap goes with the first explanation that explains something else too; alone it is its own proof. */
function withRestatements(explanations: readonly Explanation[]): Explanation[] {
  const said = new Set<string>();
  const claim = (explanation: Explanation): Explanation => {
    const restates = explanation.restates.filter((id) => !said.has(id));
    for (const id of restates) said.add(id);
    return { ...explanation, gaps: [...explanation.gaps, ...restates], restates };
  };
  const explaining = explanations.filter(({ gaps }) => gaps.length > 0).map(claim);
  const alone = explanations
    .filter(({ gaps }) => gaps.length === 0)
    .map((each) => claim({ ...each, confidence: "certain", doubt: null }))
    .filter(({ gaps }) => gaps.length > 0);
  return [...explaining, ...alone];
}

function toCause(
  { code, key, confidence, gaps, message, evidence, doubt }: Explanation,
  order: ReadonlyMap<string, number>,
): Cause {
  const explains = [...new Set(gaps)].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const facts = doubt === null ? evidence : [...evidence, { fact: doubt, source: "contract" }];
  return { id: stableId("c", [code, confidence, ...key]), code, confidence, explains, message, evidence: facts };
}

function compareCauses(a: Cause, b: Cause, errors: ReadonlySet<string>): number {
  const weight = ({ explains }: Cause) => explains.filter((id) => errors.has(id)).length;
  return (
    Number(a.code === "UNKNOWN") - Number(b.code === "UNKNOWN") ||
    weight(b) - weight(a) ||
    STRENGTH[b.confidence] - STRENGTH[a.confidence] ||
    CAUSE_CODES.indexOf(a.code) - CAUSE_CODES.indexOf(b.code) ||
    compareText(a.id, b.id)
  );
}
