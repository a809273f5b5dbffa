/**
 * Several files may describe one application: what they say about one column must be the same. Two applications may
 * differ: each is judged by itself, and the one that the database does not serve has the gap.
 */
import type { Application } from "../model/contract.js";
import { displayName, qualifiedKey } from "../model/names.js";
import type { Column, DomainType, Expression } from "../model/schema.js";
import { qualify } from "./build/relations.js";
import type { CheckFile } from "./check-file.js";
import { displayPlace, type PlacedProblem } from "./load/place.js";

export interface BuiltFile {
  readonly file: CheckFile;
  readonly application: Application;
}

interface Claim<T> {
  readonly value: T;
  readonly place: PlacedProblem["place"];
}

/** Columns and domains that two files of one application define differently; each problem names both places. */
export function disagreements(built: readonly BuiltFile[]): PlacedProblem[] {
  const columns = new Map<string, Claim<Column>>();
  const domains = new Map<string, Claim<DomainType>>();
  const problems: PlacedProblem[] = [];
  for (const one of built) {
    for (const { key, name, claim } of columnClaims(one)) {
      compare(columns, key, claim, `column ${name}`, columnDifferences, problems);
    }
    for (const { key, name, claim } of domainClaims(one)) {
      compare(domains, key, claim, `domain ${name}`, domainDifferences, problems);
    }
  }
  return problems;
}

function compare<T>(
  known: Map<string, Claim<T>>,
  key: string,
  claim: Claim<T>,
  what: string,
  differences: (a: T, b: T) => string[],
  problems: PlacedProblem[],
): void {
  const other = known.get(key);
  if (other === undefined) {
    known.set(key, claim);
    return;
  }
  const different = differences(claim.value, other.value);
  if (different.length === 0) return;
  const where = displayPlace(other.place);
  problems.push({ place: claim.place, message: `${what} is defined differently at ${where}: ${different.join(", ")}` });
}

function columnClaims({ file, application }: BuiltFile) {
  return [...file.names.values()].flatMap((named) => {
    const name = qualify(named, application.schema);
    const relation = application.relations.find((each) => qualifiedKey(each) === qualifiedKey(name));
    return (relation?.columns ?? []).map((column) => ({
      key: JSON.stringify([application.name, name.schema, name.name, column.name]),
      name: `${displayName(name)}.${column.name}`,
      claim: { value: column, place: file.locate(named.columns.get(column.name)?.definitionPath ?? named.path) },
    }));
  });
}

function domainClaims({ file, application }: BuiltFile) {
  return application.domains.map((domain) => ({
    key: JSON.stringify([application.name, domain.schema, domain.name]),
    name: displayName(domain),
    claim: { value: domain, place: file.locate(["domains", domain.name]) },
  }));
}

/** What two definitions of one column differ in, for people; empty when they agree. */
export function columnDifferences(a: Column, b: Column): string[] {
  const type = ({ type: { schema, extension, name, modifier, array } }: Column) =>
    JSON.stringify([extension ?? schema, name, modifier, array]);
  const generated = (column: Column) => column.generated?.kind ?? null;
  return [
    type(a) === type(b) ? null : `type ${a.type.text} and ${b.type.text}`,
    a.nullable === b.nullable ? null : "NOT NULL in one of them",
    meet(a.default, b.default) ? null : `default ${text(a.default)} and ${text(b.default)}`,
    a.identity === b.identity ? null : `identity ${a.identity ?? "none"} and ${b.identity ?? "none"}`,
    generated(a) === generated(b) && meet(a.generated?.expression ?? null, b.generated?.expression ?? null)
      ? null
      : `generation ${text(a.generated?.expression ?? null)} and ${text(b.generated?.expression ?? null)}`,
  ].filter((difference) => difference !== null);
}

function domainDifferences(a: DomainType, b: DomainType): string[] {
  const checks = ({ checks }: DomainType) => JSON.stringify(checks.map(({ expression }) => expression.text).sort());
  return [
    a.base.text === b.base.text ? null : `base type ${a.base.text} and ${b.base.text}`,
    a.nullable === b.nullable ? null : "NOT NULL in one of them",
    meet(a.default, b.default) ? null : `default ${text(a.default)} and ${text(b.default)}`,
    checks(a) === checks(b) ? null : "other checks",
  ].filter((difference) => difference !== null);
}

/** Equal when they have a text in common (src/model/schema.ts, Expression). */
function meet(a: Expression | null, b: Expression | null): boolean {
  if (a === null || b === null) return a === b;
  return a.renderings.some((rendering) => b.renderings.includes(rendering));
}

function text(expression: Expression | null): string {
  return expression?.text ?? "none";
}
