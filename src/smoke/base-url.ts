/** Where the application is. */
import { hostWithoutScheme } from "../config/index.js";
import type { SmokeSuite } from "../model/flow.js";
import { NOWHERE } from "./planned.js";
import { renderText, templateNames } from "./template.js";
import type { SuiteValues } from "./values.js";

const NOT_KNOWN = "the address of the application is not known";

/** Whether a problem of a plan is that nobody gave an address. */
export function noAddress(problem: string): boolean {
  return problem.endsWith(NOT_KNOWN);
}

/**
 * The address of a suite's application; NOWHERE, with a problem, when there is none that can be used.
 * @param given of the command line; wins
 */
export function baseUrlOf(suite: SmokeSuite, values: SuiteValues, given: string | null, problems: Set<string>): URL {
  const template = given ?? suite.baseUrl;
  if (template === null) {
    problems.add(`${suite.application}: ${NOT_KNOWN}`);
    return NOWHERE;
  }
  // What the command line gives is an address, not a template.
  const names = given === null ? templateNames(template) : [];
  const missing = names.flatMap(
    (name) => values.problems(name) ?? [`{{${name}}} in baseUrl is not a variable, a secret or a built-in name`],
  );
  for (const problem of missing) problems.add(problem);
  if (missing.length > 0) return NOWHERE;
  const text = names.length === 0 ? template : renderText(template, values.lookup);
  const url = URL.canParse(text) ? new URL(text) : null;
  const host = hostWithoutScheme(text);
  const problem =
    host !== null
      ? `lacks http:// or https:// before the host: http://${host}`
      : url === null
        ? "is not a URL"
        : baseUrlProblem(url);
  // The text is not repeated: it may hold a password.
  if (problem !== null) problems.add(`${suite.application}: the address of the application ${problem}`);
  return url === null || problem !== null ? NOWHERE : url;
}

function baseUrlProblem(url: URL): string | null {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return `begins with ${url.protocol}, not with http: or https:`;
  if (url.username !== "" || url.password !== "") return "holds a user name or password; send them as a header";
  return url.search !== "" || url.hash !== "" ? "holds a query or a fragment" : null;
}
