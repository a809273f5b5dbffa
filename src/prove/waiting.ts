/** Each migration that waits, with what its script does and whether it ran on the copy. Pure. */
import { isUndone, shareHistories } from "../model/history.js";
import type { RepairStep } from "../model/repair.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import type { History } from "../model/report.js";
import type { MigrationApplies, MigrationRisk, WaitingMigration } from "../model/waiting-migration.js";
import type { DeployTrial } from "../repair/index.js";
import type { SafetyOf } from "./risks.js";

/** Names of what the application requires and the records do not have. */
export function waitingNames(histories: readonly History[]): ReadonlySet<string> {
  return new Set(histories.flatMap(({ migrations }) => migrations.filter(waits)).map(({ name }) => name));
}

/** In the order of the records. @param deploys with what was refused in later rounds */
export function waitingMigrations(
  histories: readonly History[],
  deploys: readonly DeployTrial[],
  safetyOf: SafetyOf,
): WaitingMigration[] {
  return shareHistories(histories).flatMap(({ applications, migrations }) => {
    const trial = deploys.find(({ application }) => applications.includes(application)) ?? null;
    return migrations.filter(waits).map(({ name }) => {
      const safety = safetyOf(name);
      const notTried = safety.kind === "unknown" ? safety.reason : "it was not tried on a copy";
      return { name, applications, safety, applies: appliesIn(trial, name, notTried) };
    });
  });
}

function waits(migration: History["migrations"][number]): boolean {
  return migration.required && isUndone(migration);
}

function appliesIn(trial: DeployTrial | null, name: string, notTried: string): MigrationApplies {
  const at = trial?.tried.indexOf(name) ?? -1;
  if (trial === null || at < 0) return { kind: "unknown", reason: notTried };
  const { where, result } = trial;
  const failures = [...(result.kind === "failed" ? [result.failure] : []), ...trial.refusals];
  const own = failures.find(({ migration }) => migration === name);
  if (own !== undefined) return { kind: "no", where, failure: refusedIn(own) };
  if (result.kind === "unknown") return { kind: "unknown", reason: result.reason };
  const before = failures.find(({ migration }) => trial.tried.indexOf(migration) < at);
  if (before === undefined) return { kind: "yes", where };
  return { kind: "unknown", reason: `it stands behind ${before.migration}, which is refused` };
}

function refusedIn({ file, line, statement, sqlstate, message }: ReplayFailure) {
  return { file, line, statement, sqlstate, message };
}

/** A copy has no rows, so what a deploy does to them is said in its own step, where nobody can miss it. */
export function withWarnings(
  steps: readonly RepairStep[],
  migrations: readonly WaitingMigration[],
): readonly RepairStep[] {
  return steps.map((step) => {
    if (step.kind !== "command" || step.effect.kind !== "deploy") return step;
    const { effect } = step;
    const risks = migrations.flatMap(({ name, safety }) =>
      effect.migrations.includes(name) && safety.kind === "read" ? safety.risks : [],
    );
    return { ...step, why: [step.why, ...warnings(risks)].join(" ") };
  });
}

function warnings(risks: readonly MigrationRisk[]): string[] {
  const refusals = risks.filter(({ hazards }) => hazards.some(({ kind }) => kind === "fails-with-rows")).map(riskText);
  return refusals.length === 0 ? [] : [`The copy had no rows, and rows can refuse it: ${refusals.join("; ")}.`];
}

/** `a.old is dropped with its values (2_b/migration.sql:1)` */
export function riskText({ message, file, line }: MigrationRisk): string {
  const place = [file, line].filter((each) => each !== null).join(":");
  return place === "" ? message : `${message} (${place})`;
}
