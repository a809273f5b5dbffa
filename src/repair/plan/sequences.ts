/** MISSING_SEQUENCE, and the sequences of columns that count up by themselves. */
import { clauseOf } from "../../model/definitions.js";
import { literalVisibly, qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { compareQualified, displayName, type QualifiedName, quoteQualified } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import type { Column } from "../../model/schema.js";
import { createSequence, dropSequence, setSequenceOwner } from "../ddl/index.js";
import { statement } from "../ddl/words.js";
import { draft, task, together } from "./draft.js";
import { sequenceGrants } from "./grants.js";
import { lock } from "./hazards.js";
import type { Known } from "./known.js";
import { sequenceKey } from "./needs.js";
import { schemaDrafts } from "./schemas.js";
import type { Draft, Phase, Planned } from "./task.js";

export function missingSequence(gap: Gap, known: Known): Planned {
  const sequence = { schema: gap.subject.schema ?? "", name: gap.subject.name };
  const create = { ...made(known, sequence, null), why: gap.message };
  const what = `Sequence ${displayName(sequence)}`;
  return together(
    task([gap], what, [...schemaDrafts(known, sequence.schema), create, ...sequenceGrants(known, sequence)]),
  );
}

function made(known: Known, sequence: QualifiedName, dataType: string | null): Draft {
  const options = clauseOf(known.definitions, "sequence", sequence);
  return draft("sequence", createSequence(sequence, { options, dataType }), "The default of a column counts with it.", {
    ...{ makes: [sequenceKey(sequence)], undo: dropSequence(sequence) },
  });
}

const COUNTED = ["smallint", "integer", "bigint"];

/** The sequence behind nextval() in the default; null: the column has none. */
export function sequenceFor(known: Known, { default: value, sequence, type }: Column): Draft | null {
  if (sequence === null || value === null || !value.text.includes("nextval(")) return null;
  return made(known, sequence, COUNTED.includes(type.text) ? type.text : null);
}

/** OWNED BY, as serial makes it; a sequence that the application names by itself belongs to nobody. */
export function ownedSequence(known: Known, table: QualifiedName, { name, sequence }: Column, phase: Phase): Draft[] {
  const listed = known.situation.contract.applications.flatMap(({ sequences }) => sequences);
  if (sequence === null || listed.some((each) => compareQualified(each, sequence) === 0)) return [];
  const own = draft(phase, setSequenceOwner(sequence, table, name), "The sequence goes when its column goes.", {
    table: known.size(table),
    needs: [sequenceKey(sequence)],
  });
  return [own, ...sequenceGrants(known, sequence).map((each) => ({ ...each, phase, table: own.table }))];
}

/** Behind the largest number that is there; of an empty table nothing is changed. */
export function countOn(known: Known, table: QualifiedName, column: string, phase: Phase): Draft {
  const largest = `pg_catalog.max(${quoteVisibly(column)})`;
  const sequence = `pg_catalog.pg_get_serial_sequence(${literalVisibly(quoteQualified(table))}, ${literalVisibly(column)})`;
  const sql = statement(
    `SELECT pg_catalog.setval(${sequence}, ${largest}) FROM ${qualifiedVisibly(table)} HAVING ${largest} > 0`,
  );
  return draft(phase, sql, "The next number comes behind the largest one that is there.", {
    ...{ table: known.size(table), hazards: [lock("ACCESS SHARE", table)] },
  });
}
