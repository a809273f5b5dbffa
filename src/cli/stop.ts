/** SIGINT and SIGTERM: the first asks the command to clean up and return, the second ends the process at once. */
import { EXIT, type ExitCode } from "../errors/index.js";

const CODES = { SIGINT: EXIT.sigint, SIGTERM: EXIT.sigterm } as const;
type StopSignal = keyof typeof CODES;

/** Why a run was stopped; the reason of the AbortSignal that commands get. */
export class Stopped extends Error {
  override readonly name = "Stopped";
  readonly exitCode: ExitCode;

  constructor(signal: StopSignal) {
    super(`stopped by ${signal}`);
    this.exitCode = CODES[signal];
  }
}

/** Listens from now on, for the rest of the process. */
export function watchSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of Object.keys(CODES) as StopSignal[]) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(CODES[name]);
      controller.abort(new Stopped(name));
    });
  }
  return controller.signal;
}

/** The exit code for a signal that was aborted. */
export function stopCode({ reason }: AbortSignal): ExitCode {
  return reason instanceof Stopped ? reason.exitCode : EXIT.sigint;
}

/** The result of work that cannot be stopped itself; rejects with the signal's reason as soon as it is aborted. */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Work that is given up may still fail later; nobody is there to hear it.
  work.catch(() => {});
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
