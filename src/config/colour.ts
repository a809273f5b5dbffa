import type { Environment } from "./environment.js";

export type ColourMode = "always" | "never" | "auto";

/**
 * Whether to colour: --no-color before FORCE_COLOR before NO_COLOR (https://no-color.org, https://force-color.org);
 * `auto` is up to the terminal.
 * @param flag commander's value of `--no-color`: false when it was given
 */
export function colourMode(flag: unknown, environment: Environment): ColourMode {
  if (flag === false) return "never";
  const forced = environment["FORCE_COLOR"];
  if (forced) return forced === "0" || forced === "false" ? "never" : "always";
  return environment["NO_COLOR"] || environment["TERM"] === "dumb" ? "never" : "auto";
}
