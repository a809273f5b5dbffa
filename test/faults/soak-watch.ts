/** What the soak test watches: whether an answer was true, and what the process and the server hold after each part. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Polled } from "../support/poll.js";

/** What the schema was like, from the moment at which a change may have been visible to that at which it was for sure. */
export interface Phase {
  readonly fits: boolean;
  readonly from: number;
  until: number;
}

export interface Judged {
  /** What the answer says of the schema; `unverified`: nothing. Probes of the process alone say `alive`. */
  readonly says: "pass" | "fail" | "unverified" | "alive";
  /** Null, or why the answer cannot have been true when it was verified, or later. */
  readonly wrong: string | null;
  /** Milliseconds between the verification that it names and its arrival. */
  readonly ageMs: number;
}

/** @param phases all so far, oldest first */
export function judge(polled: Polled, phases: readonly Phase[]): Judged {
  if (polled.path === "/schema/health") return judgeHealth(polled, phases);
  const isRight = polled.path === "/metrics" ? hasOneStatus(polled) : polled.body === '{"status":"pass"}';
  const wrong = polled.status === 200 && isRight ? null : `${polled.path}: ${polled.status} ${polled.body}`;
  return { says: "alive", wrong, ageMs: 0 };
}

function hasOneStatus({ body }: Polled): boolean {
  return body.match(/^schemaready_status\{status="\w+"\} 1$/gm)?.length === 1;
}

function judgeHealth({ status, body, at }: Polled, phases: readonly Phase[]): Judged {
  // Polls and service share this process: one that is starved says that it could not look, which is no untruth.
  if (status === 503 && body.includes('"output":"unverified: ')) return { says: "unverified", wrong: null, ageMs: 0 };
  const { notes, output = "", status: word } = JSON.parse(body) as { notes: string[]; output?: string; status: string };
  const verifiedAt = Date.parse(/verified (\S+),/.exec(notes[0] ?? "")?.[1] ?? "");
  const fits = status === 200;
  const isKnown = fits ? ["pass", "warn"].includes(word) : output.startsWith("1 of 1 feature broken, 1 gap");
  const isTrue =
    isKnown && phases.some((phase) => phase.fits === fits && phase.from <= at && phase.until >= verifiedAt);
  const wrong = `${status} ${body} at ${new Date(at).toISOString()}: ${JSON.stringify(phases.slice(-5))}`;
  return { says: fits ? "pass" : "fail", wrong: isTrue ? null : wrong, ageMs: at - verifiedAt };
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

export interface Memory {
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** After a garbage collection. */
export function memory(): Memory {
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, residentBytes: rss };
}

/** Timers, sockets, servers and threads that keep this process alive, by kind. */
export function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
