/** The commands, and how commander is to behave: it throws instead of exiting, and prints only help. */
import { Command } from "commander";
import { TOOL_VERSION } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { addCompile } from "./compile.js";
import { addDemo } from "./demo.js";
import { addExplain } from "./explain/index.js";
import { addGate } from "./gate.js";
import { addInit } from "./init.js";
import type { CliIo } from "./io.js";
import { addLint } from "./lint.js";
import { addRepair } from "./repair.js";
import { addServe } from "./serve.js";
import { addSmoke } from "./smoke.js";
import { addVerify } from "./verify.js";
import { addWait } from "./wait.js";

/**
 * Parses the arguments and runs the command they name.
 * @param argv arguments without node and script
 * @throws CommanderError for wrong usage and after help; whatever the command throws
 */
export async function runProgram(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const run = async (running: Promise<ExitCode>) => {
    code = await running;
  };
  const program = new Command("schemaready")
    .description("Tells you that the schema is what the deployed code needs, and what is broken when it is not.")
    .version(TOOL_VERSION, "--version", "print the version")
    .helpOption("--help", "print help")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // Errors of usage are printed where all errors are: in errors.ts.
      outputError: () => {},
      getOutHelpWidth: () => io.stdout.columns ?? HELP_WIDTH,
      getErrHelpWidth: () => io.stderr.columns ?? HELP_WIDTH,
    })
    .addHelpText("after", "\n`schemaready <command> --help` lists options, environment variables and exit codes.");
  const commands = [
    addInit,
    addVerify,
    addWait,
    addRepair,
    addServe,
    addSmoke,
    addGate,
    addCompile,
    addLint,
    addExplain,
    addDemo,
  ];
  for (const add of commands) add(program, run, io);
  await program.parseAsync(argv, { from: "user" });
  return code;
}

const HELP_WIDTH = 100;
