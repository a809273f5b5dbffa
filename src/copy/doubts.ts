/** When the copy's refusal proves nothing about the target. Pure. */
import { complaintOf } from "../expect/index.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { ReplayFailure } from "../model/replay-failure.js";
import type { LeftOut } from "./left-out.js";

export interface Circumstances {
  readonly failure: ReplayFailure;
  readonly leftOut: readonly LeftOut[];
  readonly missingExtensions: readonly string[];
  readonly sameMajor: boolean;
  readonly directory: Pick<MigrationDirectory, "warnings">;
  /** Migrations that wait and have no script here. */
  readonly withoutScript: readonly string[];
  /** Schemas, other than the one searched, that have what is missing. */
  readonly elsewhere: readonly string[];
}

/** Class 42, but for rights; and what something else depends on. Everything else may be the doing of rows or of the server. */
const ABOUT_SHAPES = /^(?:42(?!501)...|2BP01|3F000|55P04|25001)$/;
const MISSING = ["42P01", "42704", "42883", "42703", "3F000"];
const SYNTAX_ERROR = "42601";
/** What another major version understands, or has. */
const OF_THE_VERSION = [SYNTAX_ERROR, "42883", "42704"];

/** Why the target might take what the copy refused; null: it would refuse it, too. */
export function doubtOf(around: Circumstances): string | null {
  const { failure, missingExtensions, sameMajor } = around;
  const { sqlstate, code } = failure;
  if (code === "NEEDS_EXTENSION" || missingExtensions.length > 0) {
    const which = missingExtensions.length > 0 ? ` (${missingExtensions.join(", ")})` : "";
    return `the migrations need an extension that the throwaway server does not have${which}`;
  }
  if (!ABOUT_SHAPES.test(sqlstate)) {
    return `${told(failure)}, which may be because the copy holds no rows, or because of rights or settings`;
  }
  // Roles belong to the server, and this one has others.
  if (code === "NEEDS_ROLE") return `${told(failure)}, and the throwaway server has other roles`;
  if (!sameMajor && OF_THE_VERSION.includes(sqlstate)) {
    return `${told(failure)}, which may be because the throwaway server has another major version`;
  }
  return doubtAboutScripts(around) ?? doubtAboutNames(around);
}

/** What the tool puts into scripts, and what it runs besides them, is not known here. */
function doubtAboutScripts({ failure, directory: { warnings }, withoutScript }: Circumstances): string | null {
  const [first] = withoutScript;
  if (first !== undefined) return `${told(failure)}, and of ${first}, which waits as well, there is no script`;
  const unread = warnings.find(({ code }) => code === "NOT_READ");
  if (unread !== undefined) return `${told(failure)}, and not every migration could be read: ${unread.message}`;
  const hasPlaceholders = warnings.some(({ code, file }) => code === "PLACEHOLDER" && file === failure.file);
  return hasPlaceholders ? `${told(failure)}, and the script has placeholders that only its tool knows` : null;
}

function doubtAboutNames({ failure, leftOut, elsewhere }: Circumstances): string | null {
  const { sqlstate, message } = failure;
  const isMissing = MISSING.includes(sqlstate);
  // An operator, a setting, a tablespace, a language: where it might come from is not known.
  if (isMissing && (complaintOf(sqlstate, message)?.kinds.length ?? 0) === 0) {
    return `${told(failure)}, and that may stand outside of the schema`;
  }
  if (elsewhere.length > 0) {
    return `${told(failure)}, and that stands in schema ${elsewhere.join(", ")}: whether it is found depends on the search_path of whoever migrates`;
  }
  const cause = leftOut.find((left) => isInvolved(left, failure));
  return cause === undefined ? null : `${told(failure)}, and the copy lacks ${cause.kind} ${cause.name}`;
}

/** Names are looked for as words: too often involved is better than a false alarm. */
function isInvolved({ kind, name }: LeftOut, { sqlstate, message, statement }: ReplayFailure): boolean {
  if ((kind === "extension" || kind === "schema") && MISSING.includes(sqlstate)) return true;
  const text = `${message}\n${statement ?? ""}`.toLowerCase();
  const bare = name.replace(/\(.*$/s, "").toLowerCase();
  return bare !== "" && text.includes(bare);
}

function told({ migration, message, sqlstate }: ReplayFailure): string {
  return `on the copy ${migration} was refused with: ${message} (${sqlstate})`;
}
