/** The command line: arguments in, text on two streams and an exit code out. */
import { redactSettings } from "../config/index.js";
import type { ExitCode } from "../errors/index.js";
import { reportError } from "./errors.js";
import type { CliIo } from "./io.js";
import { runProgram } from "./program.js";
import { stopCode } from "./stop.js";

export { VERDICT_EXIT } from "./exit-code.js";
export { type CliIo, processIo, type Sink } from "./io.js";
export { watchSignals } from "./stop.js";

/** From now on an error that nobody waits for ends the process as every other: one clear text, no stack, no secret. */
export function reportUncaught(argv: readonly string[], io: CliIo): void {
  const redact = redactSettings(argv, io.environment);
  process.on("uncaughtException", (error) => process.exit(reportError(error, io, redact)));
}

/**
 * Runs one command. Never throws: errors are printed to `io.stderr`, secrets replaced.
 * @param argv arguments without node and script
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const redact = redactSettings(argv, io.environment);
  try {
    const code = await runProgram(argv, io);
    return io.signal.aborted ? stopCode(io.signal) : code;
  } catch (error) {
    return reportError(error, io, redact);
  }
}
