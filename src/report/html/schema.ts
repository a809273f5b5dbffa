/** What the verification found: why, the features, the gaps, what could not be looked at, what to do. */
import { groupBy } from "../../model/group.js";
import type { NotDone, RepairStep } from "../../model/repair.js";
import type { Cause, FeatureStatus, Gap, Report } from "../../model/report.js";
import { subjectName, subjectWithKind } from "../display.js";
import { statementIn } from "../evidence.js";
import { hazardsText } from "../hazard-words.js";
import { notDoneWhy, proofText } from "../repair/words.js";
import { serverRefusal } from "../text/server.js";
import { valueWords } from "../value-words.js";
import { causeAdvice, STATUSES, unverifiedAdvice } from "../wording.js";
import { type Content, element, type Html } from "./element.js";
import { code, list, pre, section, table, word } from "./parts.js";

/** How much of a long report a page shows; what is left out is counted, and the page says where it stands. */
export interface Limits {
  readonly causes: number;
  readonly features: number;
  readonly gaps: number;
  readonly steps: number;
  readonly unverified: number;
}

export const NO_LIMITS: Limits = {
  causes: Number.POSITIVE_INFINITY,
  features: Number.POSITIVE_INFINITY,
  gaps: Number.POSITIVE_INFINITY,
  steps: Number.POSITIVE_INFINITY,
  unverified: Number.POSITIVE_INFINITY,
};

function leftOut(all: readonly unknown[], most: number, where: Content = "in the report"): Html[] {
  return all.length <= most ? [] : [element("p", { class: "dim" }, `${all.length - most} more `, where, ".")];
}

export function causesPart({ causes, gaps }: Report, { causes: most }: Limits): Html[] {
  const items = causes.slice(0, most).map((cause) => element("li", {}, ...causeContent(cause, gaps)));
  return section("why", "Why", items.length === 0 ? [] : element("ol", {}, ...items), leftOut(causes, most));
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

export function featuresPart({ features }: Report, { features: most }: Limits): Html[] {
  const worstFirst = WORST_FIRST.flatMap((wanted) => features.filter(({ status }) => status === wanted));
  const rows = worstFirst.slice(0, most).map(({ id, application, title, status, endpoints, symptoms }) => {
    const codes = symptoms.map(({ sqlstate, prisma }) => [sqlstate, ...(prisma === null ? [] : [prisma])].join(" / "));
    return [
      word(STATUSES[status]),
      [title, " ", element("span", { class: "dim" }, title === id ? application : `${application} / ${id}`)],
      endpoints.map((endpoint) => element("div", {}, code(endpoint))),
      [...new Set(codes)].join(", "),
    ];
  });
  return section(
    "features",
    "Features",
    table(["status", "feature", "endpoints", "users see"], rows),
    leftOut(features, most),
  );
}

export function gapsPart(report: Report, { gaps: most }: Limits): Html[] {
  const rows = report.gaps
    .slice(0, most)
    .map((gap) => [
      word(gap.severity === "error" ? { word: "error", style: "red" } : { word: "warning", style: "yellow" }),
      [gap.message, ...about(gap, report)],
      gap.introducedBy === null ? "" : code(gap.introducedBy),
    ]);
  return section("gaps", "What is wrong", table(["severity", "what", "comes with"], rows), leftOut(report.gaps, most));
}

function about(gap: Gap, { features }: Report): Html[] {
  const felt = features.filter(({ gaps }) => gaps.includes(gap.id)).map(({ title }) => title);
  const impact = felt.length === 0 ? "" : `${gap.severity === "error" ? "breaks" : "degrades"} ${felt.join(", ")}`;
  const subject = gap.message.includes(subjectName(gap.subject)) ? "" : subjectWithKind(gap.subject);
  const facts = [gap.code, subject, valueWords(gap), impact].filter((each) => each !== "");
  return [element("div", { class: "dim" }, facts.join("; "))];
}

export function unverifiedPart(report: Report, { unverified: most }: Limits): Html[] {
  // One reason for everything, which is told at the top together with what to do about it.
  if (serverRefusal(report) !== null) return [];
  const groups = groupBy(report.unverified, ({ reason, sqlstate }) => JSON.stringify([reason, sqlstate]));
  const items = [...groups.values()].slice(0, most).flatMap((group): Content[] => {
    const [first] = group;
    if (first === undefined) return [];
    const subjects = [...new Set(group.map(({ subject }) => subjectWithKind(subject)))].join(", ");
    const advice = unverifiedAdvice(first);
    const sqlstate = first.sqlstate === null ? "" : ` (SQLSTATE ${first.sqlstate})`;
    const text = `${subjects}: ${first.reason}${sqlstate}`;
    return [[text, ...(advice === null ? [] : [element("div", { class: "dim" }, `To do: ${advice}`)])]];
  });
  return section(
    "unverified",
    "Could not look (neither fine nor a gap)",
    list(items),
    leftOut([...groups.values()], most),
  );
}

export function stepsPart({ repair, gaps }: Report, { steps: most }: Limits): Html[] {
  const items = repair.steps.slice(0, most).map((step) => element("li", {}, ...stepContent(step)));
  const isTold = items.length > 0 && gaps.length > 0;
  return section(
    "steps",
    "Next steps (schemaready never runs them itself)",
    items.length === 0 ? [] : element("ol", {}, ...items),
    leftOut(repair.steps, most, ["in the whole plan, which ", code("schemaready repair"), " prints"]),
    isTold ? element("p", { class: "dim" }, proofText(repair.proof)) : [],
    repair.notDone.length === 0
      ? []
      : [
          element("h3", {}, "Not done for you"),
          ...list(repair.notDone.slice(0, most).map(notDone)),
          ...leftOut(repair.notDone, most, "in the whole plan"),
        ],
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

function notDone(each: NotDone): Content {
  const hazards = each.hazards.length === 0 ? [] : [element("div", { class: "warn" }, hazardsText(each.hazards))];
  return [each.what, element("div", { class: "dim" }, notDoneWhy(each)), ...hazards, ...each.statements.map(pre)];
}
