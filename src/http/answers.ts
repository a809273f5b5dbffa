/**
 * Answers that are polled. They are made once for a verdict, and again only when the age they tell (in
 * whole seconds) has changed: a probe costs a comparison and a write, whatever the report holds.
 */
import type { Report } from "../model/report.js";
import { featuresNamed, type HealthQuestion, healthOf } from "../report/index.js";
import { healthText } from "./health-text.js";
import { type ReadyAnswer, readyAnswer } from "./ready-answer.js";
import type { Refresher } from "./refresher.js";
import type { CurrentVerdict } from "./verdict.js";

export const HEALTH_TYPES = ["application/health+json", "application/json", "text/plain"] as const;
export type HealthType = (typeof HEALTH_TYPES)[number];

interface Kept {
  readonly version: number;
  readonly state: CurrentVerdict["state"];
  readonly ageSeconds: number;
  readonly answer: ReadyAnswer;
}

export type HealthAnswers = (question: HealthQuestion, type: HealthType) => ReadyAnswer | null;

/** Makes the source of health answers. It answers null for a feature that the contract does not have. */
export function createHealthAnswers(
  refresher: Pick<Refresher, "current">,
  releaseId: string,
  intervalMs: number,
): HealthAnswers {
  const anonymous = noneKept();
  const detailed = noneKept();
  return (question, type) => {
    const current = refresher.current();
    const ageSeconds = current.ageMs === null ? -1 : Math.floor(current.ageMs / 1000);
    const kept = (question.detail ? detailed : anonymous)[type];
    const entry = kept.get(question.feature);
    if (entry?.version === current.version && entry.state === current.state && entry.ageSeconds === ageSeconds) {
      return entry.answer;
    }
    const answer = render(current, question, type, { releaseId, intervalMs });
    if (answer !== null && isKept(current, question)) {
      kept.set(question.feature, { version: current.version, state: current.state, ageSeconds, answer });
    }
    return answer;
  };
}

/** By media type and feature; bounded, because only features of the contract get in. Without a key put together: that would cost more than the rest. */
function noneKept(): Readonly<Record<HealthType, Map<string | null, Kept>>> {
  return { "application/health+json": new Map(), "application/json": new Map(), "text/plain": new Map() };
}

/** Without a report nobody knows which features there are, so a made-up one gets an answer, but no memory. */
function isKept({ report }: CurrentVerdict, { feature }: HealthQuestion): boolean {
  return feature === null || featuresNamed(report, feature).length > 0;
}

function render(
  current: CurrentVerdict,
  question: HealthQuestion,
  type: HealthType,
  { releaseId, intervalMs }: { readonly releaseId: string; readonly intervalMs: number },
): ReadyAnswer | null {
  const health = healthOf(current, question, releaseId);
  if (health === null) return null;
  const { report } = current;
  const features = question.feature === null ? null : featuresNamed(report, question.feature);
  const text = type === "text/plain" ? healthText(health, report, features) : JSON.stringify(health.body);
  const contentType = type === "text/plain" ? "text/plain; charset=utf-8" : type;
  return readyAnswer(health.httpStatus, contentType, text, intervalMs);
}

/** A rendering of reports that is made once for each report and forgotten with it. */
export function oncePerReport(renderReport: (report: Report) => string): (report: Report) => Buffer {
  const kept = new WeakMap<Report, Buffer>();
  return (report) => {
    const known = kept.get(report);
    if (known !== undefined) return known;
    const body = Buffer.from(renderReport(report));
    kept.set(report, body);
    return body;
  };
}
