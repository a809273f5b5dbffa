/** Does something fill in every template, and if not: where would the value come from? */

import { didYouMean } from "../../model/suggest.js";
import type { FileCheck } from "../check-file.js";
import type { Path } from "../load/place.js";
import { capturesOf } from "./steps.js";
import { hasStrayBraces, isBuiltIn, templateNames } from "./templates.js";

/** What can stand in a template at some place of the file. */
export interface Known {
  readonly names: ReadonlySet<string>;
  /** The flow and the step of the place; null outside of flows, where no capture can be used at all. */
  readonly flow: string | null;
  readonly step: string | null;
}

/** Reports every template in the value that nothing fills in. */
export function checkTemplates(check: FileCheck, value: unknown, path: Path, known: Known): void {
  if (typeof value === "string") {
    if (hasStrayBraces(value)) check.report(path, `a template is {{name}}: the braces do not fit together`);
    for (const name of templateNames(value)) {
      if (isBuiltIn(name) || known.names.has(name)) continue;
      check.report(path, `nothing fills in {{${name}}} here${hintFor(check, name, known)}`);
    }
  } else if (Array.isArray(value)) {
    for (const [i, each] of value.entries()) checkTemplates(check, each, [...path, i], known);
  } else if (typeof value === "object" && value !== null) {
    const entries: Iterable<[unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
    for (const [key, each] of entries) checkTemplates(check, each, [...path, String(key)], known);
  }
}

function hintFor(check: FileCheck, name: string, { names, flow, step }: Known): string {
  if (flow === null) return didYouMean(name, names);
  const own = stepThatCaptures(check, name, flow);
  if (own === step && own !== null) {
    const isSql = check.file.content.smoke?.flows.get(flow)?.steps.get(own)?.sql !== undefined;
    return `; this step captures it, from the ${isSql ? "rows of this very statement" : "answer to this very request"}`;
  }
  if (own !== null) return `; step ${JSON.stringify(own)} captures it, which comes later`;
  const other = flowThatCaptures(check, name, flow);
  if (other === null) return didYouMean(name, names);
  const repeated = check.file.content.smoke?.flows.get(other)?.each !== undefined;
  if (repeated) return `; flow ${JSON.stringify(other)} captures it once for each of its rows, so no value is meant`;
  return `; flow ${JSON.stringify(other)} captures it: name it in needs`;
}

function stepThatCaptures(check: FileCheck, name: string, flow: string): string | null {
  const steps = check.file.content.smoke?.flows.get(flow)?.steps ?? [];
  for (const [id, step] of steps) if (capturesOf(step).includes(name)) return id;
  return null;
}

/** A flow that could be needed: one that itself needs the asking flow would make a circle. */
function flowThatCaptures(check: FileCheck, name: string, asking: string): string | null {
  for (const id of check.file.content.smoke?.flows.keys() ?? []) {
    if (stepThatCaptures(check, name, id) !== null && !needs(check, id, asking, new Set())) return id;
  }
  return null;
}

/** Whether a flow is the other one or needs it, directly or not. */
function needs(check: FileCheck, id: string, other: string, visited: Set<string>): boolean {
  if (id === other) return true;
  if (visited.has(id)) return false;
  visited.add(id);
  const needed = check.file.content.smoke?.flows.get(id)?.needs ?? [];
  return needed.some((each) => needs(check, each, other, visited));
}
