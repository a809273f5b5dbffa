/** Causes that change what is to be done: waiting, another database, or a name instead of a new object. */
import { literalVisibly, qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { displayName, type QualifiedName } from "../../model/names.js";
import { renamesIn } from "../../model/renames.js";
import type { Cause, CauseCode, Gap } from "../../model/report.js";
import { subjectObject, subjectRelation } from "../../model/subject.js";
import { setTableSchema } from "../ddl/index.js";
import { draft, leave, NOTHING, task } from "./draft.js";
import { unguarded, unlessColumn, unlessRelation } from "./guards.js";
import { exclusive, hazard } from "./hazards.js";
import type { Known } from "./known.js";
import { columnKey, labelKey, relationKey, typeKey } from "./needs.js";
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

/** What others in the plan might need of the gap's object. */
function madeBy(gap: Gap): string[] {
  const relation = subjectRelation(gap.subject);
  const object = subjectObject(gap.subject);
  switch (gap.code) {
    case "MISSING_TABLE":
    case "MISSING_VIEW":
      return relation === null ? [] : [relationKey(relation)];
    case "MISSING_COLUMN":
      return relation === null ? [] : [columnKey(relation, gap.subject.name)];
    case "MISSING_ENUM":
    case "MISSING_DOMAIN":
      return object === null ? [] : [typeKey(object)];
    case "MISSING_ENUM_LABEL":
      return object === null ? [] : [labelKey(object, gap.subject.name)];
    default:
      return [];
  }
}

/** A second, empty object would hide the one that holds the data. */
function inOtherSchema(gap: Gap, cause: Cause, own: () => Planned): Planned {
  const { schema, name } = gap.subject;
  const from = schema === null ? null : otherSchema(cause, { schema, name });
  const move = from === null || schema === null ? [] : [setTableSchema({ schema: from, name }, schema)];
  const why = `${cause.message} Correct the search_path or the schema of the check file, or move it if that is where it belongs; a new, empty one would hide what is there.`;
  return leave([gap], `${name} in another schema`, why, {
    statements: [...move, ...statementsOf(own())],
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

function statementsOf({ tasks, left }: Planned): string[] {
  return [
    ...tasks.flatMap(({ drafts }) => drafts.map(({ statement }) => unguarded(statement))),
    ...left.flatMap(({ notDone }) => notDone.statements),
  ];
}

function underOtherName(gap: Gap, known: Known, cause: Cause, own: () => Planned): Planned | null {
  const rename = renamesIn(cause).find((sql) => isFor(gap, sql));
  // What blocks under the old name is gone with the rename of the gap that has it.
  if (rename === undefined) return gap.code.startsWith("BLOCKING_") && isRenamed(gap, known, cause) ? NOTHING : null;
  const what = `The name of ${displayName({ schema: gap.subject.schema ?? "", name: gap.subject.relation ?? gap.subject.name })}`;
  const subject = gap.subject.relation === null ? gap.subject.name : `${gap.subject.relation}.${gap.subject.name}`;
  if (cause.confidence === "possible") {
    const why = `${cause.message} Rename it if it is the same thing; add a new one only if it is not, because then nobody would find the values that are there.`;
    return leave([gap], what, why, {
      statements: [rename, ...statementsOf(own())],
      hazards: [hazard("breaks-running-code", subject)],
      makes: madeBy(gap),
    });
  }
  const gaps = known.situation.gaps.filter(
    (each) =>
      each.id === gap.id || (cause.explains.includes(each.id) && each.code.startsWith("BLOCKING_") && isOf(each, gap)),
  );
  const relation = subjectRelation(gap.subject);
  const isColumn = gap.code === "MISSING_COLUMN" && relation !== null;
  const one = draft("rename", guarded(gap, rename), `${cause.message} The values stay where they are.`, {
    ...{ table: isColumn ? known.size(relation) : null, makes: madeBy(gap), undo: null },
    hazards: [...(isColumn ? [exclusive(relation)] : []), hazard("breaks-running-code", subject)],
  });
  return task(gaps, what, [one]);
}

function isOf(each: Gap, gap: Gap): boolean {
  return each.subject.schema === gap.subject.schema && each.subject.relation === gap.subject.relation;
}

/** `RENAME COLUMN "old" TO "new"` names what blocks. */
function isRenamed(gap: Gap, { situation }: Known, cause: Cause): boolean {
  const isPlanned =
    cause.confidence !== "possible" &&
    situation.gaps.some((each) => each.code === "MISSING_COLUMN" && cause.explains.includes(each.id));
  return (
    isPlanned && renamesIn(cause).some((sql) => sql.includes(`RENAME COLUMN ${quoteVisibly(gap.subject.name)} TO `))
  );
}

/** Whether the statement gives the gap's object its name. */
function isFor({ code, subject }: Gap, sql: string): boolean {
  if (
    !sql.endsWith(` TO ${code === "MISSING_ENUM_LABEL" ? literalVisibly(subject.name) : quoteVisibly(subject.name)};`)
  )
    return false;
  const relation = subjectRelation(subject);
  if (code === "MISSING_COLUMN")
    return relation !== null && sql.startsWith(`ALTER TABLE ${qualifiedVisibly(relation)} RENAME COLUMN `);
  const object = subjectObject(subject);
  if (code === "MISSING_ENUM_LABEL")
    return object !== null && sql.startsWith(`ALTER TYPE ${qualifiedVisibly(object)} RENAME VALUE `);
  return (
    code.startsWith("MISSING_") && sql.includes(`${quoteVisibly(subject.schema ?? "")}.`) && sql.includes(" RENAME TO ")
  );
}

/** A rename that is done already does not stop a second run. */
function guarded({ code, subject }: Gap, rename: string): string {
  const relation = subjectRelation(subject);
  const wanted: QualifiedName = { schema: subject.schema ?? "", name: subject.name };
  if (code === "MISSING_COLUMN" && relation !== null) {
    return unlessColumn(relation, subject.name, rename);
  }
  if (code === "MISSING_TABLE" || code === "MISSING_VIEW" || code === "MISSING_SEQUENCE") {
    return unlessRelation(wanted, rename);
  }
  return rename;
}
