/** The first lines: what is the matter, in one sentence, and where we looked. */
import type { Report, SmokeResult, Verdict } from "../../model/report.js";
import { displaySafe } from "../display.js";
import { smokeWords } from "../smoke-words.js";
import { VERDICTS } from "../wording.js";
import { labelled, line, type Row } from "./page.js";
import { schemaSentence, verdictSentence } from "./verdict-sentence.js";

const LABEL_WIDTH = 12;
const WRONG_PLACE = "Nearly everything is missing here: is this the right database and schema?";

/**
 * One row, or two when there was a smoke run: its outcome, and the schema in a line that is no second verdict. Of a
 * gate its own verdict, then both.
 */
export function headline(report: Report): Row[] {
  if (report.gate !== undefined && report.smoke !== null) return gateHeadline(report, report.gate, report.smoke);
  const { word, style } = VERDICTS[report.verdict];
  const row = labelled(0, word, word.length + 2, verdictSentence(report), { label: style, text: "bold" });
  return report.smoke === null ? [row] : [smokeHeadline(report.smoke), line(0, schemaSentence(report))];
}

function gateHeadline(report: Report, gate: Verdict, smoke: SmokeResult): Row[] {
  const { word, style } = VERDICTS[gate];
  const run = smokeHeadline(smoke);
  const schema = schemaSentence(report);
  const text = { pass: "the deploy may go on", warn: "the deploy may go on, with warnings" } as const;
  const sentence = gate === "pass" || gate === "warn" ? text[gate] : "the deploy is not what it should be";
  return [
    labelled(0, word, word.length + 2, `gate: ${sentence}`, { label: style, text: "bold" }),
    line(0, schema),
    line(0, run.words.join(" ")),
  ];
}

/** `FAIL  1 of 4 features broken: ...`, on one line without colour. */
export function headlineText(report: Report): string {
  return headline(report)
    .map(({ label, words }) => displaySafe(`${label}${label === "" ? "" : "  "}${words.join(" ")}`))
    .join("; ");
}

/** Whether there was a database to look at; a smoke run may go without one. */
export function hasTarget({ target }: Report): boolean {
  return target.host !== "";
}

export function where(report: Report): Row[] {
  const { target } = report;
  if (!hasTarget(report))
    return [
      labelled(
        0,
        "Looked at",
        LABEL_WIDTH,
        "no database; give one with --database-url, and failures are explained by its schema",
        { label: "dim" },
      ),
    ];
  const facts = [
    `${target.user}@${target.host}:${target.port}/${target.database}`,
    `schema ${target.schema}`,
    target.server === null ? "no answer from the server" : `PostgreSQL ${target.server}`,
    ...(target.inRecovery === true ? ["read-only replica"] : []),
  ];
  const path = target.searchPath;
  if (path !== null && !path.includes(target.schema)) facts.push(`search_path ${path.join(", ") || "empty"}`);
  return [
    labelled(0, "Looked at", LABEL_WIDTH, facts.join(", "), { label: "dim" }),
    ...(isNearlyEmpty(report) ? [labelled(0, "", LABEL_WIDTH, WRONG_PLACE, { text: "yellow" })] : []),
  ];
}

/** So many missing relations, and so little that fits, look like another database. */
const NEARLY_EVERYTHING = { missing: 3, satisfied: 0.2 };

function isNearlyEmpty({ gaps, summary }: Report): boolean {
  const missing = gaps.filter(({ code }) => code === "MISSING_TABLE" || code === "MISSING_VIEW").length;
  return missing >= NEARLY_EVERYTHING.missing && summary.satisfied < summary.expectations * NEARLY_EVERYTHING.satisfied;
}

function smokeHeadline(smoke: SmokeResult): Row {
  const { word, style, sentence } = smokeWords(smoke);
  const text = `smoke run against ${smoke.baseUrl}: ${sentence}`;
  return labelled(0, word, word.length + 2, text, { label: style, text: "bold" });
}
