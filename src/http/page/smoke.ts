/** The newest smoke run on the status page: a line at the top, and the section that it leads to. */
import type { SmokeResult } from "../../model/report.js";
import { displayTime } from "../../model/time.js";
import {
  type Content,
  code,
  element,
  type Html,
  plural,
  type SmokeLimits,
  section,
  smokeContent,
  smokeWords,
  word,
} from "../../report/index.js";
import type { SmokeProgress } from "../smoke-progress.js";
import type { SmokeRun, SmokeRuns } from "../smoke-runs.js";
import { timeText } from "./spans.js";

/** What there is to show. */
export interface SmokeView {
  readonly going: SmokeRun | null;
  readonly progress: SmokeProgress | null;
  /** The newest that ended with a result. */
  readonly ended: SmokeRun | null;
  /** Whether the newest run of all gave no result, because schemaready failed. */
  readonly isBroken: boolean;
  readonly nowMs: number;
}

export function smokeView(runs: SmokeRuns, nowMs: number): SmokeView {
  const all = runs.list();
  return {
    going: all.find(({ state }) => state === "running" || state === "stopping") ?? null,
    progress: runs.progress(),
    ended: all.find(({ result }) => result !== null) ?? null,
    isBroken: all[0]?.state === "broken",
    nowMs,
  };
}

/** At the top, in counts, for everybody: `Smoke run: FAIL 2 of 4 steps failed, 3 min ago`. Nothing before the first. */
export function smokeLine(view: SmokeView): Html[] {
  const told = [...goingWords(view), ...brokenWords(view), ...endedWords(view)];
  const [first, ...others] = told;
  if (first === undefined) return [];
  const link = element("a", { href: "#smoke" }, "Smoke run");
  // The script tells screen readers when this has become another one: it holds neither ages nor progress.
  const outcome = element("span", { id: "smoke-outcome" }, first.outcome);
  const before = others.map(({ outcome: words, more }) => ["; before it: ", words, more]);
  return [element("p", {}, link, ": ", outcome, first.more, ...before)];
}

interface LineWords {
  readonly outcome: Content;
  /** What changes without being news. */
  readonly more: Content;
}

function goingWords({ going, progress }: SmokeView): LineWords[] {
  if (going === null) return [];
  const state = going.state === "stopping" ? "STOPPING" : "RUNNING";
  return [{ outcome: word({ word: state, style: "cyan" }), more: [" ", progressWords(progress)] }];
}

function brokenWords({ isBroken }: SmokeView): LineWords[] {
  return isBroken ? [{ outcome: [BROKEN, " schemaready failed"], more: "" }] : [];
}

const BROKEN = word({ word: "BROKEN", style: "red" });

function endedWords({ ended, nowMs }: SmokeView): LineWords[] {
  if (ended === null || ended.result === null) return [];
  return [{ outcome: resultWords(ended.result), more: `, ${ago(ended.startedAt, nowMs)}` }];
}

function resultWords(result: SmokeResult): Content {
  const { sentence, ...look } = smokeWords(result);
  return [word(look), ` ${sentence}`];
}

function progressWords(progress: SmokeProgress | null): string {
  if (progress === null || progress.total === 0) return "the flows are being read";
  const { total, done, failed, isCleaningUp } = progress;
  const counts = `${done} of ${plural(total, "step")} done${failed === 0 ? "" : `, ${failed} failed`}`;
  return isCleaningUp ? `${counts}; cleaning up` : counts;
}

const MINUTE_MS = 60_000;

/** By the clock's minutes, so that all ages on a page change at once. */
function ago(iso: string, nowMs: number): string {
  const minutes = Math.floor(nowMs / MINUTE_MS) - Math.floor(Date.parse(iso) / MINUTE_MS);
  return minutes < 1 ? "less than a minute ago" : `${timeText(minutes * MINUTE_MS)} ago`;
}

/** A page that is open all night stays light; the whole run is behind the link. */
const LIMITS: SmokeLimits = { flows: 10, steps: 20, passed: 30 };

export interface SmokeDetails {
  /** The result, explained by the report that the page shows. */
  readonly explained: SmokeResult | null;
  /** Without a token nobody may begin a run. */
  readonly hasToken: boolean;
  /** When the verdict last changed from another one, ISO 8601; null: not since the start. */
  readonly changedAt: string | null;
}

/** @param details null: the viewer may not see names, and gets what the line at the top says */
export function smokePart(view: SmokeView, details: SmokeDetails | null): Html[] {
  const { going, ended, isBroken } = view;
  const nothing = going === null && ended === null && !isBroken;
  if (nothing) return section("smoke", "Smoke run", ...never(details));
  const content = [
    ...(going === null ? [] : [goingPart(going, view, details)]),
    ...(isBroken
      ? [element("p", {}, BROKEN, " The newest run gave no result: schemaready failed; its log says how.")]
      : []),
    ...(ended === null ? [] : endedPart(ended, view, details)),
  ];
  return section("smoke", "Smoke run", ...content);
}

function never(details: SmokeDetails | null): Html[] {
  const none = element("p", {}, "None since this service started.");
  if (details === null) return [none];
  if (!details.hasToken) {
    const how = [
      "A run needs a token, also from this machine: start schemaready with ",
      code("--token-file FILE"),
      ".",
    ];
    return [none, element("p", { class: "dim" }, ...how)];
  }
  const command = `curl -X POST -H "Authorization: Bearer $TOKEN" ADDRESS/smoke/runs`;
  return [none, element("p", {}, "To begin one, with the address of this page for ADDRESS: ", code(command))];
}

function goingPart(run: SmokeRun, { progress, nowMs }: SmokeView, details: SmokeDetails | null): Html {
  const word = run.state === "stopping" ? "Stopping" : "Running";
  const at = details === null || progress?.step == null ? "" : ["; at ", code(progress.step)];
  return element(
    "p",
    { class: "notice odd" },
    `${word}: ${progressWords(progress)}`,
    at,
    ". Begun ",
    begun(run, nowMs, details),
  );
}

function endedPart(run: SmokeRun, view: SmokeView, details: SmokeDetails | null): Content[] {
  const { result } = run;
  if (result === null) return [];
  const before = view.going === null ? [] : [element("h3", {}, "The run before it")];
  const head = element("p", {}, resultWords(result), ". Begun ", begun(run, view.nowMs, details));
  if (details === null) return [...before, head];
  const outdated = details.changedAt !== null && details.changedAt > run.startedAt;
  const note = "The verdict has changed since this run began: what it says may no longer be so. Run the flows again.";
  return [
    ...before,
    head,
    ...(outdated ? [element("p", { class: "notice warn" }, note)] : []),
    ...smokeContent(details.explained ?? result, LIMITS),
  ];
}

/** `2026-11-20 10:00:01 UTC, 3 min ago, by curl/8.5.0 from 10.0.0.7, Idempotency-Key deploy-7.` */
function begun({ id, startedAt, begunBy, only, tags }: SmokeRun, nowMs: number, details: SmokeDetails | null): Content {
  const when = `${displayTime(startedAt)}, ${ago(startedAt, nowMs)}`;
  if (details === null) return `${when}.`;
  const { address, userAgent, idempotencyKey } = begunBy;
  const facts = [
    `${when}, by ${userAgent ?? "a program without a name"}`,
    ...(address === null ? [] : [` from ${address}`]),
    ...(idempotencyKey === null ? [] : [`, Idempotency-Key ${idempotencyKey}`]),
    ...(only.length === 0 ? [] : [`; only ${firstOf(only)}`]),
    ...(tags.length === 0 ? [] : [`; tags ${firstOf(tags)}`]),
  ].join("");
  const link = details.hasToken
    ? [" ", element("a", { href: `smoke/runs/${encodeURIComponent(id)}` }, "The whole run"), "."]
    : [];
  return [`${facts}.`, ...link];
}

const MOST_CHOSEN = 5;

function firstOf(names: readonly string[]): string {
  const rest = names.length - MOST_CHOSEN;
  return [...names.slice(0, MOST_CHOSEN), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
