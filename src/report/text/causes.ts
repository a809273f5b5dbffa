/** Why the gaps are there: each cause once, in the order of the report. */
import type { Cause, Gap, Report, Unverified } from "../../model/report.js";
import { plural } from "../display.js";
import { statementIn } from "../evidence.js";
import { causeAdvice } from "../wording.js";
import { labelled, line, type Row, verbatim } from "./page.js";

const NUMBER_WIDTH = 4;
const WORD_WIDTH = 10;
const MOST_EVIDENCE = 4;

/** Cause id -> its number on the page, starting with 1. */
export function numberCauses(report: Report): ReadonlyMap<string, number> {
  return new Map(toldCauses(report).map(({ id }, at) => [id, at + 1]));
}

export function causesSection(report: Report): Row[] {
  const causes = toldCauses(report);
  if (causes.length === 0) return [];
  const told = new Set<string>();
  return [line(0, "Why", "bold"), ...causes.flatMap((cause, at) => causeRows(cause, at + 1, told, report.gaps))];
}

/** Without what its gaps and the next steps say already: that a privilege is missing is its own reason. */
function toldCauses({ causes, gaps, unverified }: Report): Cause[] {
  return causes
    .map((cause) => withoutGaps(cause, gaps))
    .filter(
      ({ code, evidence }) => code !== "PERMISSION_DENIED" || evidence.some((each) => !isToldBelow(each, unverified)),
    );
}

/** Evidence that only says what a gap says is told there. */
function withoutGaps(cause: Cause, gaps: readonly Gap[]): Cause {
  const messages = gaps.filter(({ id }) => cause.explains.includes(id)).map(({ message }) => message);
  return { ...cause, evidence: cause.evidence.filter(({ fact }) => !messages.some((each) => fact.startsWith(each))) };
}

/** What could not be looked at shows its GRANT itself, where it has one. */
function isToldBelow({ fact }: Cause["evidence"][number], unverified: readonly Unverified[]): boolean {
  const { statement } = statementIn(fact);
  return statement !== null && unverified.some(({ reason }) => reason.includes(statement));
}

/** @param told evidence that is on the page already; what this cause adds to it is added */
function causeRows(cause: Cause, number: number, told: Set<string>, gaps: readonly Gap[]): Row[] {
  const indent = 2 + NUMBER_WIDTH;
  const detail = (word: string, text: string) => labelled(indent, word, WORD_WIDTH, text, { label: "dim" });
  const facts = cause.evidence.map(({ fact, source }) => `${fact} (${source})`);
  const fresh = facts.filter((fact) => !told.has(fact));
  const shown = fresh.slice(0, MOST_EVIDENCE);
  for (const fact of shown) told.add(fact);
  const repeated = facts.length - fresh.length;
  const hidden = fresh.length - shown.length;
  return [
    labelled(2, `${number}.`, NUMBER_WIDTH, cause.message, { text: "bold" }),
    line(indent, `${cause.code}, ${cause.confidence}; explains ${explained(cause)}`, "dim"),
    ...(repeated > 0 ? [detail("evidence", `as above (${plural(repeated, "fact")})`)] : []),
    ...shown.flatMap((fact) => evidenceRows(fact, indent)),
    ...(hidden > 0 ? [detail("", `and ${hidden} more: --format json`)] : []),
    detail("to do", causeAdvice(cause, gaps)),
  ];
}

/** `3 gaps`, `1 gap and 2 things that could not be looked at` */
function explained({ explains, unverified }: Cause): string {
  const blind = `why ${plural(unverified.length, "thing")} could not be looked at`;
  if (unverified.length === 0) return plural(explains.length, "gap");
  return explains.length === 0 ? blind : `${plural(explains.length, "gap")}, and ${blind}`;
}

/** `... To rename it: ALTER TABLE ...;` and its source: the statement gets a line of its own, unbroken. */
function evidenceRows(fact: string, indent: number): Row[] {
  const { text, statement } = statementIn(fact);
  const row = labelled(indent, "evidence", WORD_WIDTH, text, { label: "dim" });
  return statement === null ? [row] : [row, ...verbatim(indent + WORD_WIDTH, "", statement)];
}
