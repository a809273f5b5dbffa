/** Constraints, of the contract or of the target. Every function but constraintClause gives one statement. */
import { qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import type { QualifiedName } from "../../model/names.js";
import type {
  Constraint,
  ExclusionConstraint,
  ForeignKey,
  Index,
  KeyConstraint,
  ReferentialAction,
} from "../../model/schema.js";
import { indexKey } from "./indexes.js";
import { alterTable, clause, columnList, parenthesized } from "./words.js";

export interface ConstraintOptions {
  /** NOT VALID, for a check or foreign key: rows that are there are not looked at. Absent: as the constraint says. */
  readonly notValid?: boolean;
  /** As PostgreSQL printed it (`clauseOf(definitions, "constraint", relation, name)`), where the model says too little. */
  readonly definition?: string | null;
  /** Indexes of the relation: that of a key WITHOUT OVERLAPS is no btree. */
  readonly indexes?: readonly Index[];
}

/** `CONSTRAINT "name" PRIMARY KEY ("id")`, as it stands in CREATE TABLE and ADD CONSTRAINT. */
export function constraintClause(constraint: Constraint, options: ConstraintOptions = {}): string {
  const { definition = null, indexes = [] } = options;
  return clause(
    "CONSTRAINT",
    quoteVisibly(constraint.name),
    definition ?? clause(body(constraint, indexes), timing(constraint), constraint.enforced ? null : "NOT ENFORCED"),
    isNotValid(constraint, options) && !/ NOT VALID$/.test(definition ?? "") && "NOT VALID",
  );
}

/** Keys have no rows that they do not look at; what is not enforced is not valid anyway. */
function isNotValid({ kind, validated, enforced }: Constraint, { notValid = !validated }: ConstraintOptions): boolean {
  return notValid && enforced && (kind === "check" || kind === "foreign-key");
}

function timing({ deferrable, initiallyDeferred }: Pick<Constraint, "deferrable" | "initiallyDeferred">): string {
  if (!deferrable) return "";
  return initiallyDeferred ? "DEFERRABLE INITIALLY DEFERRED" : "DEFERRABLE";
}

function body(constraint: Constraint, indexes: readonly Index[]): string {
  switch (constraint.kind) {
    case "primary-key":
    case "unique":
      return key(constraint, indexes);
    case "foreign-key":
      return foreignKey(constraint);
    case "check":
      return `CHECK ${parenthesized(constraint.expression.text)}`;
    case "exclusion":
      return exclusion(constraint);
  }
}

function key(constraint: KeyConstraint, indexes: readonly Index[]): string {
  const { kind, columns, include, nullsNotDistinct, name } = constraint;
  const own = indexes.find((index) => index.constraint === name);
  const list = columnList(columns);
  const overlaps = own !== undefined && own.method !== "btree" ? `${list.slice(0, -1)} WITHOUT OVERLAPS)` : list;
  return clause(
    kind === "primary-key" ? "PRIMARY KEY" : "UNIQUE",
    nullsNotDistinct && "NULLS NOT DISTINCT",
    overlaps,
    include.length > 0 && `INCLUDE ${columnList(include)}`,
  );
}

const ACTIONS: Readonly<Record<ReferentialAction, string | null>> = {
  "no-action": null,
  restrict: "RESTRICT",
  cascade: "CASCADE",
  "set-null": "SET NULL",
  "set-default": "SET DEFAULT",
};

function foreignKey({ columns, references, referencedColumns, onDelete, onUpdate, match }: ForeignKey): string {
  const action = (event: string, name: ReferentialAction | undefined) => {
    const words = name === undefined ? null : ACTIONS[name];
    return words === null ? null : `${event} ${words}`;
  };
  return clause(
    `FOREIGN KEY ${columnList(columns)} REFERENCES ${qualifiedVisibly(references)}`,
    // A check file may leave it open: then it is the primary key.
    referencedColumns.length > 0 && columnList(referencedColumns),
    match !== undefined && match !== "simple" && `MATCH ${match.toUpperCase()}`,
    action("ON UPDATE", onUpdate),
    action("ON DELETE", onDelete),
  );
}

function exclusion({ method, elements, predicate }: ExclusionConstraint): string {
  const list = elements.map((element) => `${indexKey(element.key)} WITH ${element.operator}`).join(", ");
  return clause(
    `EXCLUDE USING ${quoteVisibly(method)} (${list})`,
    predicate === null ? null : `WHERE ${parenthesized(predicate.text)}`,
  );
}

/** `ALTER TABLE ... ADD CONSTRAINT ...`. PostgreSQL has no IF NOT EXISTS for it. */
export function addConstraint(
  relation: QualifiedName,
  constraint: Constraint,
  options: ConstraintOptions = {},
): string {
  return alterTable(relation, "ADD", constraintClause(constraint, options));
}

export function validateConstraint(relation: QualifiedName, name: string): string {
  return alterTable(relation, "VALIDATE CONSTRAINT", quoteVisibly(name));
}

export function dropConstraint(relation: QualifiedName, name: string): string {
  return alterTable(relation, "DROP CONSTRAINT IF EXISTS", quoteVisibly(name));
}

export function renameConstraint(relation: QualifiedName, from: string, to: string): string {
  return alterTable(relation, "RENAME CONSTRAINT", quoteVisibly(from), "TO", quoteVisibly(to));
}

/** Makes a valid unique index, built beforehand, the index of the key; PostgreSQL gives it the name of the constraint. */
export function addUniqueUsingIndex(relation: QualifiedName, constraint: KeyConstraint, index: string): string {
  const kind = constraint.kind === "primary-key" ? "PRIMARY KEY" : "UNIQUE";
  const using = `${kind} USING INDEX ${quoteVisibly(index)}`;
  return alterTable(relation, "ADD CONSTRAINT", quoteVisibly(constraint.name), using, timing(constraint));
}

/** DEFERRABLE, INITIALLY DEFERRED or neither become as the foreign key says: no row is looked at. */
export function alterForeignKeyDeferrable(relation: QualifiedName, constraint: ForeignKey): string {
  const words = timing(constraint);
  return alterTable(
    relation,
    "ALTER CONSTRAINT",
    quoteVisibly(constraint.name),
    words === "" ? "NOT DEFERRABLE" : words,
  );
}
