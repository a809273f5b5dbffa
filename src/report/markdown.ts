/**
 * The report as a page of Markdown: for a pull request, a ticket, a chat. Why, then which columns are missing with what
 * that breaks and which migration brings them, the rest of what is wrong, the migrations and the next steps.
 */
import { groupBy } from "../model/group.js";
import type { RepairStep } from "../model/repair.js";
import type { Cause, Gap, History, Report } from "../model/report.js";
import { displayTime } from "../model/time.js";
import { baselineWords } from "./baseline-words.js";
import { plural, subjectWithKind } from "./display.js";
import { statementIn } from "./evidence.js";
import { hazardsText } from "./hazard-words.js";
import { smokeLines } from "./markdown-smoke.js";
import { block, code, plain, table } from "./markdown-text.js";
import type { Reporter } from "./reporter.js";
import { columnText } from "./text/definitions.js";
import { headline, headlineText } from "./text/headline.js";
import { serverRefusal } from "./text/server.js";
import { causeAdvice, STATUSES, unverifiedAdvice } from "./wording.js";

type Lines = readonly string[];

export const markdown: Reporter = (report) =>
  `${[
    title(report),
    where(report),
    section("Smoke run", smokeLines(report.smoke)),
    causesSection(report),
    featuresSection(report),
    columnsSection(report),
    gapsSection(report),
    baselineLines(report),
    unverifiedSection(report),
    ...report.history.map(historySection),
    stepsSection(report.repair.steps),
    footer(report),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;

function baselineLines(report: Report): Lines {
  const words = baselineWords(report);
  if (words === null) return [];
  const items = [
    ...words.accepted.map((each) => `- accepted: ${plain(each)}`),
    ...words.stale.map((each) => `- stale: ${plain(each)}`),
  ];
  return section("Baseline", [`${plain(words.summary)}.`, "", ...items]);
}

function title(report: Report): Lines {
  const [first] = headline(report);
  const word = first?.label.trim() ?? "";
  const sentence = headlineText(report).slice(word.length).trim();
  return [`# ${word}`, "", plain(sentence)];
}

export function where({ target, checkedAt }: Report): Lines {
  if (target.host === "") return ["Looked at no database."];
  const server = target.server === null ? "no answer from the server" : `PostgreSQL ${plain(target.server)}`;
  const address = code(`${target.user}@${target.host}:${target.port}/${target.database}`);
  return [`Looked at ${address}, schema ${code(target.schema)}, ${server}, on ${plain(displayTime(checkedAt))}.`];
}

export function section(heading: string, lines: Lines): Lines {
  return lines.length === 0 ? [] : [`## ${heading}`, "", ...lines];
}

function causesSection({ causes, gaps }: Report): Lines {
  return section(
    "Why",
    causes.flatMap((cause, at) => causeLines(cause, at + 1, gaps)),
  );
}

function causeLines(cause: Cause, number: number, gaps: readonly Gap[]): Lines {
  const indent = " ".repeat(`${number}. `.length);
  const counts = [
    ...(cause.explains.length > 0 ? [plural(cause.explains.length, "gap")] : []),
    ...(cause.unverified.length > 0 ? [`${plural(cause.unverified.length, "thing")} that could not be looked at`] : []),
  ];
  return [
    `${number}. **${plain(cause.message)}** (${code(cause.code)}, ${cause.confidence}; ${counts.join(" and ")})`,
    ...cause.evidence.flatMap(({ fact, source }) => evidenceLines(`${fact}`, source, indent)),
    `${indent}- To do: ${plain(causeAdvice(cause, gaps))}`,
  ];
}

function evidenceLines(fact: string, source: string, indent: string): Lines {
  const { text, statement } = statementIn(fact);
  const from = source === "" ? "" : ` (${plain(source)})`;
  if (statement === null) return [`${indent}- ${plain(text)}${from}`];
  return [`${indent}- ${plain(text)}${from}`, "", ...block("sql", statement, `${indent}  `), ""];
}

function featuresSection(report: Report): Lines {
  const rows = report.features.map(({ title: name, id, status, endpoints, symptoms }) => {
    const codes = [
      ...new Set(
        symptoms.map(({ sqlstate, prisma }) => [sqlstate, prisma].filter((each) => each !== null).join(" / ")),
      ),
    ];
    return [
      `${plain(name)} (${code(id)})`,
      STATUSES[status].word,
      endpoints.map(code).join("<br>"),
      codes.map(plain).join(", "),
    ];
  });
  return section("Features", table(["feature", "status", "endpoints", "users see"], rows));
}

/** The page that teams write by hand in an incident: table, column, type, impact, resolved by. */
export function columnsSection(report: Report): Lines {
  const rows = report.gaps
    .filter(({ code: each }) => each === "MISSING_COLUMN")
    .map((gap) => [
      code(`${gap.subject.schema ?? ""}.${gap.subject.relation ?? ""}`),
      code(gap.subject.name),
      code(columnText(gap.expected) ?? ""),
      impactOf(gap, report),
      resolvedBy(gap, report),
    ]);
  return section("Missing columns", table(["table", "column", "type", "impact", "resolved by"], rows));
}

function gapsSection(report: Report): Lines {
  const rows = report.gaps
    .filter(({ code: each }) => each !== "MISSING_COLUMN" && each !== "MIGRATION_NOT_APPLIED")
    .map((gap) => [
      plain(subjectWithKind(gap.subject)),
      `${code(gap.code)}${gap.severity === "warning" ? " (warning)" : ""}`,
      plain(gap.message),
      impactOf(gap, report),
      resolvedBy(gap, report),
    ]);
  return section("What else is wrong", table(["object", "gap", "what", "impact", "resolved by"], rows));
}

/** `breaks Generate an avatar; degrades Search` */
function impactOf(gap: Gap, { features }: Report): string {
  const felt = features.filter(({ gaps }) => gaps.includes(gap.id)).map(({ title: name }) => plain(name));
  if (felt.length === 0) return "no listed feature";
  return `${gap.severity === "error" ? "breaks" : "degrades"} ${felt.join(", ")}`;
}

/** The migration that brings it, with its state; without one, the number of the cause that says what to do. */
function resolvedBy(gap: Gap, { causes, history }: Report): string {
  const numbers = causes.flatMap(({ explains }, at) => (explains.includes(gap.id) ? [at + 1] : []));
  const why = numbers.length === 0 ? "" : `see ${numbers.join(", ")} above`;
  if (gap.introducedBy === null) return why;
  const found = history.flatMap(({ migrations }) => migrations).find(({ name }) => name === gap.introducedBy);
  const state = [...(found === undefined ? [] : [plain(found.status)]), ...(why === "" ? [] : [why])].join("; ");
  return `${code(gap.introducedBy)}${state === "" ? "" : ` (${state})`}`;
}

function unverifiedSection(report: Report): Lines {
  const refusal = serverRefusal(report);
  if (refusal !== null) return refusal.fix === null ? [] : section("To do", [plain(refusal.fix)]);
  const groups = groupBy(report.unverified, ({ reason, sqlstate }) => JSON.stringify([reason, sqlstate]));
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const about = [...new Set(group.map(({ subject }) => plain(subjectWithKind(subject))))].join(", ");
    const advice = unverifiedAdvice(first);
    return [
      `- ${about}: ${plain(first.reason)}${first.sqlstate === null ? "" : ` (SQLSTATE ${code(first.sqlstate)})`}`,
      ...(advice === null ? [] : [`  - To do: ${plain(advice)}`]),
    ];
  });
  return section("Could not look (neither fine nor a gap)", lines);
}

export function historySection({ application, tool, table: records, state, migrations }: History): Lines {
  const time = (iso: string | null) => (iso === null ? "" : plain(displayTime(iso)));
  const rows = migrations.map(({ name, status, required, startedAt, finishedAt, note }) => [
    `${code(name)}${required ? "" : " (not required)"}`,
    plain(status),
    time(startedAt),
    time(finishedAt),
    note === null ? "" : plain(note),
  ]);
  const place = records === null ? plain(tool) : `${plain(tool)}, ${code(records)}`;
  const list = table(["migration", "state", "started", "finished", "note"], rows);
  return [
    `## Migrations of ${plain(application)}`,
    "",
    `${place}: ${plain(state)}`,
    ...(list.length === 0 ? [] : ["", ...list]),
  ];
}

function stepsSection(steps: readonly RepairStep[]): Lines {
  const lines = steps.flatMap((step, at) => {
    const indent = " ".repeat(`${at + 1}. `.length);
    const hazards =
      step.kind === "sql" && step.hazards.length > 0 ? ` Hazards: ${plain(hazardsText(step.hazards))}.` : "";
    const [language, text] = step.kind === "sql" ? (["sql", step.statement] as const) : (["sh", step.run] as const);
    return [`${at + 1}. ${plain(step.why)}${hazards}`, "", ...block(language, text, indent), ""];
  });
  return section("Next steps (schemaready never runs them itself)", lines.slice(0, -1));
}

function footer({ summary, durationMs, contract, tool }: Report): Lines {
  const { expectations, satisfied, gaps, implied, unverified } = summary;
  return [
    `${plural(expectations, "expectation")}: ${satisfied} satisfied, ${plural(gaps, "gap")}, ${implied} implied, ${unverified} unverified; ${Math.round(durationMs)} ms; contract ${code(contract.id.replace(/^sha256:/, "").slice(0, 12))}; ${plain(tool.name)} ${plain(tool.version)}.`,
  ];
}
