/** `schemaready demo`: the whole story on this machine, in about a minute. */
import type { Command } from "commander";
import { colourMode, type Flags } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { runDemo } from "./demo/index.js";
import type { CliIo } from "./io.js";
import { helpTail } from "./options.js";
import { coloured } from "./outputs.js";

export function addDemo(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  program
    .command("demo")
    .summary("show an incident from the first symptom to the fix, on a throwaway PostgreSQL")
    .description(
      "Starts a throwaway PostgreSQL and a small application, rebuilds a real incident, verifies, runs the smoke flows, applies the fix, and shows everything green. Needs no database and changes none of yours.",
    )
    .option("--keep", "leave everything running at the end, and print the URLs")
    .option("--no-color", "no colours, whatever the terminal can show")
    .addHelpText(
      "after",
      helpTail({
        settings: [],
        exits: [
          [EXIT.ok, "the story went as it should"],
          [EXIT.gaps, "it did not"],
          [EXIT.unverified, "the throwaway PostgreSQL could not be started"],
        ],
        example: "schemaready demo --keep",
      }),
    )
    .action((flags: Flags) => run(startDemo(flags, io)));
}

function startDemo(flags: Flags, io: CliIo): Promise<ExitCode> {
  return runDemo({
    keep: flags["keep"] === true,
    colour: coloured(io.stdout, colourMode(flags["color"], io.environment)),
    write: (text: string) => io.stdout.write(text),
    signal: io.signal,
  });
}
