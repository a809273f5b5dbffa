/** The first lines: what is the matter, in one sentence, and where we looked. */
import type { FeatureStatus, Report, SmokeResult, Unverified } from "../../model/report.js";
import { displaySafe, plural } from "../display.js";
import { VERDICTS } from "../wording.js";
import { labelled, type Row } from "./page.js";

const LABEL_WIDTH = 12;

/** One row, or two when there was a smoke run: its own outcome comes first. */
export function headline(report: Report): Row[] {
  const { word, style } = VERDICTS[report.verdict];
  const row = labelled(0, word, word.length + 2, verdictSentence(report), { label: style, text: "bold" });
  return report.smoke === null ? [row] : [smokeHeadline(report.smoke), row];
}

/** `FAIL  avatar-creator is not served by this schema: ...`, on one line without colour. */
export function headlineText(report: Report): string {
  return headline(report)
    .map(({ label, words }) => displaySafe(`${label}  ${words.join(" ")}`))
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
  return [labelled(0, "Looked at", LABEL_WIDTH, facts.join(", "), { label: "dim" })];
}

function verdictSentence(report: Report): string {
  const who = applications(report);
  const counts = featureCounts(report);
  const total = report.features.length;
  switch (report.verdict) {
    case "pass":
      return `${who.is} served by this schema: ${total > 0 ? working(total) : allHold(report)}`;
    case "warn":
      return `${who.is} served by this schema, with ${plural(report.gaps.length, "warning")}${list(counts, total)}`;
    case "fail":
      return counts.broken > 0
        ? `${who.is} not served by this schema${list(counts, total)}`
        : `the schema is not what ${who.name} needs: ${plural(report.gaps.length, "gap")}; no feature is broken by them`;
    case "unverified":
      return unverifiedSentence(report, who.name);
  }
}

function unverifiedSentence(report: Report, who: string): string {
  if (!hasTarget(report)) return "the schema was not looked at: no database was given";
  if (report.target.server === null) return `nothing is known about ${who}: the database could not be asked`;
  const rest = report.gaps.length === 0 ? "no gap" : plural(report.gaps.length, "warning");
  const reasons = new Set(report.unverified.map(({ reason }) => reason));
  const [first] = report.unverified;
  if (reasons.size === 1 && first !== undefined) {
    const unjudged = featureCounts(report).unverified;
    const whole = unjudged > 0 && unjudged === report.features.length;
    return `could not judge ${whole ? who : partOf(report, who, first)}: ${clause(first, report)}${whole ? "" : `; ${rest} in the rest`}`;
  }
  const { expectations, unverified } = report.summary;
  const part = unverified > 0 ? `${unverified} of ${plural(expectations, "expectation")}` : "a part of the schema";
  return `${who} is known only in part: ${part} could not be looked at, ${rest} in the rest`;
}

function partOf(report: Report, who: string, { subject }: Unverified): string {
  const unjudged = featureCounts(report).unverified;
  if (unjudged > 0) return `${unjudged} of ${plural(report.features.length, "feature")} of ${who}`;
  return subject.kind === "history" ? `the migrations of ${who}` : `a part of what ${who} needs`;
}

/** As much of the reason as a headline needs; the whole one stands below. */
function clause({ subject, sqlstate, reason }: Unverified, { target }: Report): string {
  if (subject.kind === "schema" && sqlstate === "42501") {
    return `no USAGE on schema ${subject.name} for role ${target.user}`;
  }
  return reason.replace(/(?:; |\. ).*$/s, "");
}

function working(total: number): string {
  return total === 1 ? "its one feature works" : `all ${total} features work`;
}

function allHold({ summary }: Report): string {
  return `${plural(summary.expectations, "expectation")} satisfied`;
}

type Counts = Readonly<Record<FeatureStatus, number>>;

function featureCounts({ features }: Report): Counts {
  const of = (status: FeatureStatus) => features.filter((feature) => feature.status === status).length;
  return { broken: of("broken"), degraded: of("degraded"), unverified: of("unverified"), working: of("working") };
}

/** `: 3 of 12 features broken, 1 degraded` */
function list(counts: Counts, total: number): string {
  const [first, ...rest] = (["broken", "degraded", "unverified"] as const).filter((status) => counts[status] > 0);
  if (first === undefined) return "";
  const others = rest.map((status) => `, ${counts[status]} ${status}`).join("");
  return `: ${counts[first]} of ${plural(total, "feature")} ${first}${others}`;
}

const MOST_NAMES = 3;

function applications({ features, history }: Report): { readonly name: string; readonly is: string } {
  const names = [...new Set([...features, ...history].map(({ application }) => application))];
  if (names.length === 0) return { name: "the application", is: "the application is" };
  if (names.length === 1) return { name: names.join(""), is: `${names.join("")} is` };
  const name = names.length > MOST_NAMES ? `${names.length} applications` : listNames(names);
  return { name, is: `${name} are` };
}

function listNames(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

function smokeHeadline(smoke: SmokeResult): Row {
  const steps = smoke.flows.flatMap((flow) => flow.steps);
  const bad = steps.filter(({ outcome }) => outcome === "failed" || outcome === "errored").length;
  const skipped = steps.filter(({ outcome }) => outcome === "skipped").length;
  const left = smoke.cleanup.leftovers.length;
  const leftovers = left === 0 ? "" : `, ${plural(left, "thing")} left behind`;
  const { word, style } = VERDICTS[smoke.outcome === "failed" ? "fail" : left > 0 ? "warn" : "pass"];
  const result =
    smoke.outcome === "failed"
      ? `${bad} of ${plural(steps.length, "step")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`
      : `${plural(steps.length - skipped, "step")} passed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  const text = `smoke run against ${smoke.baseUrl}: ${result}${leftovers}`;
  return labelled(0, word, word.length + 2, text, { label: style, text: "bold" });
}
