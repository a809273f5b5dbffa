/** Every kind of drift that the tests know. */
import { COLUMN_VALUE_KINDS } from "./column-values.js";
import { COLUMN_KINDS } from "./columns.js";
import { FOREIGN_KEY_KINDS } from "./foreign-keys.js";
import { HARMLESS_EXTRAS } from "./harmless-extras.js";
import { HARMLESS_SPELLING } from "./harmless-spelling.js";
import { INDEX_KINDS } from "./indexes.js";
import { KEY_KINDS } from "./keys.js";
import type { Kind } from "./kind.js";
import { OBJECT_KINDS } from "./objects.js";
import { PRIVILEGE_KINDS } from "./privileges.js";
import { RELATION_KINDS } from "./relations.js";
import { RULE_KINDS } from "./rules.js";

export type { Drift, Finding, Kind, Site } from "./kind.js";

export const HARMFUL: readonly Kind[] = [
  ...RELATION_KINDS,
  ...COLUMN_KINDS,
  ...COLUMN_VALUE_KINDS,
  ...KEY_KINDS,
  ...FOREIGN_KEY_KINDS,
  ...RULE_KINDS,
  ...INDEX_KINDS,
  ...OBJECT_KINDS,
  ...PRIVILEGE_KINDS,
];

export const HARMLESS: readonly Kind[] = [...HARMLESS_EXTRAS, ...HARMLESS_SPELLING];
