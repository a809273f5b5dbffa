/** What somebody who was woken up needs first: what is broken, why, what to do. Everything else stands below. */
import type { FeatureResult, Report } from "../../model/report.js";
import { plural } from "../display.js";
import { serverRefusal, splitFix } from "../text/server.js";
import { causeAdvice, unverifiedAdvice } from "../wording.js";
import { type Content, element, type Html } from "./element.js";
import { code, list, pre } from "./parts.js";

const MOST_FEATURES = 3;
/** With more features than this, their endpoints would push the reason off the first screen. */
const FEW_FEATURES = 2;
const MOST_ENDPOINTS = 2;
const MOST_REASONS = 2;

/** Nothing when everything works. */
export function triagePart(report: Report): Html[] {
  if (report.verdict === "pass") return [];
  const answers = [affected(report), reasons(report), firstStep(report)].filter(({ content }) => content.length > 0);
  const rows = answers.map(({ question, content }) =>
    element("div", {}, element("dt", {}, question), element("dd", {}, content)),
  );
  return rows.length === 0 ? [] : [element("section", { id: "triage" }, element("dl", { class: "triage" }, ...rows))];
}

interface Answer {
  readonly question: string;
  readonly content: readonly Content[];
}

const QUESTIONS = [
  ["broken", "Broken"],
  ["unverified", "Not known"],
  ["degraded", "Degraded"],
] as const;

function affected({ features }: Report): Answer {
  for (const [status, question] of QUESTIONS) {
    const found = features.filter((feature) => feature.status === status);
    const contents = found.map(found.length <= FEW_FEATURES ? featureContent : titleContent);
    if (found.length > 0) return { question, content: shortList(contents, MOST_FEATURES, "feature") };
  }
  return { question: "", content: [] };
}

function titleContent({ title }: FeatureResult): Content {
  return element("strong", {}, title);
}

function featureContent({ title, endpoints }: FeatureResult): Content {
  const shown = endpoints.slice(0, MOST_ENDPOINTS).map((endpoint) => [" ", code(endpoint)]);
  const more = endpoints.length > MOST_ENDPOINTS ? [` and ${endpoints.length - MOST_ENDPOINTS} more`] : [];
  return [element("strong", {}, title), ...shown, ...more];
}

/** Causes when there are some, else the gaps themselves, else what kept us from looking. */
function reasons(report: Report): Answer {
  const refusal = serverRefusal(report);
  const gaps = report.gaps.filter(({ severity }) => severity === "error" || report.verdict === "warn");
  const [texts, noun] =
    refusal !== null
      ? [[refusal.sentence], "reason"]
      : report.causes.length > 0
        ? [report.causes.map(({ message }) => message), "cause"]
        : gaps.length > 0
          ? [gaps.map(({ message }) => message), "gap"]
          : [[...new Set(report.unverified.map(({ reason }) => reason))], "reason"];
  return { question: "Why", content: shortList(texts, MOST_REASONS, noun) };
}

function shortList(items: readonly Content[], most: number, noun: string): readonly Content[] {
  if (items.length <= 1) return items;
  const rest = items.length - most;
  const more = rest > 0 ? [element("span", { class: "dim" }, `and ${plural(rest, `more ${noun}`)}, below`)] : [];
  return list([...items.slice(0, most), ...more]);
}

function firstStep(report: Report): Answer {
  const question = "To do";
  const [step, ...others] = report.repair.steps;
  if (step === undefined) return { question, content: advice(report) };
  const more = `then ${plural(others.length, "more step")}, below`;
  const rest = others.length === 0 ? [] : [element("div", { class: "dim" }, more)];
  return { question, content: [step.why, pre(step.kind === "command" ? step.run : step.statement), ...rest] };
}

function advice(report: Report): readonly Content[] {
  const fix = serverRefusal(report)?.fix ?? null;
  if (fix !== null) return fixContent(fix);
  const [cause] = report.causes;
  const [unseen] = report.unverified;
  if (cause !== undefined) return [causeAdvice(cause, report.gaps)];
  const text = report.gaps.length > 0 || unseen === undefined ? null : unverifiedAdvice(unseen);
  return text === null ? [] : [text];
}

function fixContent(fix: string): readonly Content[] {
  const { advice: words, command } = splitFix(fix);
  return [words, ...(command === null ? [] : [pre(command)])];
}
