/** BLOCKING_EXTRA_COLUMN, BLOCKING_EXTRA_CONSTRAINT: made harmless, never dropped with data in it. */
import { displayName, type QualifiedName } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import type { Constraint, Index } from "../../model/schema.js";
import { addConstraint, createIndex, dropConstraint, dropIndex, dropNotNull, setNotNull } from "../ddl/index.js";
import { foreignKeysOn } from "./checks.js";
import { CONCURRENT, columnText, draft, leave, task } from "./draft.js";
import { exclusive, hazard, lock } from "./hazards.js";
import { isInPrimaryKey, type Known } from "./known.js";
import { tableOf } from "./subjects.js";
import type { Planned } from "./task.js";

export function blockingColumn(gap: Gap, known: Known): Planned {
  const table = tableOf(gap);
  const { name } = gap.subject;
  const what = `NULL in ${columnText(table, name)}, which no application knows`;
  if (isInPrimaryKey(known, table, name)) {
    return leave(
      [gap],
      what,
      `${gap.message} It belongs to the primary key, which allows no NULL: give it a default, or another key to the table.`,
    );
  }
  const loosen = draft("loosen", dropNotNull(table, name), `${gap.message} The column and its values stay.`, {
    ...{ table: known.size(table), undo: setNotNull(table, name) },
    hazards: [exclusive(table), hazard("weakens-integrity", columnText(table, name))],
  });
  return task([gap], what, [loosen]);
}

export function blockingConstraint(gap: Gap, known: Known): Planned {
  const table = tableOf(gap);
  const actual = known.actual(table);
  const index =
    gap.subject.kind === "index" ? actual?.indexes.find(({ name }) => name === gap.subject.name) : undefined;
  if (gap.subject.kind === "index" && index === undefined) {
    return leave([gap], `Unique index ${gap.subject.name} on ${displayName(table)}`, `${gap.message} ${NOT_LOOKED_AT}`);
  }
  if (index !== undefined && index.constraint === null) return withoutIndex(gap, known, table, index);
  const name = index?.constraint ?? gap.subject.name;
  const constraint = actual?.constraints.find((each) => each.name === name);
  return constraint?.kind === "primary-key"
    ? keptKey(gap, table)
    : withoutConstraint(gap, known, table, name, constraint);
}

const NOT_LOOKED_AT = "Whether it belongs to a constraint was not looked at.";

function keptKey(gap: Gap, table: QualifiedName): Planned {
  return leave(
    [gap],
    `Primary key of ${displayName(table)}`,
    `${gap.message} A primary key is not dropped without another: decide what identifies a row.`,
    {
      statements: [dropConstraint(table, gap.subject.name)],
      hazards: [exclusive(table), hazard("weakens-integrity", table)],
    },
  );
}

function withoutIndex(gap: Gap, known: Known, table: QualifiedName, index: Index): Planned {
  const name = { schema: table.schema, name: gap.subject.name };
  const concurrently = known.room(table) === "large" && known.actual(table)?.kind !== "partitioned-table";
  const drop = draft("loosen", dropIndex(name, { concurrently }), gap.message, {
    ...(concurrently ? CONCURRENT : {}),
    ...{ table: known.size(table), checks: [foreignKeysOn(name)] },
    hazards: [
      lock(concurrently ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE", table),
      ...(concurrently ? [hazard("not-transactional")] : []),
      hazard("weakens-integrity", `index ${name.name}`),
    ],
    undo: createIndex(table, index, { concurrently }),
  });
  return task([gap], `Unique index ${name.name} on ${displayName(table)}, which no application knows`, [drop]);
}

function withoutConstraint(
  gap: Gap,
  known: Known,
  table: QualifiedName,
  name: string,
  constraint: Constraint | undefined,
): Planned {
  const referenced = constraint?.kind === "foreign-key" ? [exclusive(constraint.references)] : [];
  const drop = draft("loosen", dropConstraint(table, name), gap.message, {
    ...{ table: known.size(table), hazards: [exclusive(table), ...referenced, hazard("weakens-integrity", table)] },
    checks: constraint?.kind === "unique" ? [foreignKeysOn({ schema: table.schema, name: constraint.index })] : [],
    undo: constraint === undefined ? null : addConstraint(table, constraint, { notValid: true }),
  });
  return task([gap], `Constraint ${name} on ${displayName(table)}, which no application knows`, [drop]);
}
