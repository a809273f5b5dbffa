/** Is the copy what the original is? Both were read by the same code and are compared as facts. */

import { isServerError, PRINTING_SETTINGS } from "../db/index.js";
import type { Fact } from "../expect/index.js";
import { diffModels, reprinted } from "../expect/index.js";
import { quoteIdentifier } from "../model/names.js";
import type { Relation, SchemaModel } from "../model/schema.js";
import type { ScratchConnection } from "../scratch/index.js";
import type { DefinedObject } from "./definitions/index.js";
import { isAbout, type LeftOut } from "./left-out.js";

export interface Comparing {
  readonly connection: ScratchConnection;
  readonly original: SchemaModel;
  readonly copy: SchemaModel;
  readonly leftOut: readonly LeftOut[];
  /** Indexes that are invalid on the target: a copy has them valid. */
  readonly invalid: readonly DefinedObject[];
}

/**
 * What differs, for people; empty: the copy can be used. The print of an expression is not a fixpoint, and the copy's was
 * made from the original's print: so that one has to print like the copy's when it is made once more.
 */
export async function differences(input: Comparing): Promise<string[]> {
  const { original, copy } = input;
  const first = differing(input, original, copy);
  if (first.length === 0) return [];
  const concerned = concernedBy(first);
  const again = await madeAnew(input.connection, concerned(original));
  return differing(input, again, concerned(copy)).map(describe);
}

interface Difference {
  readonly kind: "created" | "changed" | "dropped";
  readonly fact: Fact;
}

function differing({ leftOut, invalid }: Comparing, original: SchemaModel, copy: SchemaModel): Difference[] {
  return diffModels(original, copy).filter(({ kind, fact: { subject, property } }) => {
    if (leftOut.some((left) => isAbout(subject, property, left))) return false;
    // The throwaway server has its own version of extensions, and public is in every database of it.
    if (subject.kind === "extension" && property === "version") return false;
    if (subject.kind === "schema" && kind === "created" && subject.name === "public") return false;
    const isInvalid = invalid.some(({ schema, name }) => schema === subject.schema && name === subject.name);
    return !(subject.kind === "index" && property === "valid" && isInvalid);
  });
}

/** A model of what the differences are about, and nothing else. */
function concernedBy(found: readonly Difference[]): (model: SchemaModel) => SchemaModel {
  const names = new Set(
    found.map(({ fact: { subject } }) => JSON.stringify([subject.schema, subject.relation ?? subject.name])),
  );
  const isConcerned = ({ schema, name }: { schema: string; name: string }) => names.has(JSON.stringify([schema, name]));
  return (model) => ({
    ...model,
    relations: model.relations.filter(isConcerned),
    domains: model.domains.filter(isConcerned),
  });
}

/** What is made anew is dropped as a whole, and a transaction holds only so many locks. */
const AT_ONCE = 50;

/** Each expression, and the query of each view, as PostgreSQL prints it when it is made from its print. */
async function madeAnew(connection: ScratchConnection, model: SchemaModel): Promise<SchemaModel> {
  await connection.execute(PRINTING_SETTINGS.replaceAll("set local", "set"));
  const relations: Relation[] = [];
  for (let from = 0; from < model.relations.length; from += AT_ONCE) {
    const part = { domains: [], relations: model.relations.slice(from, from + AT_ONCE) };
    relations.push(...(await reprinted(connection, part)).relations);
  }
  const { domains } = await reprinted(connection, { domains: model.domains, relations: [] });
  for (const [at, relation] of relations.entries()) {
    if (relation.definition === null) continue;
    relations[at] = { ...relation, definition: await reprintedView(connection, relation.definition) };
  }
  await connection.execute("reset all");
  return { ...model, relations, domains };
}

const VIEW = "schemaready_view";

/** The query of a view as PostgreSQL prints it when it is made from this print. */
export async function reprintedView(connection: ScratchConnection, definition: string): Promise<string> {
  const name = quoteIdentifier(VIEW);
  try {
    await connection.execute(`create temporary view ${name} as ${definition}`);
    const [row] = await connection.query<{ text: string }>(
      "select pg_catalog.pg_get_viewdef(c.oid) as text from pg_catalog.pg_class c where c.relname = $1 and c.relkind = 'v'",
      [VIEW],
    );
    await connection.execute(`drop view ${name}`);
    return row?.text ?? definition;
  } catch (error) {
    // A query that cannot be read again alone keeps the text it has.
    if (!isServerError(error)) throw error;
    return definition;
  }
}

const VERBS = { created: "is in the copy only", dropped: "is not in the copy", changed: "is another one in the copy" };

function describe({ kind, fact: { subject, property } }: Difference): string {
  const name = [subject.schema, subject.relation, subject.name].filter((part) => part !== null).join(".");
  const what = property === null ? "" : `${property} of `;
  return `${what}${subject.kind} ${subject.kind === "schema" ? subject.name : name} ${VERBS[kind]}`;
}
