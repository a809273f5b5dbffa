/** What to do next. */
import { grantStatement } from "../../model/grants.js";
import { groupBy } from "../../model/group.js";
import type { RepairStep } from "../../model/repair.js";
import type { Gap, Report } from "../../model/report.js";
import { hazardsText } from "../hazard-words.js";
import { labelled, line, type Row, verbatim } from "./page.js";

const NUMBER_WIDTH = 4;

/** Steps of the repair that share a number on the page, because there is one thing to say of them. */
export interface Task {
  readonly number: number;
  readonly why: string;
  readonly steps: readonly RepairStep[];
}

/** Grants stand together: what is missing is told with the gaps, and who may run them is told once. */
export function numberTasks({ repair, gaps }: Pick<Report, "repair" | "gaps">): Task[] {
  const messages = new Map(gaps.map((gap) => [grantStatement(gap), gap.message]));
  const told = repair.steps.map((step, at) => {
    const message = step.kind === "sql" ? messages.get(step.statement) : undefined;
    const isGrant = message !== undefined && step.why.startsWith(message);
    const why = isGrant ? step.why.slice(message.length).trim() : step.why;
    return { step, why, key: isGrant ? why : at };
  });
  return [...groupBy(told, ({ key }) => key).values()].map((same, at) => ({
    number: at + 1,
    why: same[0]?.why ?? "",
    steps: same.map(({ step }) => step),
  }));
}

/** The number of the step that closes a MISSING_PRIVILEGE gap; null when there is none. */
export function grantNumber(gap: Gap, tasks: readonly Task[]): number | null {
  const grant = grantStatement(gap);
  const found = tasks.find(({ steps }) => steps.some((step) => step.kind === "sql" && step.statement === grant));
  return found?.number ?? null;
}

export function stepsSection(report: Report): Row[] {
  const tasks = numberTasks(report);
  if (tasks.length === 0) return [];
  const isOne = report.repair.steps.length === 1;
  const these = isOne ? "This step" : "These steps";
  const proof = report.repair.proved
    ? `${these} ${isOne ? "was" : "were"} run on a copy and verified there.`
    : `${these} ${isOne ? "has" : "have"} not been tried on a copy: read ${isOne ? "it before you run it" : "them before you run them"}.`;
  return [
    line(0, "Next steps (schemaready never runs them itself)", "bold"),
    ...tasks.flatMap(taskRows),
    // What only looks needs no trial.
    ...(report.repair.steps.every(onlyLooks) ? [] : [line(2, proof, "dim")]),
  ];
}

function onlyLooks(step: RepairStep): boolean {
  return step.kind === "command" && step.effect.kind === "look";
}

function taskRows({ number, why, steps }: Task): Row[] {
  const rows = steps.flatMap(stepRows);
  return [labelled(2, `${number}.`, NUMBER_WIDTH, why), ...rows];
}

function stepRows(step: RepairStep): Row[] {
  const indent = 2 + NUMBER_WIDTH;
  if (step.kind === "command") return verbatim(indent, "$", step.run);
  const cautions = [
    ...(step.hazards.length === 0 ? [] : [`hazards: ${hazardsText(step.hazards)}`]),
    ...(step.transactional ? [] : ["must run outside a transaction"]),
  ];
  return [
    ...(cautions.length === 0 ? [] : [line(indent, cautions.join("; "), "yellow")]),
    ...verbatim(indent, "", step.statement),
  ];
}
