/** COLUMN_DEFAULT, COLUMN_IDENTITY, COLUMN_GENERATED, COLUMN_COLLATION: where a value comes from, and how it sorts. */
import { clauseOf } from "../../model/definitions.js";
import type { Gap } from "../../model/report.js";
import type { Column } from "../../model/schema.js";
import {
  addIdentity,
  alterType,
  dropDefault,
  dropExpression,
  dropIdentity,
  replaceGenerated,
  setCollation,
  setDefault,
  setExpression,
  setIdentity,
} from "../ddl/index.js";
import { dependentsOf } from "./checks.js";
import { defaultNeeds } from "./columns.js";
import { columnText, draft, leave, NOT_DESCRIBED, task } from "./draft.js";
import { unlessIdentity } from "./guards.js";
import { exclusive, hazard } from "./hazards.js";
import type { Known } from "./known.js";
import { columnKey } from "./needs.js";
import { countOn, ownedSequence, sequenceFor } from "./sequences.js";
import { expectedColumn, type FoundColumn, tableOf } from "./subjects.js";
import type { Draft, Planned } from "./task.js";

/** Calls the planner with the column of the contract. */
function withColumn(
  gap: Gap,
  known: Known,
  word: string,
  plan: (found: FoundColumn, what: string) => Planned,
): Planned {
  const found = expectedColumn(known, gap);
  const what = `${word} of ${columnText(tableOf(gap), gap.subject.name)}`;
  return found === null ? leave([gap], what, NOT_DESCRIBED) : plan(found, what);
}

export function columnDefault(gap: Gap, known: Known): Planned {
  return withColumn(gap, known, "Default", ({ relation, column }, what) => {
    if (column.default === null) return leave([gap], what, NOT_DESCRIBED);
    const sequence = sequenceFor(known, column);
    const set = draft("column", setDefault(relation, column.name, column.default.text), gap.message, {
      ...{ table: known.size(relation), hazards: [exclusive(relation)], undo: oldDefault(known, { relation, column }) },
      needs: [...defaultNeeds(column), columnKey(relation, column.name)],
    });
    if (sequence === null) return task([gap], what, [set]);
    const owned = ownedSequence(known, relation, column, "column");
    const count = owned.length === 0 ? [] : [countOn(known, relation, column.name, "column")];
    return task([gap], what, [sequence, set, ...owned, ...count]);
  });
}

function oldDefault(known: Known, { relation, column }: FoundColumn): string {
  const before = known.actualColumn(relation, column.name)?.default?.text;
  return before === undefined ? dropDefault(relation, column.name) : setDefault(relation, column.name, before);
}

export function columnIdentity(gap: Gap, known: Known): Planned {
  return withColumn(gap, known, "Identity", ({ relation, column }, what) => {
    const actual = known.actualColumn(relation, column.name);
    const wanted: Column = { ...column, identity: column.identity ?? "by-default" };
    const fields = { table: known.size(relation), hazards: [exclusive(relation)] };
    if (actual?.identity != null) {
      const set = draft("identity", setIdentity(relation, wanted), gap.message, {
        ...fields,
        undo: setIdentity(relation, actual),
      });
      return task([gap], what, [set]);
    }
    const guarded = (sql: string) => unlessIdentity(relation, column.name, sql);
    const drop = draft(
      "identity",
      guarded(dropDefault(relation, column.name)),
      "An identity column has no default of its own.",
      { ...fields, undo: oldDefault(known, { relation, column }) },
    );
    const options = clauseOf(known.definitions, "identity", relation, column.name);
    const add = draft("identity", guarded(addIdentity(relation, wanted, options)), gap.message, {
      ...fields,
      undo: dropIdentity(relation, column.name),
      needs: [columnKey(relation, column.name)],
    });
    const first = actual?.default === null ? [] : [drop];
    return task([gap], what, [...first, add, countOn(known, relation, column.name, "identity")]);
  });
}

export function columnGenerated(gap: Gap, known: Known): Planned {
  return withColumn(gap, known, "Generation", (found, what) => {
    const { relation, column } = found;
    const actual = known.actualColumn(relation, column.name);
    if (column.generated === null) return ordinary(gap, known, found, actual, what);
    if (actual?.generated == null && known.room(relation) !== "empty") {
      return leave([gap], what, `${gap.message} Its values would be replaced by those of the expression.`, {
        statements: [replaceGenerated(relation, column)],
        hazards: [
          exclusive(relation),
          hazard("table-rewrite", relation),
          hazard("data-loss", columnText(relation, column.name)),
        ],
        checks: [dependentsOf(relation, column.name)],
      });
    }
    return task([gap], what, [regenerated(gap, known, found, actual)]);
  });
}

/** Values that follow from the row are not lost when they are computed anew. */
function regenerated(gap: Gap, known: Known, { relation, column }: FoundColumn, actual: Column | null): Draft {
  const inPlace = (known.serverVersion ?? 0) >= 170000 && actual?.generated?.kind === column.generated?.kind;
  const sql = inPlace ? setExpression(relation, column) : replaceGenerated(relation, column);
  const isWritten = column.generated?.kind === "stored";
  return draft("column", sql, `${gap.message} Its values follow from the row, so none is lost.`, {
    ...{ table: known.size(relation), undo: actual === null ? null : replaceGenerated(relation, actual) },
    hazards: [
      exclusive(relation),
      ...(isWritten && known.room(relation) !== "empty" ? [hazard("table-rewrite", relation)] : []),
    ],
    checks: inPlace ? [] : [dependentsOf(relation, column.name)],
  });
}

/** A stored generated column can become an ordinary one and keep its values; a virtual one has none. */
function ordinary(
  gap: Gap,
  known: Known,
  { relation, column }: FoundColumn,
  actual: Column | null,
  what: string,
): Planned {
  if (actual?.generated?.kind === "virtual") {
    const why = `${gap.message} A virtual column stores nothing: it would have to be dropped and added anew, empty.`;
    return leave([gap], what, why, { hazards: [hazard("data-loss", columnText(relation, column.name))] });
  }
  const fields = { table: known.size(relation), hazards: [exclusive(relation)] };
  const drop = draft(
    "column",
    dropExpression(relation, column.name),
    `${gap.message} The values that are there stay.`,
    fields,
  );
  const value = column.default;
  if (value === null) return task([gap], what, [drop]);
  return task([gap], what, [
    drop,
    draft("column", setDefault(relation, column.name, value.text), "For new rows.", {
      ...fields,
      needs: defaultNeeds(column),
    }),
  ]);
}

export function columnCollation(gap: Gap, known: Known): Planned {
  return withColumn(gap, known, "Collation", ({ relation, column }, what) => {
    const actual = known.actualColumn(relation, column.name);
    // Another type is a gap of its own, and its statement sets the collation as well.
    const change = { ...column, type: actual?.type ?? column.type };
    const alter = draft(
      "column",
      setCollation(relation, change),
      `${gap.message} Indexes on the column are built anew under the lock.`,
      {
        ...{ table: known.size(relation), undo: actual === null ? null : alterType(relation, actual) },
        hazards: [exclusive(relation), ...(known.room(relation) === "empty" ? [] : [hazard("full-scan", relation)])],
        checks: [dependentsOf(relation, column.name)],
      },
    );
    return task([gap], what, [alter]);
  });
}
