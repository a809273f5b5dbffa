/** Records that say applied while something is missing: no command runs them again, so the SQL does it, and that is said. */
import type { NotDone } from "../../model/repair.js";
import type { CauseCode, Gap, Migration } from "../../model/report.js";
import { toolWords } from "../../model/tools.js";
import { notDone } from "./part.js";
import { namesOf, type Standing } from "./standing.js";

/**
 * One entry for the migrations whose record is not what it seems. A baseline is recorded in the same way and needs
 * nothing: so only those that gaps name, or all of them if a cause says so of gaps without a name.
 */
export function recordsThatStay(standing: Standing): NotDone[] {
  const { history } = standing;
  const accused = [...accusedOf(standing), ...namedBy(standing)];
  if (accused.length === 0) return [];
  const { title } = toolWords(history.tool);
  const names = namesOf(accused).join(", ");
  const why = `It says applied, so no command of ${title} runs it again. The statements bring what is missing; after them the record is true, and nothing has to be changed in it.`;
  return [notDone([], `Run ${names} again`, `${why}${remarks(standing, accused)}`)];
}

function accusedOf({ gaps, causes, history }: Standing): readonly Migration[] {
  const recorded = history.migrations.filter(({ status }) => status === "recorded-without-running");
  const explained = causes
    .filter(({ code, confidence }) => code === "RECORDED_WITHOUT_RUNNING" && confidence !== "possible")
    .flatMap(({ explains }) => explains);
  const origins = originsOf(gaps, explained);
  const named = recorded.filter(({ name }) => origins.includes(name));
  return named.length > 0 || origins.length === 0 ? named : recorded;
}

const RECORDED: readonly CauseCode[] = ["RECORD_FORGED", "MIGRATION_EDITED", "APPLIED_THEN_LOST"];
const STATUSES: readonly Migration["status"][] = ["forged", "edited", "applied"];

function namedBy({ gaps, causes, history }: Standing): Migration[] {
  const explained = causes.filter(({ code }) => RECORDED.includes(code)).flatMap(({ explains }) => explains);
  const origins = originsOf(gaps, explained);
  return history.migrations.filter(
    ({ name, status, blocks }) => STATUSES.includes(status) && !blocks && origins.includes(name),
  );
}

function originsOf(gaps: readonly Gap[], ids: readonly string[]): (string | null)[] {
  const known = new Set(ids);
  return gaps.filter(({ id }) => known.has(id)).map(({ introducedBy }) => introducedBy);
}

function remarks({ history }: Standing, accused: readonly Migration[]): string {
  const { edited } = toolWords(history.tool);
  const of = (status: Migration["status"]) => namesOf(accused.filter((each) => each.status === status)).join(", ");
  const changed = of("edited");
  const forged = of("forged");
  const minds = edited === null || changed === "" ? "" : ` Of ${changed}, whose file was changed: ${edited}.`;
  if (history.tool !== "prisma" || changed + forged === "") return minds;
  const which = [changed, forged].filter((text) => text !== "").join(", ");
  return `${minds} migrate deploy does not look at the checksum of ${which}; migrate dev does, and offers to reset the development database.`;
}
