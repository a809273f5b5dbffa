/** NOT NULL for rows that are there: with one long look under a short lock, or none at all. */
import { quoteVisibly } from "../../model/grants.js";
import { displayName, type QualifiedName, truncateIdentifier } from "../../model/names.js";
import type { PreCheck } from "../../model/repair.js";
import { dropConstraint, dropNotNull, setNotNull, validateConstraint } from "../ddl/index.js";
import { alterTable } from "../ddl/words.js";
import { draft, PATIENT } from "./draft.js";
import { unlessConstraint } from "./guards.js";
import { exclusive, hazard, lock } from "./hazards.js";
import type { Known } from "./known.js";
import { columnKey } from "./needs.js";
import type { Draft } from "./task.js";

export interface NotNullOptions {
  /** Counts the rows in the way; empty: there can be none, or they are filled before. */
  readonly checks: readonly PreCheck[];
  /** What makes the plan fill them. */
  readonly option: string | null;
}

/**
 * SET NOT NULL reads all rows under ACCESS EXCLUSIVE. On a large table a check does the reading first, under a lock that
 * blocks nobody, and PostgreSQL (12 and later) takes its word.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export function requireNotNull(known: Known, table: QualifiedName, column: string, options: NotNullOptions): Draft[] {
  const room = known.room(table);
  return room === "large" ? byCheck(known, table, column, options) : [atOnce(known, table, column, options)];
}

function atOnce(known: Known, table: QualifiedName, column: string, { checks, option }: NotNullOptions): Draft {
  const isEmpty = known.room(table) !== "small";
  const why = isEmpty
    ? `${displayName(table)} is empty, so there is nothing to look at.`
    : `${displayName(table)} is small: reading its rows under the lock takes a moment.`;
  return draft("not-null", setNotNull(table, column), why, {
    table: known.size(table),
    hazards: [exclusive(table), ...(isEmpty ? [] : [hazard("full-scan", table), hazard("fails-with-rows", table)])],
    needs: [columnKey(table, column)],
    undo: dropNotNull(table, column),
    ...{ checks: isEmpty ? [] : checks, option },
  });
}

function byCheck(known: Known, table: QualifiedName, column: string, { checks, option }: NotNullOptions): Draft[] {
  const name = truncateIdentifier(`${column}_is_filled_${table.name}`);
  const size = known.size(table);
  const condition = `CHECK (${quoteVisibly(column)} IS NOT NULL) NOT VALID`;
  const add = unlessConstraint(table, name, alterTable(table, "ADD CONSTRAINT", quoteVisibly(name), condition));
  return [
    draft("not-null", add, "Keeps NULL out of new rows without looking at the old ones.", {
      ...{ table: size, checks, option, hazards: [exclusive(table)] },
      ...{ needs: [columnKey(table, column)], undo: dropConstraint(table, name) },
    }),
    draft("not-null", validateConstraint(table, name), "Looks at the old rows, while others read and write.", {
      ...{ ...PATIENT, table: size },
      hazards: [lock("SHARE UPDATE EXCLUSIVE", table), hazard("full-scan", table), hazard("fails-with-rows", table)],
    }),
    draft("not-null", setNotNull(table, column), "Takes the word of the check, so no row is read again.", {
      ...{ table: size, hazards: [exclusive(table)], undo: dropNotNull(table, column) },
    }),
    draft("not-null", dropConstraint(table, name), "NOT NULL says the same from now on.", {
      ...{ table: size, hazards: [exclusive(table)] },
    }),
  ];
}
