/** Whether what a request addresses can only be of one run: its address holds the run id, or who asks was made by the run. */
import type { RequestTemplate, SmokeSuite, Step } from "../../model/flow.js";
import { usedBefore } from "../check.js";
import type { PlannedFlow } from "../planned.js";
import { templateNames } from "../template.js";
import { isReserved } from "../values.js";
import { type Source, sourcesOf } from "./sources.js";

/**
 * Without that, a request that removes what was perhaps never created could remove what was there before.
 * A run id in a header says nothing about what is addressed.
 * @param logins steps by whose cookies it is asked
 */
export function addressesOneRun(
  { path, query, body, headers }: RequestTemplate,
  suite: SmokeSuite,
  planned: PlannedFlow,
  step: Step,
  logins: readonly Source[] = [],
): boolean {
  const row = Object.entries(planned.flow.row?.values ?? {}).filter(([, value]) => typeof value === "string");
  const texts = new Map([...Object.entries(suite.variables), ...Object.entries(suite.secrets), ...row]);
  const inHeaders = templateNames(headers).filter((name) => !isReserved(name));
  const search = (names: readonly string[], from: PlannedFlow, seen: ReadonlySet<Step | string>): boolean =>
    names.some((name) => {
      if (name === "runId") return true;
      const text = texts.get(name);
      if (typeof text === "string") {
        const variable = `variable ${name}`;
        return !seen.has(variable) && search(namesOfRun(text), from, new Set([...seen, variable]));
      }
      const [source] = sourcesOf(name, { planned: from, step }).filter((each) => !seen.has(each.step));
      return source !== undefined && search(usedBefore(source.step), source.planned, new Set([...seen, source.step]));
    });
  if (search([...templateNames([path, query, body]), ...inHeaders], planned, new Set([step]))) return true;
  // A session says who asks, as a header does.
  return (
    logins.length > 0 && logins.every((login) => search(usedBefore(login.step), login.planned, new Set([login.step])))
  );
}

/** In a variable, `{{uuid}}` and `{{now}}` are computed once in a run: they name it as well as its id does. */
function namesOfRun(text: string): string[] {
  return templateNames(text).map((name) => (name === "uuid" || name === "now" ? "runId" : name));
}
