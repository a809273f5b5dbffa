import { CHECKS, FOREIGN_KEYS, INDEX_PARTITIONS, INDEXES, KEYS } from "./keys.js";
import { COLLATIONS, EXTENSIONS, SCHEMAS } from "./namespaces.js";
import type { DefinitionQuery } from "./object.js";
import { CONTENTS, FUNCTIONS, POLICIES, RULES, STATISTICS, TRIGGERS, VIEWS } from "./programs.js";
import { DEFAULTS, PARTITIONS, SEQUENCE_OWNERS, SEQUENCES, TABLES } from "./tables.js";
import { COMPOSITES, DOMAIN_CHECKS, DOMAINS, ENUMS, RANGES } from "./types.js";

export {
  SCHEMA_NAMES,
  UNCOPIED,
  type UncopiedRow,
} from "./beside.js";
export type { DefinedKind, DefinedObject } from "./object.js";

/** One query for each kind of object: the number of round trips does not depend on what the database holds. */
export const DEFINITIONS: readonly DefinitionQuery[] = [
  SCHEMAS,
  EXTENSIONS,
  COLLATIONS,
  ENUMS,
  DOMAINS,
  DOMAIN_CHECKS,
  COMPOSITES,
  RANGES,
  SEQUENCES,
  SEQUENCE_OWNERS,
  TABLES,
  PARTITIONS,
  DEFAULTS,
  CHECKS,
  KEYS,
  INDEXES,
  INDEX_PARTITIONS,
  FOREIGN_KEYS,
  FUNCTIONS,
  VIEWS,
  CONTENTS,
  RULES,
  TRIGGERS,
  POLICIES,
  STATISTICS,
];
