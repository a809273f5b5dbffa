/** Which of the migrations that wait can never run here, so that SQL has to do their work. */
import type { Contract } from "../../model/contract.js";
import type { Gap, Migration } from "../../model/report.js";
import { namesOf, type Standing } from "./standing.js";

/**
 * Those that a trial saw refused (or, where nothing could be tried, that their own record says cannot run), and those
 * that change a table which SQL makes for them: made whole, it has what they would add, and they would be refused as
 * well. In the order in which they wait.
 */
export function bySql(standing: Standing, contract: Contract): string[] {
  const { trial, waiting } = standing;
  const failed = trial?.result.kind === "failed" ? [trial.result.failure.migration] : [];
  const again = trial === null || trial.result.kind === "unknown" ? namesOf(waiting.filter(failsAgain(contract))) : [];
  const refused = new Set([...failed, ...again, ...(trial?.refusals ?? []).map(({ migration }) => migration)]);
  if (refused.size === 0) return [];
  const touching = whoTouches(contract, standing.gaps.filter(isMissingRelation));
  for (let before = -1; before !== refused.size; ) {
    before = refused.size;
    for (const migrations of touching) {
      if (migrations.some((name) => refused.has(name))) for (const name of migrations) refused.add(name);
    }
  }
  return namesOf(waiting).filter((name) => refused.has(name));
}

/**
 * Whether the error that is stored will come again: the schema contradicts the script (class 42, but for missing rights),
 * which neither rows nor time change. A build whose scripts the contract knows may hold a corrected one.
 */
function failsAgain({ applications }: Contract): (migration: Migration) => boolean {
  const knowsScripts = applications.some(({ migrations }) => migrations?.scripts !== undefined);
  return ({ status, note }) => {
    const sqlstate = /\(SQLSTATE (\w{5})\)/.exec(note ?? "")?.[1] ?? "";
    return !knowsScripts && status === "failed" && sqlstate.startsWith("42") && sqlstate !== "42501";
  };
}

export function isMissingRelation({ code }: Gap): boolean {
  return code === "MISSING_TABLE" || code === "MISSING_VIEW";
}

/** For each of these relations, the migrations that make it, or a part of it, or change it. */
function whoTouches(contract: Contract, missing: readonly Gap[]): string[][] {
  return missing.map(({ subject }) => [
    ...contract.provenance
      .filter((each) => each.subject.schema === subject.schema && relationOf(each.subject) === subject.name)
      .flatMap(({ createdBy, changedBy }) => [createdBy.migration, changedBy.migration]),
    ...contract.applications
      .flatMap(({ relations }) => relations)
      .filter(({ schema, name }) => schema === subject.schema && name === subject.name)
      .flatMap(({ introducedBy, columnIntroducedBy }) =>
        [introducedBy ?? [], Object.values(columnIntroducedBy)].flat(),
      ),
  ]);
}

function relationOf({ relation, name }: Contract["provenance"][number]["subject"]): string {
  return relation ?? name;
}
