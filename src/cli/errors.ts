/** Whatever a command throws becomes one clear text on stderr and an exit code. */
import { CommanderError } from "commander";
import type { Redact } from "../config/index.js";
import { EXIT, type ExitCode, SchemareadyError } from "../errors/index.js";
import { displaySafe } from "../report/index.js";
import type { CliIo } from "./io.js";
import { StoppedEarly, stopCode } from "./stop.js";

/** Prints the error, unless it only says that help was shown or that the user stopped the run. */
export function reportError(error: unknown, io: CliIo, redact: Redact): ExitCode {
  if (io.signal.aborted) {
    if (error instanceof StoppedEarly) io.stderr.write(`${error.message}\n`);
    return stopCode(io.signal);
  }
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  // commander has printed the help already: a command was missing.
  if (error instanceof CommanderError && error.code === "commander.help") return EXIT.usage;
  const known = asKnown(error);
  io.stderr.write(`${redact(safeLines(known.text()))}\n`);
  if (known.code === "INTERNAL" && io.environment["SCHEMAREADY_DEBUG"] && error instanceof Error) {
    io.stderr.write(`${redact(error.stack ?? "")}\n`);
  }
  return known.exitCode;
}

function asKnown(error: unknown): SchemareadyError {
  if (error instanceof SchemareadyError) return error;
  if (error instanceof CommanderError) return usageError(error);
  const message = error instanceof Error && error.message !== "" ? error.message : String(error);
  return new SchemareadyError("INTERNAL", message, { cause: error });
}

/** commander's text without its own prefix: `unknown option '--chekcs' (Did you mean --checks?)`. */
function usageError(error: CommanderError): SchemareadyError {
  const [first = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const message = [first, ...rest.filter((line) => line !== "")].join(" ");
  return new SchemareadyError("USAGE", `${message.charAt(0).toUpperCase()}${message.slice(1)}`);
}

/** Error texts quote servers and files; only our own line ends may pass. */
function safeLines(text: string): string {
  return text.split("\n").map(displaySafe).join("\n");
}
