/** NAME_CASE, RENAMED: what is missing is there under another name. A new, empty one would hide the values. */
import { literalVisibly, qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { properties } from "../../model/json.js";
import { compareQualified, displayName, type QualifiedName } from "../../model/names.js";
import { renamesIn } from "../../model/renames.js";
import type { Cause, Gap } from "../../model/report.js";
import { subjectObject, subjectRelation } from "../../model/subject.js";
import { draft, leave, NOTHING, task } from "./draft.js";
import { unlessColumn, unlessRelation, unlessType } from "./guards.js";
import { exclusive, hazard } from "./hazards.js";
import { madeBy, statementsOf } from "./instead.js";
import type { Known } from "./known.js";
import type { Planned } from "./task.js";

/** The rename where it is sure enough, the choice where it is not; null: the cause changes nothing for this gap. */
export function underOtherName(gap: Gap, known: Known, cause: Cause, own: () => Planned): Planned | null {
  if (gap.code.startsWith("BLOCKING_")) return blocked(gap, known, cause);
  if (gap.code === "COLUMN_TYPE") return retyped(gap, known, cause);
  const rename = renamesIn(cause).find((sql) => isFor(gap, sql));
  if (rename === undefined) return null;
  return isSure(gap, known, cause, rename) ? renamed(gap, known, cause, rename) : undecided(gap, cause, rename, own());
}

/** What blocks under the old name is as expected under the new one; a constraint is not dropped while that is open. */
function blocked(gap: Gap, known: Known, cause: Cause): Planned | null {
  const leaders = known.situation.gaps.filter((each) => leads(each, gap, cause));
  const renames = renamesIn(cause);
  const isPlanned = leaders.some((each) => renames.some((sql) => isFor(each, sql) && isSure(each, known, cause, sql)));
  if (isPlanned) return NOTHING;
  if (gap.code === "BLOCKING_EXTRA_COLUMN" || leaders.length === 0) return null;
  return leave([gap], `Constraint ${gap.subject.name}`, `${gap.message} It may be the expected one: ${cause.message}`);
}

/** Its type is the expected one under another name: it becomes right with that, or is open with that. */
function retyped(gap: Gap, known: Known, cause: Cause): Planned | null {
  const renames = renamesIn(cause);
  const leaders = known.situation.gaps.filter(({ id }) => cause.explains.includes(id));
  const leader = leaders.find((each) => isTypeOf(each, gap, known) && renames.some((sql) => isFor(each, sql)));
  if (leader === undefined) return null;
  const isPlanned = renames.some((sql) => isFor(leader, sql) && isSure(leader, known, cause, sql));
  return isPlanned ? NOTHING : leave([gap], `Type of ${subjectText(gap)}`, cause.message);
}

/** The missing type that the column should have. */
function isTypeOf(leader: Gap, gap: Gap, known: Known): boolean {
  const type =
    leader.code === "MISSING_ENUM" || leader.code === "MISSING_DOMAIN" ? subjectObject(leader.subject) : null;
  const relation = gap.code === "COLUMN_TYPE" ? subjectRelation(gap.subject) : null;
  const column = relation === null ? null : known.expectedColumn(relation, gap.subject.name);
  return type !== null && column !== null && compareQualified(column.type, type) === 0;
}

function leads(leader: Gap, gap: Gap, cause: Cause): boolean {
  const isSameTable = leader.subject.schema === gap.subject.schema && leader.subject.relation === gap.subject.relation;
  return leader.code === "MISSING_COLUMN" && isSameTable && cause.explains.includes(leader.id);
}

/** Certain, or likely and of the expected type: then nothing can be lost by the name. */
function isSure(gap: Gap, known: Known, { code, confidence }: Cause, rename: string): boolean {
  if (confidence !== "likely") return confidence === "certain";
  if (gap.code === "MISSING_TABLE" || gap.code === "MISSING_VIEW") return code === "RENAMED";
  const relation = subjectRelation(gap.subject);
  if (gap.code !== "MISSING_COLUMN" || relation === null) return true;
  const old = known
    .actual(relation)
    ?.columns.find(({ name }) => rename.includes(` RENAME COLUMN ${quoteVisibly(name)} TO `));
  return old !== undefined && old.type.text === properties(gap.expected)["type"];
}

function renamed(gap: Gap, known: Known, cause: Cause, rename: string): Planned {
  const relation = subjectRelation(gap.subject);
  const isColumn = gap.code === "MISSING_COLUMN" && relation !== null;
  const followers = known.situation.gaps.filter(
    (each) =>
      cause.explains.includes(each.id) &&
      ((each.code.startsWith("BLOCKING_") && leads(gap, each, cause)) || isTypeOf(gap, each, known)),
  );
  const one = draft("rename", guarded(gap, rename), `${cause.message} The values stay where they are.`, {
    ...{ table: isColumn ? known.size(relation) : null, makes: madeBy(gap), undo: undone(rename) },
    hazards: [...(relation === null ? [] : [exclusive(relation)]), hazard("breaks-running-code", subjectText(gap))],
  });
  return task([gap, ...followers], whatOf(gap), [one]);
}

function undecided(gap: Gap, cause: Cause, rename: string, own: Planned): Planned {
  const why = `${cause.message} Rename it if it is the same thing; add a new one only if it is not, because then nobody would find the values that are there.`;
  return leave([gap], whatOf(gap), why, {
    statements: [rename, ...statementsOf(own)],
    hazards: [hazard("breaks-running-code", subjectText(gap))],
    makes: madeBy(gap),
  });
}

function whatOf(gap: Gap): string {
  return `The name of ${subjectText(gap)}`;
}

function subjectText({ subject: { schema, relation, name } }: Gap): string {
  const whole = displayName({ schema: schema ?? "", name: relation ?? name });
  return relation === null ? whole : `${whole}.${name}`;
}

/** Whether the statement gives the gap's object its name. */
function isFor({ code, subject }: Gap, sql: string): boolean {
  const isLabel = code === "MISSING_ENUM_LABEL";
  if (!sql.endsWith(` TO ${isLabel ? literalVisibly(subject.name) : quoteVisibly(subject.name)};`)) return false;
  const relation = subjectRelation(subject);
  const type = subjectObject(subject);
  if (isLabel) return type !== null && sql.startsWith(`ALTER TYPE ${qualifiedVisibly(type)} RENAME VALUE `);
  if (code === "MISSING_COLUMN") {
    return relation !== null && sql.startsWith(`ALTER TABLE ${qualifiedVisibly(relation)} RENAME COLUMN `);
  }
  return sql.includes(` ${quoteVisibly(subject.schema ?? "")}.`) && sql.includes(" RENAME TO ");
}

/** A rename that is done already does not stop a second run. */
function guarded({ code, subject }: Gap, rename: string): string {
  const relation = subjectRelation(subject);
  const wanted: QualifiedName = { schema: subject.schema ?? "", name: subject.name };
  if (code === "MISSING_COLUMN" && relation !== null) return unlessColumn(relation, subject.name, rename);
  const isRelation = code === "MISSING_TABLE" || code === "MISSING_VIEW" || code === "MISSING_SEQUENCE";
  if (isRelation) return unlessRelation(wanted, rename);
  return code === "MISSING_ENUM" || code === "MISSING_DOMAIN" ? unlessType(wanted, rename) : rename;
}

const NAME = '(?:U&)?"(?:[^"]|"")*"';
const PART = new RegExp(`^(ALTER TABLE .*) RENAME COLUMN (${NAME}) TO (${NAME});$`, "s");
const WHOLE = new RegExp(`^(ALTER [A-Z]+ ${NAME}\\.)(${NAME}) RENAME TO (${NAME});$`, "s");
const LABEL = /^(ALTER TYPE .*) RENAME VALUE (E?'.*') TO (E?'.*');$/s;

function undone(rename: string): string | null {
  const [, table, from, to] = PART.exec(rename) ?? [];
  if (table !== undefined) return `${table} RENAME COLUMN ${to} TO ${from};`;
  const [, place, old, name] = WHOLE.exec(rename) ?? [];
  if (place !== undefined) return `${place}${name} RENAME TO ${old};`;
  const [, type, label, wanted] = LABEL.exec(rename) ?? [];
  return type === undefined ? null : `${type} RENAME VALUE ${wanted} TO ${label};`;
}
