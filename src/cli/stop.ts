/** SIGINT and SIGTERM: the first asks the command to clean up and return, the second ends the process at once. */
import type { Socket } from "node:net";
import { type Environment, environment } from "../config/index.js";
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

/** Stopped before there was anything to print on stdout: its message is the one line on stderr. */
export class StoppedEarly extends Error {
  override readonly name = "StoppedEarly";
}

/**
 * Listens from now on, for the rest of the process. With END_WITH_PARENT in the environment, whoever started the process
 * holds its standard input open; that pipe also closes when they are killed, and counts as SIGTERM.
 */
export function watchSignals(settings: Environment = environment()): AbortSignal {
  const controller = new AbortController();
  for (const name of Object.keys(CODES) as StopSignal[]) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(CODES[name]);
      controller.abort(new Stopped(name));
    });
  }
  if (settings["END_WITH_PARENT"] !== undefined) {
    process.stdin.resume().once("end", () => controller.abort(new Stopped("SIGTERM")));
    // Waiting for that must not keep a command alive that is done.
    (process.stdin as Partial<Socket>).unref?.();
  }
  return controller.signal;
}

/** The exit code for a signal that was aborted. */
export function stopCode({ reason }: AbortSignal): ExitCode {
  return reason instanceof Stopped ? reason.exitCode : EXIT.sigint;
}

/** What work gives before anything is looked at; StoppedEarly for whatever it fails with after the signal is aborted. */
export async function startingUp<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch (error) {
    // Also what failed because of the stop, such as a server that got the same Ctrl-C.
    if (signal.aborted) throw new StoppedEarly("stopped before anything was looked at", { cause: error });
    throw error;
  }
}

/** The result of work that cannot be stopped itself; rejects with StoppedEarly as soon as the signal is aborted. */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Work that is given up may still fail later; nobody is there to hear it.
  work.catch(() => {});
  const stopped = () => new StoppedEarly("stopped before there was a report", { cause: signal.reason });
  if (signal.aborted) throw stopped();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(stopped());
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
