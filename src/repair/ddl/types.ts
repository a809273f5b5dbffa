/** Enums and domains: https://www.postgresql.org/docs/current/sql-createtype.html, sql-createdomain.html */
import { literalVisibly, qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import type { QualifiedName } from "../../model/names.js";
import type { DomainType, EnumType } from "../../model/schema.js";
import { parenthesized, statement, typeName } from "./words.js";

/** PostgreSQL has no IF NOT EXISTS for it. */
export function createEnum(type: EnumType): string {
  const labels = type.labels.map(literalVisibly).join(", ");
  return statement("CREATE TYPE", qualifiedVisibly(type), `AS ENUM (${labels})`);
}

/** Where a new label goes; neither: to the end. Not both. */
export interface LabelPlace {
  readonly before?: string;
  readonly after?: string;
}

/** From PostgreSQL 12 on it may stand in a transaction, but no statement of that transaction may use the label. */
export function addEnumLabel(type: QualifiedName, label: string, place: LabelPlace = {}): string {
  return statement(
    "ALTER TYPE",
    qualifiedVisibly(type),
    "ADD VALUE IF NOT EXISTS",
    literalVisibly(label),
    where(place),
  );
}

function where({ before, after }: LabelPlace): string | null {
  if (before !== undefined) return `BEFORE ${literalVisibly(before)}`;
  return after === undefined ? null : `AFTER ${literalVisibly(after)}`;
}

export function renameEnumLabel(type: QualifiedName, from: string, to: string): string {
  const labels = `${literalVisibly(from)} TO ${literalVisibly(to)}`;
  return statement("ALTER TYPE", qualifiedVisibly(type), "RENAME VALUE", labels);
}

export type DomainCheck = DomainType["checks"][number];

export function createDomain(domain: DomainType): string {
  const { base, nullable, checks } = domain;
  return statement(
    "CREATE DOMAIN",
    qualifiedVisibly(domain),
    `AS ${typeName(base)}`,
    domain.default === null ? null : `DEFAULT ${domain.default.text}`,
    !nullable && "NOT NULL",
    ...checks.map(checkClause),
  );
}

function checkClause({ name, expression }: DomainCheck): string {
  return `CONSTRAINT ${quoteVisibly(name)} CHECK ${parenthesized(expression.text)}`;
}

function alterDomain(domain: QualifiedName, ...words: readonly (string | false)[]): string {
  return statement("ALTER DOMAIN", qualifiedVisibly(domain), ...words);
}

export function setDomainDefault(domain: QualifiedName, expression: string): string {
  return alterDomain(domain, "SET DEFAULT", expression);
}

export function dropDomainDefault(domain: QualifiedName): string {
  return alterDomain(domain, "DROP DEFAULT");
}

/** Looks at every column of the domain. */
export function setDomainNotNull(domain: QualifiedName): string {
  return alterDomain(domain, "SET NOT NULL");
}

export function dropDomainNotNull(domain: QualifiedName): string {
  return alterDomain(domain, "DROP NOT NULL");
}

export function addDomainCheck(
  domain: QualifiedName,
  check: DomainCheck,
  options: { readonly notValid: boolean },
): string {
  return alterDomain(domain, "ADD", checkClause(check), options.notValid && "NOT VALID");
}

export function validateDomainCheck(domain: QualifiedName, name: string): string {
  return alterDomain(domain, "VALIDATE CONSTRAINT", quoteVisibly(name));
}

export function dropDomainCheck(domain: QualifiedName, name: string): string {
  return alterDomain(domain, "DROP CONSTRAINT IF EXISTS", quoteVisibly(name));
}
