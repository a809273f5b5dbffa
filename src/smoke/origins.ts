/** Where requests may go: to the application, to what the check file names besides, and never beyond --allow-origin. */
import type { SmokeSuite } from "../model/flow.js";
import { NOWHERE } from "./planned.js";
import { renderText, templateNames } from "./template.js";
import type { SuiteValues } from "./values.js";

export interface AllowedOrigins {
  readonly origins: readonly string[];
  readonly problems: readonly string[];
}

/** @param limit what the operator allows; empty: no limit besides the check file */
export function allowedOrigins(
  { application, origins }: SmokeSuite,
  values: SuiteValues,
  base: URL,
  limit: readonly string[],
): AllowedOrigins {
  const problems: string[] = [];
  const named = origins.flatMap((template): string[] => {
    const missing = templateNames(template).flatMap(
      (name) => values.problems(name) ?? [`{{${name}}} in origins is not a variable, a secret or a built-in name`],
    );
    problems.push(...missing);
    if (missing.length > 0) return [];
    const origin = originOf(renderText(template, values.lookup));
    if (origin === null)
      problems.push(`${application}: ${template} in origins is not an origin such as https://auth.example.com`);
    return origin === null ? [] : [origin];
  });
  if (limit.length === 0) return { origins: [...new Set([base.origin, ...named])], problems };
  if (base === NOWHERE || limit.includes(base.origin)) return { origins: limit, problems };
  const only = `--allow-origin names ${limit.join(", ")} only`;
  problems.push(`${application}: the address of the application is ${base.origin}, and ${only}`);
  // Said once, and not again of every path.
  return { origins: [base.origin, ...limit], problems };
}

/** `https://host:8443` of exactly that; null for anything with a path, a user name or another scheme. */
function originOf(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return null;
  return url.pathname === "/" && url.search === "" && url.hash === "" ? url.origin : null;
}
