/** Every rule about statements. Adding one is a file, its test, its codes in src/model/lint.ts and their pages in docs/codes. */
import type { Rule } from "../place.js";
import { addColumn, dropColumn, setNotNull } from "./columns.js";
import { addCheck, addForeignKey, addUnique, validateUnderLock } from "./constraints.js";
import { drops } from "./drops.js";
import { ifNotExists, notGuarded } from "./guards.js";
import { createIndex, dropIndex, refresh, reindex } from "./indexes.js";
import { renameColumn, renameLabel, renameTable } from "./renames.js";
import { deleteAll, truncate, updateAll } from "./rows.js";
import { enumValue, notInTransaction } from "./transaction.js";
import { alterType } from "./types.js";
import { attachPartition, lockTable, rewriteTable } from "./whole-table.js";

/** Also for what a DO block may run. */
export const BLOCK_RULES: readonly Rule[] = [
  drops,
  dropColumn,
  truncate,
  deleteAll,
  updateAll,
  addColumn,
  alterType,
  setNotNull,
  addForeignKey,
  addCheck,
  addUnique,
  validateUnderLock,
  createIndex,
  dropIndex,
  reindex,
  refresh,
  rewriteTable,
  attachPartition,
  lockTable,
  renameTable,
  renameColumn,
  renameLabel,
];

/** A block has its own conditions for a second run, and its own place in a transaction. */
export const RULES: readonly Rule[] = [notInTransaction, enumValue, ...BLOCK_RULES, notGuarded, ifNotExists];
