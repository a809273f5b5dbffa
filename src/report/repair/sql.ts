/**
 * The plan as a file for psql: statements to be run, everything else as comments. Texts come from a database that anybody
 * may have written to: a comment stays on its line, whatever a name holds.
 */
import { type ScriptPart, scriptOf, statementsOf } from "../../model/plan-script.js";
import type { NotDone, SqlStep } from "../../model/repair.js";
import type { Report } from "../../model/report.js";
import { displayTime } from "../../model/time.js";
import { displaySafe } from "../display.js";
import { hazardsText } from "../hazard-words.js";
import type { Reporter } from "../reporter.js";
import { appliesText, safetyTexts, statusOf } from "./waiting.js";
import { checkText, notDoneWhy, planHeadline, proofText, sizeText, undoStatements } from "./words.js";

type Lines = readonly string[];

const WIDTH = 118;

/** This file is UTF-8, and its strings have no escapes, whatever the role or the database has set. */
const SESSION: Lines = [
  "\\set ON_ERROR_STOP on",
  "SET client_encoding = 'UTF8';",
  "SET standard_conforming_strings = on;",
];

/** Before anything is changed. A transaction that psql has begun started with an earlier statement than this one. */
const GUARD: Lines = [
  ...comment("The plan has transactions of its own: within another one, it would be committed in parts after all."),
  `DO $guard$
BEGIN
  IF pg_catalog.now() <> pg_catalog.statement_timestamp() THEN
    RAISE EXCEPTION 'the plan has transactions of its own, and nothing of it was run'
      USING HINT = 'Run it without --single-transaction, and with AUTOCOMMIT on.';
  END IF;
END
$guard$;`,
];

export const repairSql: Reporter = (report) => {
  const parts = scriptOf(report.repair.steps);
  const hasStatements = parts.some(({ kind }) => kind !== "command");
  return `${[
    head(report),
    migrationLines(report),
    ...(hasStatements ? [SESSION, GUARD] : []),
    ...parts.map((part, at) => partLines(part, at + 1)),
    ...(parts.some(({ kind }) => kind === "statement") ? [["RESET lock_timeout;", "RESET statement_timeout;"]] : []),
    notDoneLines(report.repair.notDone),
    undoLines(report),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
};

function head(report: Report): Lines {
  const { target, checkedAt, repair, tool, contract } = report;
  const commands = repair.steps.filter(({ kind }) => kind === "command").length;
  return [
    ...comment(`Repair plan of ${tool.name} ${tool.version}: ${planHeadline(report)}.`),
    ...comment(
      `For ${target.user}@${target.host}:${target.port}/${target.database}, schema ${target.schema}, as it was on ${displayTime(checkedAt)}; contract ${contract.id}.`,
    ),
    ...comment(proofText(repair.proof)),
    ...comment('Read it, then: psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f plan.sql (not with --single-transaction).'),
    ...(commands === 0
      ? []
      : comment(`Commands of the migration tool that belong before or between the statements: ${commands}.`)),
  ];
}

function migrationLines(report: Report): Lines {
  const { migrations } = report.repair;
  if (migrations.length === 0) return [];
  return [
    ...comment("Migrations that wait"),
    ...migrations.flatMap((each) => [
      ...comment(`- ${each.name}: ${statusOf(report, each)}; ${appliesText(each.applies)}`),
      ...safetyTexts(each).flatMap((text) => comment(text, "  ")),
    ]),
  ];
}

function partLines(part: ScriptPart, number: number): Lines {
  if (part.kind === "command") {
    const { run, why } = part.step;
    return [
      ...comment(`${number}. By hand, where the application's repository is: ${why}`),
      `--   $ ${displaySafe(run)}`,
    ];
  }
  const steps = part.kind === "statement" ? [part.step] : part.steps;
  const about = steps.map((step) => stepComments(step, number));
  if (part.kind === "statement") return [...about.flat(), ...statementsOf(part)];
  // BEGIN and its timeouts, a statement for each step, COMMIT.
  const statements = statementsOf(part);
  const before = statements.slice(0, -steps.length - 1);
  return [
    ...comment(`${number}. In one transaction:`),
    ...before,
    ...steps.flatMap(({ statement }, at) => ["", ...(about[at] ?? []), statement]),
    "",
    ...statements.slice(-1),
  ];
}

function stepComments(step: SqlStep, number: number): Lines {
  const size = sizeText(step.table);
  return [
    ...comment(step.transactional ? step.why : `${number}. ${step.why}`),
    ...(step.hazards.length === 0 ? [] : comment(`hazards: ${hazardsText(step.hazards)}`)),
    ...(size === null ? [] : comment(`table: ${size}`)),
    ...step.checks.flatMap((check) => comment(`checked: ${checkText(check)}`)),
  ];
}

function notDoneLines(notDone: readonly NotDone[]): Lines {
  if (notDone.length === 0) return [];
  return [
    ...comment("Not done for you"),
    ...notDone.flatMap((each) => [
      "--",
      ...comment(`- ${each.what}`),
      ...comment(notDoneWhy(each), "  "),
      ...(each.hazards.length === 0 ? [] : comment(`hazards: ${hazardsText(each.hazards)}`, "  ")),
      ...each.checks.flatMap((check) => [
        ...comment(`look first: ${checkText(check)}`, "  "),
        ...quoted(check.statement),
      ]),
      ...each.statements.flatMap(quoted),
    ]),
  ];
}

function undoLines({ repair }: Report): Lines {
  const undo = undoStatements(repair);
  if (undo.length === 0) return [];
  return [
    ...comment("To take it back, the last first (rows that were written in between stay as they are):"),
    ...undo.flatMap(quoted),
  ];
}

/** Wrapped between words; continuation lines are indented. */
function comment(text: string, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of displaySafe(text).split(" ")) {
    if (line !== "" && line.length + 1 + word.length > WIDTH - indent.length) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `-- ${indent}${each}`);
}

/** A statement as a comment, each of its lines. */
function quoted(statement: string): string[] {
  return statement.split("\n").map((line) => `--     ${displaySafe(line)}`);
}
