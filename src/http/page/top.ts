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
    others: [`The last one was ${told.word}: ${told.sentence}`],
  };
}

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

const NOTES: Readonly<Partial<Record<CurrentVerdict["state"], string>>> = {
  damped: "The last attempt could not look. This is from the verification before it.",
  late: "The next verification is late.",
};

/** The banner without its age, which is no part of what can change. */
export function top(current: CurrentVerdict, lines: VerdictLines, fresh: Html): Html {
  const note = NOTES[current.state];
  return banner(lines, ...(note === undefined ? [] : [element("p", { class: "notice warn" }, note)]), fresh);
}

/** `Verified 4 s ago, 2026-11-20 10:00:00 UTC. /schema/health answers 503.` */
export function freshLine(current: CurrentVerdict, version: string): Html {
  const { report, ageMs } = current;
  const status = healthOf(current, { detail: false, feature: null }, version)?.httpStatus ?? 503;
  const tells = [code("/schema/health"), ` answers ${status}.`];
  if (ageMs === null) return element("p", { class: "dim" }, ...tells);
  const what = report === null || report.target.server === null ? "Last attempt " : "Verified ";
  const age = element("span", { id: "age" }, `${timeText(ageMs)} ago`);
  const at = report === null ? "" : displayTime(report.checkedAt);
  return element("p", { class: "dim" }, what, age, ", ", element("span", { id: "at" }, at), ". ", ...tells);
}
