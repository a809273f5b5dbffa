/** What is the matter, in one sentence: named where it is one thing or two, counted where it is more. */
import type { FeatureResult, FeatureStatus, Gap, Report, Unverified } from "../../model/report.js";
import { plural, subjectName } from "../display.js";
import { errorPhrases } from "./because.js";
import { serverRefusal } from "./server.js";

/** Two lines of a narrow terminal, without the verdict's word. */
const LONGEST = 148;
const FEW = 2;
const MOST_APPLICATIONS = 3;

/** Without the word of the verdict. */
export function verdictSentence(report: Report): string {
  const who = applications(report);
  switch (report.verdict) {
    case "pass":
      return `${who.is} served by this schema: ${working(report)}`;
    case "warn":
      return warnSentence(report, who.is);
    case "fail":
      return failSentence(report, who);
    case "unverified":
      return unverifiedSentence(report, who.name);
  }
}

/** `schema: fail, 2 of 6 features broken`: under a smoke run, whose own verdict must stand alone. */
export function schemaSentence(report: Report): string {
  const total = report.features.length;
  const served = total === 0 ? working(report) : `all ${plural(total, "feature")} served`;
  switch (report.verdict) {
    case "pass":
      return `schema: pass, ${total === 1 ? "its one feature is served" : served}`;
    case "warn":
      return `schema: warn, ${plural(report.gaps.length, "warning")}${after(", ", counts(report))}`;
    case "fail":
      return `schema: fail, ${counts(report) || looseErrors(report)}`;
    case "unverified":
      return report.target.host === ""
        ? "schema: not looked at, no database was given"
        : `schema: unverified, ${unverifiedSentence(report, applications(report).name)}`;
  }
}

function working(report: Report): string {
  const total = report.features.length;
  if (total === 0) return `${plural(report.summary.expectations, "expectation")} satisfied`;
  return total === 1 ? "its one feature works" : `all ${total} features work`;
}

function warnSentence(report: Report, who: string): string {
  const [only] = report.gaps;
  const start = `${who} served by this schema, with ${plural(report.gaps.length, "warning")}`;
  const named = only === undefined ? "" : `${start}: ${phrases([only], report)}${after("; ", counts(report))}`;
  return firstThatFits(report.gaps.length === 1 ? [named] : [], `${start}${after(": ", counts(report))}`);
}

function failSentence(report: Report, who: { readonly name: string; readonly is: string }): string {
  const errors = report.gaps.filter(isError);
  const broken = report.features.filter(({ status }) => status === "broken");
  if (broken.length === 0) {
    const start = `the schema is not what ${who.name} needs: ${looseErrors(report)}`;
    return firstThatFits(errors.length === 1 ? [`${start}: ${phrases(errors, report)}`] : [], start);
  }
  const [head, ...others] = countList(report);
  const tail = others.map((each) => `; ${each}`).join("");
  const named = broken.length <= FEW ? namedFeatures(broken, report) : [];
  const reason = errors.length === 1 && broken.length > FEW ? [phrases(errors, report)] : [];
  return firstThatFits(
    [...named, ...reason].map((text) => `${head}: ${text}${tail}`),
    `${who.is} not served by this schema: ${counts(report)}`,
  );
}

/** From the fullest to the shortest: with the reasons, without. */
function namedFeatures(broken: readonly FeatureResult[], report: Report): string[] {
  const reasons = broken.map(({ gaps: ids }) => {
    return phrases(
      report.gaps.filter((gap) => ids.includes(gap.id) && isError(gap)),
      report,
    );
  });
  const titles = listNames(broken.map(({ title }) => title));
  const [reason = ""] = reasons;
  if (reasons.every((each) => each === reason)) return [`${titles}${after(": ", reason)}`, titles];
  const each = broken.map(({ title }, at) => `${title}${around(reasons[at] ?? "")}`);
  return [listNames(each), titles];
}

/** `1 gap that no feature is known to feel` */
function looseErrors({ gaps, features }: Report): string {
  const count = plural(gaps.filter(isError).length, "gap");
  return features.length === 0 ? count : `${count} that no feature is known to feel`;
}

function isError({ severity }: Gap): boolean {
  return severity === "error";
}

function phrases(gaps: readonly Gap[], { target }: Report): string {
  return errorPhrases(gaps, target.schema).join(", ");
}

function firstThatFits(candidates: readonly string[], fallback: string): string {
  return candidates.find((each) => each.length <= LONGEST) ?? fallback;
}

function unverifiedSentence(report: Report, who: string): string {
  if (report.target.host === "") return "the schema was not looked at: no database was given";
  if (report.target.server === null)
    return serverRefusal(report)?.sentence ?? `nothing is known about ${who}: the database could not be asked`;
  const rest = report.gaps.length === 0 ? "no gap" : plural(report.gaps.length, "warning");
  const reasons = new Set(report.unverified.map(({ reason }) => reason));
  const [first] = report.unverified;
  if (reasons.size === 1 && first !== undefined) {
    const unjudged = countOf(report, "unverified");
    const whole = unjudged > 0 && unjudged === report.features.length;
    return `could not judge ${whole ? who : partOf(report, who, first)}: ${clause(first, report)}${whole ? "" : `; ${rest} in the rest`}`;
  }
  const { expectations, unverified } = report.summary;
  const part = unverified > 0 ? `${unverified} of ${plural(expectations, "expectation")}` : "a part of the schema";
  return `${who} is known only in part: ${part} could not be looked at, ${rest} in the rest`;
}

function partOf(report: Report, who: string, { subject }: Unverified): string {
  const unjudged = countOf(report, "unverified");
  if (unjudged > 0) return `${unjudged} of ${plural(report.features.length, "feature")} of ${who}`;
  return subject.kind === "history" ? `the migrations of ${who}` : `a part of what ${who} needs`;
}

/** As much of the reason as a headline needs; the whole one stands below. */
function clause({ subject, sqlstate, reason }: Unverified, { target }: Report): string {
  if (subject.kind === "schema" && sqlstate === "42501") {
    return `no USAGE on schema ${subjectName(subject)} for role ${target.user}`;
  }
  return reason.replace(/^privileges: /, "").replace(/(?:; |\. |, so ).*$/s, "");
}

function countOf({ features }: Report, status: FeatureStatus): number {
  return features.filter((feature) => feature.status === status).length;
}

/** `3 of 12 features broken`, `1 degraded` */
function countList(report: Report): string[] {
  const found = (["broken", "degraded", "unverified"] as const).filter((status) => countOf(report, status) > 0);
  const total = plural(report.features.length, "feature");
  return found.map((status, at) => `${countOf(report, status)} ${at === 0 ? `of ${total} ` : ""}${status}`);
}

/** Empty when every feature works. */
function counts(report: Report): string {
  return countList(report).join(", ");
}

function after(separator: string, text: string): string {
  return text === "" ? "" : `${separator}${text}`;
}

function around(text: string): string {
  return text === "" ? "" : ` (${text})`;
}

function applications({ features, history }: Report): { readonly name: string; readonly is: string } {
  const names = [...new Set([...features, ...history].map(({ application }) => application))];
  if (names.length === 0) return { name: "the application", is: "the application is" };
  if (names.length === 1) return { name: names.join(""), is: `${names.join("")} is` };
  const name = names.length > MOST_APPLICATIONS ? `${names.length} applications` : listNames(names);
  return { name, is: `${name} are` };
}

function listNames(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
