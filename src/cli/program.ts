/** The commands, and how commander is to behave: it throws instead of exiting, and prints only help. */
import { Command } from "commander";
import { TOOL_VERSION } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import type { CliIo } from "./io.js";

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
  for (const load of wantedCommands(argv)) (await load())(program, run, io);
  await program.parseAsync(argv, { from: "user" });
  return code;
}

const HELP_WIDTH = 100;

type AddCommand = (program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo) => void;

/** In the order of the help. Each is loaded when it is wanted: what all of them need takes longer than most of them run. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  init: async () => (await import("./init.js")).addInit,
  verify: async () => (await import("./verify.js")).addVerify,
  wait: async () => (await import("./wait.js")).addWait,
  repair: async () => (await import("./repair.js")).addRepair,
  serve: async () => (await import("./serve.js")).addServe,
  smoke: async () => (await import("./smoke.js")).addSmoke,
  gate: async () => (await import("./gate.js")).addGate,
  compile: async () => (await import("./compile.js")).addCompile,
  lint: async () => (await import("./lint.js")).addLint,
  explain: async () => (await import("./explain/index.js")).addExplain,
  demo: async () => (await import("./demo.js")).addDemo,
};

/** The command that is named; all of them for help, and for the name that a misspelt one may have meant. */
function wantedCommands([first, second]: readonly string[]): readonly (() => Promise<AddCommand>)[] {
  if (first === "--version") return [];
  const name = first === "help" ? second : first;
  const known = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return known === undefined ? Object.values(COMMANDS) : [known];
}
