/** The provenance of everything in the model, kept up to date script by script. Pure. */

import { compareText } from "../../model/names.js";
import type { Origin, Provenance } from "../../model/provenance.js";
import type { Subject } from "../../model/report.js";
import type { Change } from "./diff.js";
import { keyOf } from "./facts.js";

/** Key of a fact -> where it comes from. */
export type Tracked = ReadonlyMap<string, Provenance>;

/** Which script, and what of it. */
export type OriginScript = Pick<Origin, "migration" | "file">;
export type OriginDetails = Omit<Origin, keyof OriginScript>;
type DetailsOf = (change: Change) => OriginDetails;

/**
 * The provenance after a script that made these changes. An object that any of its properties or parts changed is
 * changed too; what is dropped is forgotten. What was there before the first script has no provenance until it changes.
 * @param script which made the changes
 * @param detailsOf in which line of it a change was made; asked only where that is kept
 */
export function track(
  before: Tracked,
  changes: readonly Change[],
  script: OriginScript,
  detailsOf: DetailsOf,
): Tracked {
  if (changes.length === 0) return before;
  const after = new Map(before);
  for (const change of changes) {
    const { kind, fact } = change;
    if (kind === "dropped") {
      after.delete(fact.key);
      continue;
    }
    const origin = { ...script, ...detailsOf(change) };
    const createdBy = kind === "created" ? origin : (before.get(fact.key)?.createdBy ?? origin);
    after.set(fact.key, { subject: fact.subject, property: fact.property, createdBy, changedBy: origin });
  }
  for (const change of changes) touchWholes(after, change, script, detailsOf);
  return after;
}

/** What the change belongs to was created earlier or with it; in both cases it has changed now, unless it is gone. */
function touchWholes(after: Map<string, Provenance>, change: Change, script: OriginScript, detailsOf: DetailsOf): void {
  const { fact, kind } = change;
  const whole = fact.property === null ? null : keyOf(fact.subject);
  const relation = relationKeys(fact.subject);
  for (const key of whole === null ? relation : [whole, ...relation]) {
    const entry = after.get(key);
    if (entry === undefined) continue;
    if (entry.changedBy.migration === script.migration && entry.changedBy.file === script.file) continue;
    const details = kind === "dropped" ? { ...detailsOf(change), line: null } : detailsOf(change);
    after.set(key, { ...entry, changedBy: { ...script, ...details } });
  }
}

function relationKeys({ kind, schema, relation }: Subject): string[] {
  if (relation === null) return [];
  const kinds = kind === "enum" ? (["enum"] as const) : (["table", "view"] as const);
  return kinds.map((each) => keyOf({ kind: each, schema, relation: null, name: relation }));
}

/** Sorted by what it is about, the same on every machine. */
export function provenanceList(tracked: Tracked): Provenance[] {
  return [...tracked].sort(([a], [b]) => compareText(a, b)).map(([, provenance]) => provenance);
}
