/** The top of the page: the verdict that holds now, how old it is, and what monitors are told. */
import { displayTime } from "../../model/time.js";
import {
  banner,
  code,
  element,
  type Html,
  healthOf,
  summarize,
  VERDICTS,
  type VerdictLines,
  verdictLines,
} from "../../report/index.js";
import { describeAttempt } from "../describe.js";
import type { CurrentVerdict } from "../verdict.js";
import { timeText } from "./spans.js";

const NOT_YET: VerdictLines = {
  word: "STARTING",
  style: "cyan",
  sentence: "the first verification has not finished yet",
  others: [],
};

/**
 * In words.
 * @param detail whether names of objects may be told
 */
export function linesOf(current: CurrentVerdict, detail: boolean): VerdictLines {
  if (current.verdict === null) return NOT_YET;
  const told = heldLines(current, detail);
  if (current.state !== "expired") return told;
  return {
    ...VERDICTS.fail,
    sentence: "the verdict has expired: nobody could verify for too long",
    others: [`The last one was ${told.word}: ${told.sentence}`, EXPIRED],
  };
}

const EXPIRED =
  "Nothing below is known to be so any more. The log of schemaready says what keeps it from verifying; restart it if it says nothing.";

function heldLines({ report, failure, verdict }: CurrentVerdict, detail: boolean): VerdictLines {
  const look = VERDICTS[verdict ?? "unverified"];
  if (report === null) {
    const sentence = detail && failure !== null ? failure.message : "the verification gave no report";
    return { ...look, sentence, others: [] };
  }
  if (detail) return verdictLines(report);
  const sentence = summarize(report)?.replace(/^unverified: /, "") ?? "the schema serves the application";
  return { ...look, sentence, others: [] };
}

/**
 * What has to be said beside the verdict about how far it can be trusted.
 * @param detail whether hosts and roles may be told
 */
export function noteOf({ state, unsettled }: CurrentVerdict, detail: boolean): string | null {
  if (state === "late") return "The next verification is late.";
  if (state !== "damped") return null;
  const reason = detail && unsettled !== null ? `: ${describeAttempt(unsettled)}` : "";
  return `The last attempt could not look${reason}. This is from the verification before it.`;
}

/** The banner; ages in it are no part of what can change. */
export function top(lines: VerdictLines, note: string | null, below: readonly Html[]): Html {
  return banner(lines, ...(note === null ? [] : [element("p", { class: "notice warn" }, note)]), ...below);
}

/** `Verified 4 s ago, 2026-11-20 10:00:00 UTC. /schema/health answers 503.` */
export function freshLine(current: CurrentVerdict, version: string): Html {
  const { report, ageMs } = current;
  const health = healthOf(current, { detail: false, feature: null }, version);
  const tells = [code("/schema/health"), ` answers ${health?.httpStatus ?? 503}, ${health?.body.status ?? "fail"}.`];
  if (ageMs === null) return element("p", { class: "dim" }, ...tells);
  const what = report === null || report.target.server === null ? "Last attempt " : "Verified ";
  const age = element("span", { id: "age" }, `${timeText(ageMs)} ago`);
  const at = report === null ? [] : [", ", element("span", { id: "at" }, displayTime(report.checkedAt))];
  return element("p", { class: "dim" }, what, age, ...at, ". ", ...tells);
}
