/** The command that runs what waits, and what is said about it. */
import type { CommandStep } from "../../model/repair.js";
import type { Cause, CauseCode, Gap, Migration } from "../../model/report.js";
import { toolWords } from "../../model/tools.js";
import { command } from "../commands.js";
import { gapsOf, restatedOf, type Standing } from "./standing.js";

/** `names` of what waits, in order; null: nothing is left to run. */
export function deployStep(standing: Standing, names: readonly string[], how: DeployKind): CommandStep | null {
  if (names.length === 0 && how !== "behind-the-unlisted") return null;
  const waiting = standing.waiting.filter(({ name }) => names.includes(name));
  const brings = broughtBy(standing, names, how);
  const effect = { kind: "deploy", migrations: names } as const;
  const why = `${opening(standing, names, how)}${warnings(standing, waiting)}`;
  return command(runFor(standing, waiting), why, effect, brings, standing.application);
}

/**
 * empty: nothing of the applications is there; usual: on what is there; after: when others have been recorded;
 * behind-the-unlisted: only the row of a migration that this build does not list stood in the way.
 */
export type DeployKind = "empty" | "usual" | "after" | "behind-the-unlisted";

function opening({ causes, history }: Standing, names: readonly string[], how: DeployKind): string {
  const listed = names.join(", ");
  if (how === "behind-the-unlisted") return "Runs what waits behind it.";
  if (how === "after") return `Runs ${listed}, which nothing holds up any more.`;
  if (how === "empty") {
    const refuses =
      history.tool === "prisma"
        ? " If it refuses with P3005, the tables were made by something else: then make a migration baseline first (https://pris.ly/d/migrate-baseline)."
        : " If the tables were made by something else, make a migration baseline first: else the first migration fails on what is there.";
    return `Runs all migrations on an empty database.${refuses}`;
  }
  return isThereAlready(causes)
    ? `Runs ${listed}. A part of what they make is there already, see above: find out first who made it, else this fails with "already exists".`
    : `Applies what is missing: ${listed}.`;
}

/** The evidence of the cause knows what stands in the way. */
function isThereAlready(causes: readonly Cause[]): boolean {
  const pending = causes.filter(({ code }) => code === "MIGRATION_PENDING");
  return pending.some(({ evidence }) => evidence.some(({ fact }) => fact.includes("there already")));
}

function warnings({ trial, history }: Standing, waiting: readonly Migration[]): string {
  const hasOption = LATE[history.tool] !== undefined;
  const late = waiting
    .filter(({ status }) => status === "out-of-order")
    .map(
      ({ name, note }) =>
        ` ${name} ${hasOption ? "needs the option" : "may not come with it"}: ${note ?? "it is out of order"}.`,
    )
    .join("");
  if (trial?.result.kind === "ran") return `${late} On a copy of the schema it ran without an error.`;
  const doubt = trial?.result.kind === "unknown" ? ` Whether it runs is not known: ${trial.result.reason}.` : "";
  const tried = waiting.filter(({ status }) => status === "rolled-back" || status === "failed");
  const again =
    tried.length > 0
      ? ` ${tried.map(({ name }) => name).join(", ")} fails again for the same reason, unless it was corrected.`
      : "";
  return `${again}${late}${doubt}`;
}

/** What is out of order comes only with an option; a tool that has none passes it over. */
const LATE: Readonly<Partial<Record<Standing["history"]["tool"], string>>> = {
  "node-pg-migrate": "npx node-pg-migrate up --no-check-order",
  flyway: "flyway -outOfOrder=true migrate",
  goose: "goose -allow-missing up",
  atlas: "atlas migrate apply --exec-order non-linear",
  supabase: "supabase db push --include-all",
};

function runFor({ history }: Standing, waiting: readonly Migration[]): string {
  const { deploy } = toolWords(history.tool);
  return waiting.some(({ status }) => status === "out-of-order") ? (LATE[history.tool] ?? deploy) : deploy;
}

const EXPLAINED_BY: readonly CauseCode[] = ["MIGRATION_PENDING", "MIGRATION_FAILED", "MIGRATION_ROLLED_BACK"];

/** Ids of the gaps that the deploy closes: as a copy showed, else by where the objects come from and why they are missing. */
function broughtBy(standing: Standing, names: readonly string[], how: DeployKind): string[] {
  const { trial, gaps } = standing;
  const restated = restatedOf(standing, names);
  const left = how === "usual" ? (trial?.left ?? null) : null;
  if (left !== null) return [...gaps.map(({ id }) => id).filter((id) => !left.has(id)), ...restated];
  const byOrigin = gapsOf(standing, names);
  return [...new Set([...byOrigin, ...explained(standing, how)].map(({ id }) => id)), ...restated];
}

/** What is only possibly missing for want of a migration may be missing for another reason: SQL looks after it. */
function explained({ causes, gaps, brought }: Standing, how: DeployKind): Gap[] {
  if (how !== "usual" && how !== "empty") return [];
  const ids = new Set(
    causes
      .filter(({ code, confidence }) => EXPLAINED_BY.includes(code) && (how === "empty" || confidence !== "possible"))
      .flatMap(({ explains }) => explains),
  );
  const known = new Set([...brought.values()].flat());
  return gaps.filter((gap) => ids.has(gap.id) && !known.has(gap));
}
