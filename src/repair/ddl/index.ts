/**
 * Prints DDL for objects of the contract and of the target's model. Pure. Every name is quoted and qualified, every
 * statement ends with its semicolon; expressions stand as PostgreSQL printed them with an empty search_path.
 */
export {
  type AddColumnOptions,
  addColumn,
  addIdentity,
  alterType,
  type ColumnOptions,
  columnDefinition,
  dropColumn,
  dropDefault,
  dropExpression,
  dropIdentity,
  dropNotNull,
  renameColumn,
  replaceGenerated,
  setCollation,
  setDefault,
  setExpression,
  setIdentity,
  setNotNull,
} from "./columns.js";
export {
  addConstraint,
  addUniqueUsingIndex,
  alterForeignKeyDeferrable,
  type ConstraintOptions,
  constraintClause,
  dropConstraint,
  renameConstraint,
  validateConstraint,
} from "./constraints.js";
export { withExtensionsOf } from "./extensions.js";
export {
  attachIndexPartition,
  type CreateIndexOptions,
  createIndex,
  dropIndex,
  renameIndex,
} from "./indexes.js";
export {
  createExtension,
  createPrinted,
  createSchema,
  type DroppedKind,
  dropObject,
  type PrintedKind,
} from "./objects.js";
export { type CreateSequenceOptions, createSequence, dropSequence, setSequenceOwner, setval } from "./sequences.js";
export {
  type CreateTableOptions,
  constraintOptions,
  createTable,
  disableTrigger,
  dropTable,
  dropTrigger,
  enableTrigger,
  type LaterParts,
  laterParts,
  renameTable,
  rowSecurity,
  setTableSchema,
} from "./tables.js";
export {
  addDomainCheck,
  addEnumLabel,
  createDomain,
  createEnum,
  type DomainCheck,
  dropDomainCheck,
  dropDomainDefault,
  dropDomainNotNull,
  type LabelPlace,
  renameEnumLabel,
  setDomainDefault,
  setDomainNotNull,
  validateDomainCheck,
} from "./types.js";
