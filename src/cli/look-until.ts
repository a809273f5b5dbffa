/** Looking again and again until a report is good enough. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Report } from "../model/report.js";
import { displaySafe, headlineText } from "../report/index.js";

/** Who reads the log of a job sees that it still waits. */
const REMIND_MS = 30_000;

export interface LookUntil {
  readonly deadlineMs: number;
  readonly everyMs: number;
  readonly signal: AbortSignal;
  /** One line whenever what is waited for has changed, and now and then while it has not. */
  readonly onChange: (line: string) => void;
  readonly now?: () => number;
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * The first report that is good enough, or the last one before the deadline. At least one look is taken.
 * @throws what `look` throws
 */
export async function lookUntil(
  isEnough: (report: Report) => boolean,
  look: (remainingMs: number) => Promise<Report>,
  { deadlineMs, everyMs, signal, onChange, now = () => performance.now(), pause = pauseFor }: LookUntil,
): Promise<Report> {
  const started = now();
  let told = { line: "", at: started };
  for (;;) {
    const report = await look(started + deadlineMs - now());
    const remainingMs = started + deadlineMs - now();
    if (isEnough(report) || remainingMs <= 0) return report;
    const line = waitingFor(report);
    if (line !== told.line || now() - told.at >= REMIND_MS) {
      onChange(`${line}; ${Math.ceil(remainingMs / 1000)} s left`);
      told = { line, at: now() };
    }
    await pause(Math.min(everyMs, remainingMs), signal);
  }
}

function waitingFor(report: Report): string {
  const reason = isReasonTold(report) ? "" : `: ${displaySafe(report.unverified[0]?.reason ?? "")}`;
  return `waiting: ${headlineText(report)}${reason}`;
}

/** The headline names the reason when there is one for everything. */
function isReasonTold({ verdict, unverified, target }: Report): boolean {
  const [first] = unverified;
  if (verdict !== "unverified" || first === undefined) return true;
  if (target.server === null) return unverified.some(({ subject }) => subject.kind === "server");
  return unverified.every(({ reason }) => reason === first.reason);
}

/** A signal ends the pause; the next look then says why. */
async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
