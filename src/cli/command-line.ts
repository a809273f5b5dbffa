/** What was typed, for the commands that errors suggest. */
import type { Flags } from "../config/index.js";
import type { SmokeInput } from "../smoke/index.js";

/** Options by which the flows and the application are found. Whatever may hold a password is not among them. */
const REPEATED = [
  ["checks", "--checks"],
  ["contract", "--contract"],
  ["baseUrl", "--base-url"],
] as const;

/** The command with those of its options that the suggestion needs. */
export function commandLine(name: "smoke" | "gate", flags: Flags): NonNullable<SmokeInput["command"]> {
  const options = REPEATED.flatMap(([flag, option]) =>
    [flags[flag]]
      .flat()
      .filter((value) => typeof value === "string")
      .map((value) => `${option} ${shellWord(value)}`),
  );
  return { name, options };
}

function shellWord(text: string): string {
  return /^[\w./:%+=,@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
