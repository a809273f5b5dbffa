/** What a trial on a copy adds to the evidence of causes that it does not replace. */
import type { Trial } from "../model/trial.js";
import type { Ledger } from "./ledger.js";
import type { Evidence } from "./rule.js";
import { listNames } from "./text.js";

/** A copy holds definitions only, so what rows do cannot be seen on it. */
export function sourceOfTrial({ where }: Trial): string {
  return `a copy of the schema, without rows, in ${where}`;
}

/** That everything ran, or why nobody knows; what would fail is a cause of its own. */
export function trialEvidence({ trial }: Ledger): Evidence {
  if (trial === null || trial.result.kind === "failed") return [];
  const source = sourceOfTrial(trial);
  if (trial.result.kind === "unknown") {
    return [{ fact: `whether a deploy would succeed is not known: ${trial.result.reason}`, source }];
  }
  const which = trial.tried.length === 1 ? "it runs" : `all ${trial.tried.length} run`;
  return [{ fact: `tried: ${which} there without an error (${listNames(trial.tried)})`, source }];
}
