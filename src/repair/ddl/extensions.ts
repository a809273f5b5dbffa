/**
 * An extension may live in another schema on the target than where the contract was compiled: `public.citext` is
 * `extensions.citext` there, and compares as the same type. A statement has to say it as the target does.
 */
import type { Application, Contract, ExpectedRelation } from "../../model/contract.js";
import { type QualifiedName, qualifiedKey } from "../../model/names.js";
import type { Column, Constraint, DomainType, Expression, Extension, Index, TypeRef } from "../../model/schema.js";

/** Schema where the contract was compiled -> that on the target, for what extensions bring. */
interface Moves {
  /** Qualified key of a type -> the schema that it has on the target. */
  readonly types: ReadonlyMap<string, string>;
  readonly schemas: ReadonlyMap<string, string>;
  /** What somebody made himself: it stays where it is. Qualified keys. */
  readonly own: ReadonlySet<string>;
}

/**
 * The contract with types, functions and operator classes of extensions in the schemas that they have on the target; the
 * very same value when nothing is elsewhere. Of a schema whose extensions went to several places only the types are known
 * to belong to one of them.
 * @param extensions those of the target
 */
export function withExtensionsOf(contract: Contract, extensions: readonly Extension[]): Contract {
  const schemas = movedSchemas(contract, extensions);
  const types = movedTypes(contract, extensions);
  if (schemas.size === 0 && types.size === 0) return contract;
  const moves = { schemas, types, own: ownNames(contract) };
  const { definitions } = contract;
  const applications = contract.applications.map((application): Application => {
    const { relations, domains } = application;
    return {
      ...application,
      relations: relations.map((each) => moveRelation(each, moves)),
      domains: domains.map((each) => moveDomain(each, moves)),
    };
  });
  if (definitions === undefined) return { ...contract, applications };
  const moved = definitions.map((each) => {
    // The body of a function is text of its author, and an extension is made where the contract says.
    const isText = each.kind === "function" || each.kind === "extension" || each.kind === "partition";
    return isText ? each : { ...each, sql: each.sql.map((sql) => moveText(sql, moves)) };
  });
  return { ...contract, applications, definitions: moved };
}

function movedSchemas(contract: Contract, extensions: readonly Extension[]): ReadonlyMap<string, string> {
  const homes = new Map<string, Set<string>>();
  for (const { name, schema } of homesOf(contract)) {
    const there = extensions.find((extension) => extension.name === name)?.schema ?? schema;
    homes.set(schema, (homes.get(schema) ?? new Set()).add(there));
  }
  const moved = new Map<string, string>();
  for (const [schema, targets] of homes) {
    const [target = schema, ...others] = targets;
    if (others.length === 0 && target !== schema) moved.set(schema, target);
  }
  return moved;
}

function movedTypes(contract: Contract, extensions: readonly Extension[]): ReadonlyMap<string, string> {
  const moved = new Map<string, string>();
  for (const type of typesOf(contract)) {
    const there = extensions.find(({ name }) => name === type.extension);
    if (there !== undefined && there.schema !== type.schema) moved.set(qualifiedKey(type), there.schema);
  }
  return moved;
}

function typesOf({ applications }: Contract): TypeRef[] {
  return applications.flatMap(({ relations, domains }) => [
    ...relations.flatMap(({ columns }) => columns.map(({ type }) => type)),
    ...domains.map(({ base }) => base),
  ]);
}

/** Extensions with their schemas where the contract was compiled. */
function homesOf(contract: Contract): QualifiedName[] {
  const ofTypes = typesOf(contract).flatMap(({ extension, schema }) =>
    extension === null ? [] : [{ name: extension, schema }],
  );
  const made = (contract.definitions ?? []).flatMap(({ kind, name, sql }) => {
    const quoted = kind === "extension" ? / SCHEMA (.+)$/.exec(sql[0] ?? "")?.[1] : undefined;
    return quoted === undefined ? [] : [{ name, schema: unquoted(quoted) }];
  });
  return [...ofTypes, ...made];
}

function ownNames({ applications, definitions = [] }: Contract): Set<string> {
  const named = applications.flatMap(({ relations, enums, domains, sequences, functions }) => [
    ...[...relations, ...enums, ...domains, ...sequences, ...functions],
    ...relations.flatMap(({ columns }) => columns.flatMap(({ sequence }) => sequence ?? [])),
  ]);
  const printed = definitions.flatMap(({ kind, schema, name }) =>
    schema === null || kind === "extension" ? [] : [{ schema, name: name.replace(/\(.*\)$/s, "") }],
  );
  return new Set([...named, ...printed].map(qualifiedKey));
}

const IDENTIFIER = String.raw`(?:"(?:[^"]|"")*"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)`;
/** A literal, or a name with its schema; that of an operator is printed as `OPERATOR(public.<>)`. */
const TOKENS = new RegExp(String.raw`'(?:[^']|'')*'|(${IDENTIFIER})\.(${IDENTIFIER}|[-+*/<>=~!@#%^&|?]+)`, "g");

/** Names outside of string literals. PostgreSQL has printed the text, so every name has its schema. */
function moveText(text: string, moves: Moves): string {
  return text.replace(TOKENS, (found, schema?: string, name?: string) => {
    if (schema === undefined || name === undefined) return found;
    const target = targetOf({ schema: unquoted(schema), name: unquoted(name) }, moves);
    return target === null ? found : `${printedName(target)}.${name}`;
  });
}

function targetOf(name: QualifiedName, { schemas, types, own }: Moves): string | null {
  const key = qualifiedKey(name);
  return own.has(key) ? null : (types.get(key) ?? schemas.get(name.schema) ?? null);
}

function unquoted(identifier: string): string {
  return identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier;
}

function printedName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** Gaps describe the object in the contract's words, so those stay among its renderings. */
function moveExpression({ text, renderings }: Expression, moves: Moves): Expression {
  const moved = renderings.map((each) => moveText(each, moves));
  return { text: moveText(text, moves), renderings: [...new Set([...moved, ...renderings])] };
}

function maybe(expression: Expression | null, moves: Moves): Expression | null {
  return expression === null ? null : moveExpression(expression, moves);
}

function moveType(type: TypeRef, { types }: Moves): TypeRef {
  const target = type.extension === null ? undefined : types.get(qualifiedKey(type));
  if (target === undefined) return type;
  const [, rest = type.text] = new RegExp(String.raw`^${IDENTIFIER}\.(.*)$`, "s").exec(type.text) ?? [];
  return { ...type, schema: target, text: `${printedName(target)}.${rest}` };
}

function moveRelation(relation: ExpectedRelation, moves: Moves): ExpectedRelation {
  return {
    ...relation,
    columns: relation.columns.map((each) => moveColumn(each, moves)),
    constraints: relation.constraints.map((each) => moveConstraint(each, moves)),
    indexes: relation.indexes.map((each) => moveIndex(each, moves)),
  };
}

function moveColumn(column: Column, moves: Moves): Column {
  const { generated } = column;
  return {
    ...column,
    type: moveType(column.type, moves),
    default: maybe(column.default, moves),
    generated: generated === null ? null : { ...generated, expression: moveExpression(generated.expression, moves) },
  };
}

function moveConstraint(constraint: Constraint, moves: Moves): Constraint {
  if (constraint.kind === "check") return { ...constraint, expression: moveExpression(constraint.expression, moves) };
  if (constraint.kind !== "exclusion") return constraint;
  const elements = constraint.elements.map((element) => ({ ...element, key: moveKey(element.key, moves) }));
  return { ...constraint, elements, predicate: maybe(constraint.predicate, moves) };
}

function moveIndex(index: Index, moves: Moves): Index {
  return { ...index, keys: index.keys.map((key) => moveKey(key, moves)), predicate: maybe(index.predicate, moves) };
}

function moveKey(key: Index["keys"][number], moves: Moves): Index["keys"][number] {
  const { operatorClass } = key;
  const target = operatorClass === null ? null : targetOf(operatorClass, moves);
  return {
    ...key,
    expression: maybe(key.expression, moves),
    operatorClass: operatorClass === null || target === null ? operatorClass : { ...operatorClass, schema: target },
  };
}

function moveDomain(domain: DomainType, moves: Moves): DomainType {
  return {
    ...domain,
    base: moveType(domain.base, moves),
    default: maybe(domain.default, moves),
    checks: domain.checks.map((each) => ({ ...each, expression: moveExpression(each.expression, moves) })),
  };
}
