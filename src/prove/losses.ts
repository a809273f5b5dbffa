/** A deploy that loses data is not in the plan: it is left to people, with what to look at first. Pure. */
import type { CommandStep, Hazard, NotDone, RepairStep } from "../model/repair.js";
import type { MigrationRisk } from "../model/waiting-migration.js";
import type { CommandPlan } from "../repair/index.js";
import type { SafetyOf } from "./risks.js";
import { riskText } from "./waiting.js";

/**
 * The commands without the deploys whose scripts drop or overwrite what is there, and without what stands behind these in
 * the same repository. What their gaps need is not done by SQL instead: the deploy brings it, once somebody has looked.
 */
export function withoutLosses(plan: CommandPlan, safetyOf: SafetyOf): CommandPlan {
  const held = new Set<string | null>();
  const left: { readonly step: CommandStep; readonly losses: readonly MigrationRisk[] }[] = [];
  const stays = (step: RepairStep): boolean => {
    if (step.kind !== "command" || step.effect.kind === "look") return true;
    const losses = lossesOf(step, safetyOf);
    if (losses.length > 0) held.add(step.application);
    if (!held.has(step.application)) return true;
    left.push({ step, losses });
    return false;
  };
  const [first, last] = [plan.first.filter(stays), plan.last.filter(stays)];
  if (left.length === 0) return plan;
  const ids = new Set(left.map(({ step }) => step.id));
  const stay = new Set([...first, ...last].flatMap(({ gaps }) => gaps));
  const lost = new Set(left.flatMap(({ step }) => step.gaps).filter((id) => !stay.has(id)));
  return {
    ...{ first, last, toSee: plan.toSee.filter(({ step }) => !ids.has(step)) },
    brings: new Set([...plan.brings].filter((id) => !lost.has(id))),
    notDone: [...plan.notDone, ...left.map(({ step, losses }) => notDone(step, losses))],
  };
}

function lossesOf({ effect }: CommandStep, safetyOf: SafetyOf): MigrationRisk[] {
  if (effect.kind !== "deploy") return [];
  return effect.migrations.flatMap((name) => {
    const safety = safetyOf(name);
    return safety.kind === "read" ? safety.risks.filter(({ hazards }) => hazards.some(isLoss)) : [];
  });
}

function isLoss({ kind }: { readonly kind: string }): boolean {
  return kind === "data-loss";
}

const LOSS: Hazard = { kind: "data-loss", lock: null, subject: null };

function notDone(step: CommandStep, losses: readonly MigrationRisk[]): NotDone {
  const names = step.effect.kind === "look" ? [] : step.effect.migrations;
  const why =
    losses.length === 0
      ? `It stands behind a deploy that is left to people. ${step.why}`
      : `It loses data, so look first whether anybody needs what goes: ${losses.map(riskText).join("; ")}. ${step.why}`;
  return {
    ...{ gaps: step.gaps, what: `${step.effect.kind === "deploy" ? "Deploy" : "Record"} ${names.join(", ")}`, why },
    ...{ statements: [step.run], hazards: losses.length === 0 ? [] : [LOSS], checks: [], option: null },
  };
}
