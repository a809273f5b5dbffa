/** Hazards in the words of a report. */
import type { LintHazard } from "../model/lint.js";
import type { Hazard } from "../model/repair.js";

const WORDS: Readonly<Record<Exclude<Hazard["kind"] | LintHazard["kind"], "lock">, string>> = {
  "table-rewrite": "rewrites the table",
  "full-scan": "reads the whole table",
  "blocks-writes": "blocks writes",
  "data-loss": "loses data",
  "changes-rows": "changes rows",
  "not-transactional": "outside of a transaction",
  "needs-a-value": "needs a value",
  "fails-with-rows": "refused if rows violate it",
  "breaks-running-code": "breaks code that still uses the old shape",
  "weakens-integrity": "lets in what was refused before",
  "needs-privilege": "needs an administrator",
  "partial-definition": "known in part only",
  "not-guarded": "fails when it is run again",
  "skipped-when-present": "skipped when something of that name is there",
};

/** `ACCESS EXCLUSIVE lock on public.users; rewrites the table` */
export function hazardsText(hazards: readonly (Hazard | LintHazard)[]): string {
  return hazards.map(hazardText).join("; ");
}

function hazardText({ kind, lock, subject }: Hazard | LintHazard): string {
  if (kind === "lock") return `${lock ?? "a"} lock${subject === null ? "" : ` on ${subject}`}`;
  return WORDS[kind];
}
