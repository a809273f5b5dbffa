/** A whole schema, read from a reference database or built from migrations or a Prisma schema -> the contract that requires all of it. */
import type { Application, Contract, ContractSource, ExpectedMigrations } from "../../model/contract.js";
import type { ObjectDefinition } from "../../model/definitions.js";
import { compareQualified, compareText, type QualifiedName, qualifiedKey } from "../../model/names.js";
import type { Provenance } from "../../model/provenance.js";
import type { Relation, SchemaModel } from "../../model/schema.js";
import { subjectRelation } from "../../model/subject.js";
import { contractId } from "../contract-id.js";
import { wantedDefinitions } from "./definitions.js";
import { namedRelation, relationOrigins, wholeRelation } from "./expected-relation.js";
import { joinContract } from "./join.js";
import { inOrder } from "./order.js";
import { isRecordTable } from "./record-tables.js";

export interface ModelSource {
  readonly model: SchemaModel;
  /** The schema of every object that is written without one. */
  readonly schema: string;
  /** Name of the application, when the check files name none. */
  readonly name: string;
  readonly source: ContractSource;
  readonly migrations: ExpectedMigrations | null;
  readonly provenance: readonly Provenance[];
  /** What the model says too little about; absent: nobody read it. */
  readonly definitions?: readonly ObjectDefinition[];
  /** Relations of which the source says only that they are there: views of a Prisma schema. */
  readonly views?: readonly QualifiedName[];
  /** False where partitions are what a database happened to have on one day; default: false for a database only. */
  readonly partitions?: boolean;
  /** What check files say besides: features, role, rows, required migrations, and objects of their own. */
  readonly overlay?: Contract;
}

/**
 * The contract that requires everything in the model, and for every relation nothing else that blocks writes. Left out:
 * migration tools' record tables, sequences that columns own, plpgsql, indexes that are not valid, triggers that are
 * disabled, and, of a database or a dump of one, partitions (they come and go with time).
 * @throws SchemareadyError CHECK_FILE when the check files define a column otherwise than the source
 */
export function contractFromModel(input: ModelSource): Contract {
  const { partitions = input.source !== "database" } = input;
  const records = input.model.relations.filter(isRecordTable);
  const relations = input.model.relations.filter(
    (relation) => !records.includes(relation) && (partitions || relation.partitionOf === null),
  );
  const recordKeys = new Set(records.map(qualifiedKey));
  const provenance = input.provenance.filter((each) => !isOf(recordKeys, each));
  const content = inOrder({
    source: input.source,
    applications: [applicationOf(input, relations, provenance)],
    provenance,
    ...definitionsOf(input, relations),
  });
  const alone = { id: contractId(content), ...content };
  const { overlay } = input;
  if (overlay === undefined || overlay.applications.length === 0) return alone;
  return joinContract({ checks: overlay, sourceOf: () => alone });
}

function definitionsOf({ definitions, model }: ModelSource, relations: readonly Relation[]) {
  return definitions === undefined ? {} : { definitions: wantedDefinitions(definitions, model, relations) };
}

function applicationOf(
  { model, schema, name, migrations, source, views = [] }: ModelSource,
  relations: readonly Relation[],
  provenance: readonly Provenance[],
): Application {
  const origins = relationOrigins(provenance);
  return {
    name,
    schema,
    role: null,
    relations: [...relations.map((relation) => wholeRelation(relation, origins, source)), ...views.map(namedRelation)],
    enums: model.enums.map((type) => ({ ...type, ordered: false })),
    domains: model.domains,
    sequences: model.sequences.filter(({ ownedBy }) => ownedBy === null).map(nameOf),
    functions: model.functions
      .map((each) => ({ ...nameOf(each), arguments: each.arguments }))
      .sort((a, b) => compareQualified(a, b) || compareText(a.arguments, b.arguments)),
    // Every database has it.
    extensions: model.extensions.map((extension) => extension.name).filter((each) => each !== "plpgsql"),
    migrations,
    features: [],
  };
}

function nameOf({ schema, name }: QualifiedName): QualifiedName {
  return { schema, name };
}

function isOf(keys: ReadonlySet<string>, { subject }: Provenance): boolean {
  const name = subjectRelation(subject);
  return name !== null && keys.has(qualifiedKey(name));
}
