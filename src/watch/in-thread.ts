/** A verifier in a thread of its own, which is started again when it has died. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Report } from "../model/report.js";
import type { Answer, Question } from "./messages.js";
import type { Verifier, VerifierOptions } from "./verifier.js";

const THREAD = new URL("./thread.js", import.meta.url);
/** For closing a connection politely. */
const CLOSE_MS = 2_000;
/** For letting go of a verification that was given up. A thread that calculates hears nothing, so it is ended then. */
const LET_GO_MS = 5_000;

interface ThreadOptions {
  /** The compiled entry of the thread. */
  readonly file?: URL;
  readonly letGoMs?: number;
}

/** Nothing is started before the first verification. */
export function createVerifierInThread(
  options: VerifierOptions,
  { file = THREAD, letGoMs = LET_GO_MS }: ThreadOptions = {},
): Verifier {
  let thread: Worker | null = null;
  const start = (): Worker => {
    const started = new Worker(file, { workerData: options, name: "schemaready-verify" });
    const forget = () => {
      if (thread === started) thread = null;
    };
    // What kills the thread is told to whoever waits for its answer; without a listener Node would end the process.
    started.on("error", forget).on("exit", forget);
    thread = started;
    return started;
  };
  return {
    verify: (signal) => ask(thread ?? start(), signal, letGoMs),
    close: async () => {
      const running = thread;
      thread = null;
      if (running === null) return;
      say(running, { kind: "close" });
      await once(running, "message", { signal: AbortSignal.timeout(CLOSE_MS) }).catch(() => {});
      await running.terminate();
    },
  };
}

function say(thread: Worker, question: Question): void {
  thread.postMessage(question);
}

async function ask(thread: Worker, signal: AbortSignal, letGoMs: number): Promise<Report> {
  let patience: NodeJS.Timeout | undefined;
  const abort = () => {
    say(thread, { kind: "abort" });
    patience = setTimeout(() => void thread.terminate(), letGoMs);
  };
  const ended = new AbortController();
  signal.addEventListener("abort", abort, { once: true });
  try {
    say(thread, { kind: "verify" });
    // once() rejects with the error that killed the thread.
    const exited = once(thread, "exit", { signal: ended.signal }).then(() => {
      throw new Error("the thread that verifies has ended");
    });
    const [answer] = (await Promise.race([once(thread, "message", { signal: ended.signal }), exited])) as [Answer];
    if (answer.kind === "report") return answer.report;
    throw answer.kind === "error" ? answer.error : new Error("the thread that verifies was closed");
  } finally {
    signal.removeEventListener("abort", abort);
    clearTimeout(patience);
    ended.abort();
  }
}
