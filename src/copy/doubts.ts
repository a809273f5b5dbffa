/** When the copy's refusal proves nothing about the target. Pure. */
import type { TrialFailure } from "../model/trial.js";
import type { LeftOut } from "./left-out.js";

export interface Circumstances {
  readonly failure: TrialFailure;
  readonly leftOut: readonly LeftOut[];
  readonly missingExtensions: readonly string[];
  readonly sameMajor: boolean;
}

/** Class 42, but for rights; and what something else depends on. Everything else may be the doing of rows or of the server. */
const ABOUT_SHAPES = /^(?:42(?!501)...|2BP01|3F000|55P04|25001)$/;
const MISSING = ["42P01", "42704", "42883", "42703", "3F000"];
/** What another major version understands, or has. */
const OF_THE_VERSION = ["42601", "42883", "42704"];

/** Why the target might take what the copy refused; null: it would refuse it, too. */
export function doubtOf({ failure, leftOut, missingExtensions, sameMajor }: Circumstances): string | null {
  const { sqlstate, code } = failure;
  if (code === "NEEDS_EXTENSION" || missingExtensions.length > 0) {
    const which = missingExtensions.length > 0 ? ` (${missingExtensions.join(", ")})` : "";
    return `the migrations need an extension that the throwaway server does not have${which}`;
  }
  if (!ABOUT_SHAPES.test(sqlstate)) {
    return `${told(failure)}, which may be because the copy holds no rows, or because of rights or settings`;
  }
  if (!sameMajor && OF_THE_VERSION.includes(sqlstate)) {
    return `${told(failure)}, which may be because the throwaway server has another major version`;
  }
  const cause = leftOut.find((left) => isInvolved(left, failure));
  return cause === undefined ? null : `${told(failure)}, and the copy lacks ${cause.kind} ${cause.name}`;
}

/** Names are looked for as words: too often involved is better than a false alarm. */
function isInvolved({ kind, name }: LeftOut, { sqlstate, message, statement }: TrialFailure): boolean {
  if ((kind === "extension" || kind === "schema") && MISSING.includes(sqlstate)) return true;
  const text = `${message}\n${statement ?? ""}`.toLowerCase();
  const bare = name.replace(/\(.*$/s, "").toLowerCase();
  return bare !== "" && text.includes(bare);
}

function told({ migration, message, sqlstate }: TrialFailure): string {
  return `on the copy ${migration} was refused with: ${message} (${sqlstate})`;
}
