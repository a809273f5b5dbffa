/**
 * The plan as a runbook, the page that teams write by hand in an incident: summary, missing columns, migrations with
 * their state, steps, how to verify, how to go back.
 */
import { type ScriptPart, scriptOf, statementsOf } from "../../model/plan-script.js";
import type { NotDone, SqlStep } from "../../model/repair.js";
import type { Report } from "../../model/report.js";
import { plural } from "../display.js";
import { hazardsText } from "../hazard-words.js";
import { columnsSection, historySection, section, where } from "../markdown.js";
import { block, code, plain, table } from "../markdown-text.js";
import type { Reporter } from "../reporter.js";
import { headlineText } from "../text/headline.js";
import { STATUSES } from "../wording.js";
import { appliesText, safetyTexts, statusOf } from "./waiting.js";
import { APPLY, checkText, notDoneWhy, planHeadline, proofText, sizeText, undoStatements } from "./words.js";

type Lines = readonly string[];

export const repairMarkdown: Reporter = (report) =>
  `${[
    [`# Repair plan for ${plain(report.target.database)}`],
    where(report),
    summarySection(report),
    columnsSection(report),
    ...report.history.map(historySection),
    waitingSection(report),
    stepsSection(report),
    notDoneSection(report.repair.notDone),
    verificationSection(report),
    rollBackSection(report),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;

function summarySection(report: Report): Lines {
  const broken = report.features.filter(({ status }) => status !== "working");
  const features = broken.map(({ title, status }) => `${plain(title)} (${STATUSES[status].word})`);
  return section("Summary", [
    `- ${plain(headlineText(report))}`,
    ...(features.length === 0 ? [] : [`- Features: ${features.join(", ")}`]),
    ...report.causes.map(
      ({ message, code: cause, confidence }) => `- Why: ${plain(message)} (${code(cause)}, ${confidence})`,
    ),
    `- Plan: ${plain(planHeadline(report))}`,
    ...(report.gaps.length === 0 ? [] : [`- ${plain(proofText(report.repair.proof))}`]),
  ]);
}

function waitingSection(report: Report): Lines {
  const rows = report.repair.migrations.map((each) => {
    const safety = safetyTexts(each).map(plain).join("<br>");
    return [code(each.name), plain(statusOf(report, each)), plain(appliesText(each.applies)), safety];
  });
  return section(
    "Pending migrations and their safety",
    table(["migration", "state", "on this database", "what it risks"], rows),
  );
}

function stepsSection({ repair }: Report): Lines {
  const lines = scriptOf(repair.steps).flatMap((part, at) => partLines(part, at + 1));
  return section("Steps (schemaready never runs them itself)", lines.slice(0, -1));
}

function partLines(part: ScriptPart, number: number): Lines {
  const indent = " ".repeat(`${number}. `.length);
  if (part.kind === "command") {
    return [`${number}. ${plain(part.step.why)}`, "", ...block("sh", part.step.run, indent), ""];
  }
  const steps = part.kind === "statement" ? [part.step] : part.steps;
  const title = part.kind === "statement" ? "Outside of a transaction:" : "In one transaction:";
  return [
    `${number}. ${title}`,
    ...steps.flatMap((step) => aboutStep(step).map((each) => `${indent}- ${each}`)),
    "",
    ...block("sql", statementsOf(part).join("\n"), indent),
    "",
  ];
}

/** The reason, then what to know before one runs it. */
function aboutStep(step: SqlStep): Lines {
  const size = sizeText(step.table);
  const facts = [
    ...(step.hazards.length === 0 ? [] : [`hazards: ${hazardsText(step.hazards)}`]),
    ...(size === null ? [] : [size]),
    ...step.checks.map((check) => `checked: ${checkText(check)}`),
  ];
  return [`${plain(step.why)}${facts.length === 0 ? "" : ` (${facts.map(plain).join("; ")})`}`];
}

function notDoneSection(notDone: readonly NotDone[]): Lines {
  const lines = notDone.flatMap((each) => [
    `- **${plain(each.what)}** ${plain(notDoneWhy(each))}${each.hazards.length === 0 ? "" : ` Hazards: ${plain(hazardsText(each.hazards))}.`}`,
    ...each.checks.flatMap((check) => [
      `  - Look first: ${plain(checkText(check))}`,
      "",
      ...block("sql", check.statement, "    "),
      "",
    ]),
    ...(each.statements.length === 0
      ? []
      : [...gapAfter(each), ...block(languageOf(each), each.statements.join("\n"), "  "), ""]),
  ]);
  return section("Not done for you", lines.at(-1) === "" ? lines.slice(0, -1) : lines);
}

/** Statements end in a semicolon, commands of tools do not. */
function languageOf({ statements }: NotDone): "sql" | "sh" {
  return statements.every((statement) => statement.trimEnd().endsWith(";")) ? "sql" : "sh";
}

/** A block needs a blank line before it; the last block of the checks has left one. */
function gapAfter({ checks }: NotDone): Lines {
  return checks.length === 0 ? [""] : [];
}

function verificationSection({ gaps, repair }: Report): Lines {
  if (gaps.length === 0) return [];
  const rows = repair.steps.flatMap((step) =>
    step.kind === "sql"
      ? step.checks.map((check) => [plain(check.counts), plain(answerOf(check)), code(check.statement)])
      : [],
  );
  return section("Verification", [
    ...table(["before: what is counted", "answer", "statement"], rows),
    ...(rows.length === 0 ? [] : [""]),
    `Afterwards the same verification has to say that ${plural(gaps.length, "gap is", "gaps are")} closed, but for what stands under "Not done for you":`,
    "",
    ...block("sh", `${APPLY}\nschemaready verify ...`),
  ]);
}

function answerOf({ answer }: SqlStep["checks"][number]): string {
  if (answer.kind === "count") return String(answer.count);
  return answer.kind === "unknown" ? answer.reason : "not asked";
}

function rollBackSection({ repair }: Report): Lines {
  const undo = undoStatements(repair);
  if (undo.length === 0) return [];
  return section("Roll-back notes", [
    "The last first. Rows that were written in between stay as they are; what a column held is gone with the column.",
    "",
    ...block("sql", undo.join("\n")),
  ]);
}
