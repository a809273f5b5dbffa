/** Options and help of a command, from the table of settings. */
import { type Command, Option } from "commander";
import { DEFINITIONS, type Definition, flagOf, type SettingName } from "../config/index.js";
import { EXIT } from "../errors/index.js";

/** Adds an option for each setting, then the two that every command has. */
export function addSettings(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) command.addOption(optionOf(DEFINITIONS[name]));
  return command
    .option("--quiet", "no progress and no hints on stderr")
    .option("--no-color", "no colours, whatever the terminal can show");
}

function optionOf({ flags, description, fallback, repeatable }: Definition<unknown>): Option {
  const option = new Option(flags, fallback === null ? description : `${description} (default: ${fallback})`);
  const append = (value: string, previous: readonly string[] | undefined) => [...(previous ?? []), value];
  return repeatable ? option.argParser(append) : option;
}

export interface HelpTail {
  readonly settings: readonly SettingName[];
  /** Exit code -> meaning, for this command. */
  readonly exits: readonly (readonly [code: number, meaning: string])[];
  readonly example: string;
}

/** What stands below the options: environment variables, exit codes, one example. */
export function helpTail({ settings, exits, example }: HelpTail): string {
  const variables = settings.flatMap((name) => {
    const definition: Definition<unknown> = DEFINITIONS[name];
    const flag = flagOf(definition);
    return definition.variables.map(
      (variable) => [variable, definition.flags.endsWith("<never>") ? definition.description : flag] as const,
    );
  });
  const lines = (pairs: readonly (readonly [string | number, string])[]) => {
    const width = Math.max(...pairs.map(([left]) => String(left).length));
    return pairs.map(([left, right]) => `  ${String(left).padEnd(width)}  ${right}`).join("\n");
  };
  const parts = [
    ...(variables.length === 0 ? [] : [`Environment (an option wins over its variable):\n${lines(variables)}`]),
    `Exit codes:\n${lines([...exits, ...COMMON_EXITS].sort(([a], [b]) => a - b))}`,
    `Example:\n  ${example}`,
  ];
  return `\n${parts.join("\n\n")}\n`;
}

const COMMON_EXITS = [
  [EXIT.usage, "wrong usage, settings or check files; every problem is listed"],
  [EXIT.bug, "a bug in schemaready"],
  [EXIT.sigint, "stopped by SIGINT, clean-up done first"],
  [EXIT.sigterm, "stopped by SIGTERM, clean-up done first"],
] as const;
