/** What check files say about an application whose schema comes from another source: both together. */
import { SchemareadyError } from "../../errors/index.js";
import type { Application, ExpectedEnum, ExpectedMigrations, ExpectedRelation, Feature } from "../../model/contract.js";
import { displayName, qualifiedKey } from "../../model/names.js";
import { columnDifferences } from "../agree.js";
import { definitionOf, distinct } from "../distinct.js";

/** Whether the check files of an application require objects, and not only say what its features use. */
export function bringsObjects(application: Application): boolean {
  const { relations, enums, domains, sequences, functions, extensions } = application;
  return [relations, enums, domains, sequences, functions, extensions].some((list) => list.length > 0);
}

/**
 * The application of the source, called and used as the check files say.
 * @throws SchemareadyError CHECK_FILE naming every column that both define, each in its own way
 */
export function overlayApplication(source: Application, checks: Application): Application {
  const conflicts = [...disagreements(source, checks), ...otherTool(source.migrations, checks.migrations)];
  if (conflicts.length > 0) {
    const what = `The check files of ${checks.name} contradict the schema that the contract is compiled from.`;
    throw new SchemareadyError("CHECK_FILE", what, { problems: conflicts.map((message) => ({ message })) });
  }
  return {
    name: checks.name,
    schema: checks.schema,
    role: checks.role ?? source.role,
    relations: overlayRelations(source.relations, checks.relations),
    enums: overlayEnums(source.enums, checks.enums),
    domains: distinct([...source.domains, ...checks.domains], qualifiedKey),
    sequences: distinct([...source.sequences, ...checks.sequences], qualifiedKey),
    functions: distinct([...source.functions, ...checks.functions]),
    extensions: [...new Set([...source.extensions, ...checks.extensions])],
    migrations: overlayMigrations(source.migrations, checks.migrations),
    features: overlayFeatures(source.features, checks),
  };
}

/** A contract may have features already; what a check file says about one of them stands in its place. */
function overlayFeatures(source: readonly Feature[], { name, features }: Application): Feature[] {
  const others = source.filter(({ id }) => !features.some((feature) => feature.id === id));
  return [...others.map((feature) => ({ ...feature, application: name })), ...features];
}

function disagreements(source: Application, checks: Application): string[] {
  return checks.relations.flatMap((relation) => {
    const other = source.relations.find((each) => qualifiedKey(each) === qualifiedKey(relation));
    return relation.columns.flatMap((column) => {
      const found = other?.columns.find(({ name }) => name === column.name);
      const different = found === undefined ? [] : columnDifferences(column, found);
      if (different.length === 0) return [];
      const name = `${displayName(relation)}.${column.name}`;
      return [`column ${name} is defined differently by check file and source: ${different.join(", ")}`];
    });
  });
}

function otherTool(source: ExpectedMigrations | null, checks: ExpectedMigrations | null): string[] {
  if (source === null || checks === null || source.tool === checks.tool || source.tool === "sql") return [];
  return [`the check file says migrations.tool: ${checks.tool}, and the migrations are those of ${source.tool}`];
}

function overlayRelations(source: readonly ExpectedRelation[], checks: readonly ExpectedRelation[]) {
  const others = new Map(checks.map((relation) => [qualifiedKey(relation), relation]));
  const both = source.map((relation) => {
    const other = others.get(qualifiedKey(relation));
    others.delete(qualifiedKey(relation));
    return other === undefined ? relation : overlayRelation(relation, other);
  });
  return [...both, ...others.values()];
}

function overlayRelation(source: ExpectedRelation, checks: ExpectedRelation): ExpectedRelation {
  const columns = distinct([...source.columns, ...checks.columns], ({ name }) => name);
  return {
    ...source,
    columns: columns.map((column, i) => ({ ...column, position: i + 1 })),
    constraints: distinct([...source.constraints, ...checks.constraints], definitionOf),
    indexes: distinct([...source.indexes, ...checks.indexes], definitionOf),
    triggers: [...new Set([...source.triggers, ...checks.triggers])],
    introducedBy: source.introducedBy ?? checks.introducedBy,
    columnIntroducedBy: Object.assign(Object.create(null), checks.columnIntroducedBy, source.columnIntroducedBy),
  };
}

function overlayEnums(source: readonly ExpectedEnum[], checks: readonly ExpectedEnum[]): ExpectedEnum[] {
  const both = source.map((type) => {
    const other = checks.find((each) => qualifiedKey(each) === qualifiedKey(type));
    if (other === undefined) return type;
    return { ...type, labels: [...new Set([...type.labels, ...other.labels])], ordered: other.ordered };
  });
  return distinct([...both, ...checks], qualifiedKey);
}

function overlayMigrations(
  source: ExpectedMigrations | null,
  checks: ExpectedMigrations | null,
): ExpectedMigrations | null {
  if (source === null || checks === null) return source ?? checks;
  // Scripts without a tool leave no record; the check file may know of one.
  if (source.tool === "sql") return { ...checks, scripts: source.scripts ?? [], incomplete: true };
  const table = source.table ?? checks.table;
  return {
    ...source,
    schema: source.schema ?? checks.schema,
    ...(table === undefined ? {} : { table }),
    required: [...new Set([...source.required, ...checks.required])],
  };
}
