/** Parts of relations for the tests of one statement. */
import type {
  CheckConstraint,
  Expression,
  ForeignKey,
  Index,
  IndexKey,
  KeyConstraint,
} from "../../../../src/model/schema.js";

export const USERS = { schema: "public", name: "users" };

/** A name that a terminal would act on, with a quote and a backslash. */
export const HOSTILE = 'a"b\\\u0007';

export const expression = (text: string): Expression => ({ text, renderings: [text] });

const BASE = { validated: true, enforced: true, deferrable: false, initiallyDeferred: false };

export function primaryKey(fields: Partial<KeyConstraint> = {}): KeyConstraint {
  const own = { kind: "primary-key", name: "users_pkey", index: "users_pkey", nullsNotDistinct: false } as const;
  return { ...BASE, ...own, columns: ["id"], include: [], ...fields };
}

export function check(text: string, fields: Partial<CheckConstraint> = {}): CheckConstraint {
  return { ...BASE, kind: "check", name: "users_check", expression: expression(text), ...fields };
}

export function foreignKey(fields: Partial<ForeignKey> = {}): ForeignKey {
  const own = { kind: "foreign-key", name: "users_team_fkey", columns: ["team"], referencedColumns: ["id"] } as const;
  return { ...BASE, ...own, references: { schema: "app", name: "teams" }, ...fields };
}

export function indexKey(fields: Partial<IndexKey> = {}): IndexKey {
  const none = { column: null, expression: null, operatorClass: null, collation: null };
  return { ...none, descending: false, nullsFirst: false, ...fields };
}

export function index(fields: Partial<Index> = {}): Index {
  return {
    name: "users_email",
    method: "btree",
    keys: [indexKey({ column: "email" })],
    include: [],
    predicate: null,
    unique: false,
    nullsNotDistinct: false,
    constraint: null,
    immediate: true,
    valid: true,
    ready: true,
    building: false,
    ...fields,
  };
}
