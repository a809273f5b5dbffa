/** MISSING_TABLE: the table with all that belongs to it, in as few transactions as possible. */
import type { ExpectedRelation } from "../../model/contract.js";
import { partitionClause } from "../../model/definitions.js";
import { properties } from "../../model/json.js";
import { displayName } from "../../model/names.js";
import type { Hazard } from "../../model/repair.js";
import type { Gap } from "../../model/report.js";
import { createTable, dropTable, laterParts } from "../ddl/index.js";
import { defaultNeeds } from "./columns.js";
import { draft, leave, NOT_DESCRIBED, task, together } from "./draft.js";
import { addForeignKey } from "./foreign-keys.js";
import { relationGrants } from "./grants.js";
import { unlessPartition, unlessPolicy } from "./guards.js";
import { exclusive, hazard } from "./hazards.js";
import { buildIndex } from "./indexes.js";
import { addKey, isKey } from "./keys.js";
import type { Known } from "./known.js";
import { columnKey, relationKey, typeNeeds, uniqueKey } from "./needs.js";
import { addRule } from "./rules.js";
import { schemaDrafts } from "./schemas.js";
import { ownedSequence, sequenceFor } from "./sequences.js";
import { tableOf } from "./subjects.js";
import type { Draft, Planned } from "./task.js";
import { createTrigger } from "./triggers.js";
import { unlistedTypes } from "./unlisted-types.js";

export function missingTable(gap: Gap, known: Known): Planned {
  const table = tableOf(gap);
  const relation = known.expected(table, gap.applications);
  const what = `Table ${displayName(table)}`;
  const makes = [relationKey(table), ...(relation?.columns ?? []).map(({ name }) => columnKey(table, name))];
  const { kind } = properties(gap.actual);
  if (typeof kind === "string") {
    return leave(
      [gap],
      what,
      `A ${kind.replace("-", " ")} of this name stands in its place: what becomes of it only you can say.`,
      { makes },
    );
  }
  if (relation === null || relation.columns.length === 0 || relation.kind === "foreign-table") {
    return leave(
      [gap],
      what,
      `${NOT_DESCRIBED}${gap.introducedBy === null ? "" : ` It comes with ${gap.introducedBy}.`}`,
      { makes },
    );
  }
  return together(task([gap], what, tableDrafts(gap, known, relation)), ...laterTasks(gap, known, relation));
}

function tableDrafts(gap: Gap, known: Known, relation: ExpectedRelation): Draft[] {
  const { columns } = relation;
  const [create = "", ...rest] = createTable(relation, { definitions: known.definitions });
  const sequences = columns.flatMap((column) => sequenceFor(known, column) ?? []);
  const isPartial = !relation.complete || relation.describedBy !== undefined;
  const created = draft("table", create, gap.message, {
    hazards: isPartial ? [hazard("partial-definition", relation)] : [],
    ...{ undo: dropTable(relation), needs: tableNeeds(known, relation) },
  });
  const drafts = [created, ...rest.map((sql) => behind(known, relation, sql))];
  const made = drafts.map((each, i) => (i === drafts.length - 1 ? { ...each, makes: tableMakes(relation) } : each));
  const owned = columns.flatMap((column) =>
    column.identity === null ? ownedSequence(known, relation, column, "table") : [],
  );
  return [
    ...schemaDrafts(known, relation.schema),
    ...columns.flatMap((column) => unlistedTypes(known, column)),
    ...sequences,
    ...made,
    ...owned,
    ...relationGrants(known, relation, "table"),
  ];
}

function tableMakes(relation: ExpectedRelation): string[] {
  const keys = relation.constraints.flatMap((each) =>
    each.kind === "primary-key" ? [uniqueKey(relation, each.columns)] : [],
  );
  return [relationKey(relation), ...relation.columns.map(({ name }) => columnKey(relation, name)), ...keys];
}

function tableNeeds(known: Known, relation: ExpectedRelation): string[] {
  const needs = relation.columns.flatMap((column) => [...typeNeeds(column.type), ...defaultNeeds(column)]);
  return [...new Set([...needs, ...parentNeeds(known, relation)])];
}

function parentNeeds(known: Known, relation: ExpectedRelation): string[] {
  const parent = partitionClause(known.definitions, relation)?.parent;
  return parent === undefined ? [] : [relationKey(parent)];
}

/** Row security, policies and the partition's place: none of them may come later than the table. */
function behind(known: Known, relation: ExpectedRelation, sql: string): Draft {
  const policy = known.definitions.find(
    (each) =>
      each.kind === "policy" &&
      each.schema === relation.schema &&
      each.relation === relation.name &&
      each.sql.some((text) => sql.startsWith(text)),
  );
  if (policy !== undefined)
    return draft(
      "table",
      unlessPolicy(relation, policy.name, sql),
      "Without it the rows would be hidden from everybody.",
    );
  if (!/ ATTACH PARTITION /.test(sql)) return draft("table", sql, "Without it the rows would be shown to everybody.");
  return draft("table", unlessPartition(relation, sql), "Makes it a part of the partitioned table.", {
    hazards: attachHazards(known, relation),
  });
}

function attachHazards(known: Known, relation: ExpectedRelation): Hazard[] {
  const parent = partitionClause(known.definitions, relation)?.parent;
  return parent === undefined || known.room(parent) === "new" ? [] : [exclusive(parent)];
}

function laterTasks(gap: Gap, known: Known, relation: ExpectedRelation): Planned[] {
  const { keys, indexes, foreignKeys } = laterParts(relation, known.relations, { definitions: known.definitions });
  const of = displayName(relation);
  const constraints = [...keys, ...foreignKeys].map((each) => {
    const what = `Constraint ${each.name} on ${of}`;
    if (each.kind === "foreign-key") return task([gap], what, addForeignKey(known, relation, each));
    return task([gap], what, isKey(each) ? addKey(known, relation, each) : addRule(known, relation, each));
  });
  return [
    ...constraints,
    ...indexes.map((index) => task([gap], `Index ${index.name} on ${of}`, [buildIndex(known, relation, index)])),
    ...ownTriggers(known, relation).map((name) => createTrigger(gap, known, relation, name)),
  ];
}

/** A partition gets the others from its partitioned table. */
function ownTriggers(known: Known, relation: ExpectedRelation): string[] {
  const parent = partitionClause(known.definitions, relation)?.parent;
  const given = parent === undefined ? [] : (known.expected(parent)?.triggers ?? []);
  return relation.triggers.filter((name) => !given.includes(name));
}
