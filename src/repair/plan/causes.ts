/** Causes that change what is to be done: waiting, another database, or a name instead of a new object. */
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Cause, CauseCode, Gap } from "../../model/report.js";
import { setTableSchema } from "../ddl/index.js";
import { leave } from "./draft.js";
import { hazard } from "./hazards.js";
import { madeBy, statementsOf } from "./instead.js";
import type { Known } from "./known.js";
import { underOtherName } from "./renamed.js";
import type { Planned } from "./task.js";

/** Whatever somebody is doing right now is waited for, however sure it is. */
const WAIT: readonly CauseCode[] = ["BLOCKED_BY_LOCK", "MIGRATION_RUNNING", "CONCURRENT_BUILD_RUNNING"];

/** What takes the place of the gap's own statements; null: nothing does. `own` gives those, for people to choose from. */
export function insteadOf(gap: Gap, known: Known, own: () => Planned): Planned | null {
  const causes = known.situation.causes.filter(({ explains }) => explains.includes(gap.id));
  const of = (codes: readonly CauseCode[]) => causes.find(({ code }) => codes.includes(code));
  const sure = causes.filter(({ confidence }) => confidence !== "possible");
  const elsewhere = sure.find(({ code }) => code === "WRONG_DATABASE");
  if (elsewhere !== undefined)
    return leave([gap], "Find the right database", elsewhere.message, { makes: madeBy(gap) });
  const wait = of(WAIT);
  if (wait !== undefined) return leave([gap], "Wait, then verify again", wait.message, { makes: madeBy(gap) });
  const moved = sure.find(({ code }) => code === "WRONG_SCHEMA");
  if (moved !== undefined) return inOtherSchema(gap, moved, own);
  const named = of(["NAME_CASE", "RENAMED"]);
  return named === undefined ? null : underOtherName(gap, known, named, own);
}

/** A second, empty object would hide the one that holds the data. */
function inOtherSchema(gap: Gap, cause: Cause, own: () => Planned): Planned {
  const { schema, name } = gap.subject;
  const from = schema === null ? null : otherSchema(cause, { schema, name });
  const move = from === null || schema === null ? [] : [setTableSchema({ schema: from, name }, schema)];
  const why = `${cause.message} Correct the search_path or the schema of the check file, or move it if that is where it belongs; a new, empty one would hide what is there.`;
  return leave([gap], `${name} in another schema`, why, {
    statements: move.length > 0 ? move : statementsOf(own()),
    hazards: [hazard("breaks-running-code", name)],
    makes: madeBy(gap),
  });
}

/** The evidence names it: `there is no public.users, and app.users has all 3 columns that are expected of it`. */
function otherSchema({ evidence }: Cause, wanted: QualifiedName): string | null {
  const start = `there is no ${displayName(wanted)}, and `;
  const fact = evidence.find((each) => each.fact.startsWith(start))?.fact.slice(start.length);
  const at = fact?.indexOf(`.${wanted.name} has `) ?? -1;
  return fact === undefined || at < 0 ? null : fact.slice(0, at);
}
