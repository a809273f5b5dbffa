/** What the verification found: why, the features, the gaps, what could not be looked at, what to do. */
import { groupBy } from "../../model/group.js";
import type { RepairStep } from "../../model/repair.js";
import type { Cause, FeatureStatus, Gap, Report } from "../../model/report.js";
import { subjectWithKind } from "../display.js";
import { statementIn } from "../evidence.js";
import { hazardsText } from "../hazard-words.js";
import { serverRefusal } from "../text/server.js";
import { valueWords } from "../value-words.js";
import { causeAdvice, STATUSES, unverifiedAdvice } from "../wording.js";
import { type Content, element, type Html } from "./element.js";
import { code, list, pre, section, table, word } from "./parts.js";

export function causesPart({ causes, gaps }: Report): Html[] {
  const items = causes.map((cause) => element("li", {}, ...causeContent(cause, gaps)));
  return section("why", "Why", items.length === 0 ? [] : element("ol", {}, ...items));
}

function causeContent(cause: Cause, gaps: readonly Gap[]): Content[] {
  return [
    element("strong", {}, cause.message),
    " ",
    element("span", { class: "dim" }, `${cause.code}, ${cause.confidence}`),
    ...list(cause.evidence.map(({ fact, source }) => evidence(fact, source))),
    element("p", {}, `To do: ${causeAdvice(cause, gaps)}`),
  ];
}

function evidence(fact: string, source: string): Content {
  const { text, statement } = statementIn(fact);
  return [source === "" ? text : `${text} (${source})`, ...(statement === null ? [] : [pre(statement)])];
}

const WORST_FIRST: readonly FeatureStatus[] = ["broken", "unverified", "degraded", "working"];

export function featuresPart({ features }: Report): Html[] {
  const worstFirst = WORST_FIRST.flatMap((wanted) => features.filter(({ status }) => status === wanted));
  const rows = worstFirst.map(({ id, application, title, status, endpoints, symptoms }) => {
    const codes = symptoms.map(({ sqlstate, prisma }) => [sqlstate, ...(prisma === null ? [] : [prisma])].join(" / "));
    return [
      word(STATUSES[status]),
      [title, " ", element("span", { class: "dim" }, title === id ? application : `${application} / ${id}`)],
      endpoints.map((endpoint) => element("div", {}, code(endpoint))),
      [...new Set(codes)].join(", "),
    ];
  });
  return section("features", "Features", table(["status", "feature", "endpoints", "users see"], rows));
}

export function gapsPart(report: Report): Html[] {
  const rows = report.gaps.map((gap) => [
    word(gap.severity === "error" ? { word: "error", style: "red" } : { word: "warning", style: "yellow" }),
    [gap.message, ...about(gap, report)],
    gap.introducedBy === null ? "" : code(gap.introducedBy),
  ]);
  return section("gaps", "What is wrong", table(["severity", "what", "comes with"], rows));
}

function about(gap: Gap, { features }: Report): Html[] {
  const felt = features.filter(({ gaps }) => gaps.includes(gap.id)).map(({ title }) => title);
  const impact = felt.length === 0 ? "" : `${gap.severity === "error" ? "breaks" : "degrades"} ${felt.join(", ")}`;
  const facts = [gap.code, subjectWithKind(gap.subject), valueWords(gap), impact].filter((each) => each !== "");
  return [element("div", { class: "dim" }, facts.join("; "))];
}

export function unverifiedPart(report: Report): Html[] {
  // One reason for everything, which is told at the top together with what to do about it.
  if (serverRefusal(report) !== null) return [];
  const groups = groupBy(report.unverified, ({ reason, sqlstate }) => JSON.stringify([reason, sqlstate]));
  const items = [...groups.values()].flatMap((group): Content[] => {
    const [first] = group;
    if (first === undefined) return [];
    const subjects = [...new Set(group.map(({ subject }) => subjectWithKind(subject)))].join(", ");
    const advice = unverifiedAdvice(first);
    const sqlstate = first.sqlstate === null ? "" : ` (SQLSTATE ${first.sqlstate})`;
    const text = `${subjects}: ${first.reason}${sqlstate}`;
    return [[text, ...(advice === null ? [] : [element("div", { class: "dim" }, `To do: ${advice}`)])]];
  });
  return section("unverified", "Could not look (neither fine nor a gap)", list(items));
}

export function stepsPart({ repair }: Report): Html[] {
  const items = repair.steps.map((step) => element("li", {}, ...stepContent(step)));
  return section(
    "steps",
    "Next steps (schemaready never runs them itself)",
    items.length === 0 ? [] : element("ol", {}, ...items),
  );
}

function stepContent(step: RepairStep): Content[] {
  if (step.kind === "command") return [step.why, pre(step.run)];
  const cautions = [
    ...(step.hazards.length === 0 ? [] : [`hazards: ${hazardsText(step.hazards)}`]),
    ...(step.transactional ? [] : ["must run outside a transaction"]),
  ];
  const caution = cautions.length === 0 ? [] : [element("div", { class: "warn" }, cautions.join("; "))];
  return [step.why, ...caution, pre(step.statement)];
}
