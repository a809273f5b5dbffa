/** The plan on a terminal: what to run, what each statement risks, what is left to people. */
import { type ScriptPart, scriptOf } from "../../model/plan-script.js";
import type { CommandStep, NotDone, SqlStep } from "../../model/repair.js";
import type { Report } from "../../model/report.js";
import { hazardsText } from "../hazard-words.js";
import type { Reporter } from "../reporter.js";
import { where } from "../text/headline.js";
import { labelled, layOut, line, type Row, type Style, sections, verbatim } from "../text/page.js";
import { appliesText, safetyTexts, statusOf } from "./waiting.js";
import { APPLY, checkText, notDoneWhy, planHeadline, proofText, settingText, sizeText } from "./words.js";

const NUMBER_WIDTH = 4;
const INSIDE = 2 + NUMBER_WIDTH;
/** Of one migration; the runbook has them all. */
const MOST_RISKS = 3;
const PROOF: Readonly<Record<string, Style>> = { proved: "green", unproved: "red", "not-tried": "yellow" };

export const repairText: Reporter = (report, options) => {
  const { repair } = report;
  const parts = scriptOf(repair.steps);
  return layOut(
    sections(
      [labelled(0, "PLAN", 6, planHeadline(report), { label: "bold", text: "bold" })],
      [...where(report), ...proofRows(report)],
      ...migrationRows(report),
      ...(parts.length === 0 ? [] : [[line(0, "Steps (schemaready never runs them itself)", "bold")]]),
      ...parts.map((part, at) => partRows(part, at + 1)),
      ...notDoneSection(repair.notDone),
      parts.some(({ kind }) => kind !== "command") ? applyRows() : [],
    ),
    options,
  );
};

function proofRows({ repair, gaps }: Report): Row[] {
  if (gaps.length === 0) return [];
  return [line(0, proofText(repair.proof), PROOF[repair.proof.kind] ?? null)];
}

function migrationRows(report: Report): Row[][] {
  const { migrations } = report.repair;
  if (migrations.length === 0) return [];
  const rows = migrations.flatMap((each) => [
    labelled(2, "-", 2, `${each.name}: ${statusOf(report, each)}; ${appliesText(each.applies)}`),
    ...safetyTexts(each, MOST_RISKS).map((text) => line(4, text, "yellow")),
  ]);
  return [[line(0, "Migrations that wait", "bold"), ...rows]];
}

function partRows(part: ScriptPart, number: number): Row[] {
  if (part.kind === "command") return commandRows(part.step, number);
  const steps = part.kind === "statement" ? [part.step] : part.steps;
  const [first] = steps;
  if (first === undefined) return [];
  return [
    labelled(2, `${number}.`, NUMBER_WIDTH, settingText(first), { text: "dim" }),
    ...steps.flatMap((step) => stepRows(step)),
  ];
}

function commandRows({ run, why }: CommandStep, number: number): Row[] {
  return [labelled(2, `${number}.`, NUMBER_WIDTH, why), ...verbatim(INSIDE, "$", run)];
}

function stepRows(step: SqlStep): Row[] {
  const size = sizeText(step.table);
  return [
    line(INSIDE, step.why),
    ...verbatim(INSIDE + 2, "", step.statement),
    ...(step.hazards.length === 0 ? [] : [line(INSIDE + 2, hazardsText(step.hazards), "yellow")]),
    ...(size === null ? [] : [line(INSIDE + 2, size, "dim")]),
    ...step.checks.map((check) => line(INSIDE + 2, `checked: ${checkText(check)}`, "dim")),
  ];
}

function notDoneSection(notDone: readonly NotDone[]): Row[][] {
  if (notDone.length === 0) return [];
  return [[line(0, "Not done for you", "bold"), ...notDone.flatMap(notDoneRows)]];
}

function notDoneRows(each: NotDone): Row[] {
  return [
    labelled(2, "-", 2, each.what),
    line(4, notDoneWhy(each)),
    ...(each.hazards.length === 0 ? [] : [line(4, hazardsText(each.hazards), "yellow")]),
    ...each.checks.flatMap((check) => [
      line(4, `look first: ${checkText(check)}`, "dim"),
      ...verbatim(6, "", check.statement),
    ]),
    ...each.statements.flatMap((statement) => verbatim(6, "", statement)),
  ];
}

function applyRows(): Row[] {
  return [
    line(0, "To run the statements, and look again", "bold"),
    ...verbatim(2, "$", APPLY),
    ...verbatim(2, "$", "schemaready verify ..."),
  ];
}
