/** What a copy does not have, and what that means for the rest. Pure. */
import type { Subject } from "../model/report.js";
import type { Refused } from "./build.js";
import type { DefinedObject, UncopiedRow } from "./definitions/index.js";

export interface LeftOut {
  /** `table`, `function`, `aggregate`, ... */
  readonly kind: string;
  readonly schema: string | null;
  readonly relation: string | null;
  readonly name: string;
  /** For people. */
  readonly reason: string;
}

export function leftOutOf(refused: readonly Refused[], uncopied: readonly UncopiedRow[]): LeftOut[] {
  return [
    ...refused.map(({ object: { kind, schema, relation, name }, message, sqlstate }) => {
      return { kind, schema, relation, name, reason: `${message} (${sqlstate})` };
    }),
    ...uncopied.map(({ kind, schema, name }) => {
      return { kind, schema, name, relation: null, reason: `a copy does not hold any ${kind}` };
    }),
  ];
}

/** Without these, statements of migrations would be refused on the copy that the target takes, or the other way round. */
const SHAPES: readonly string[] = [
  "table",
  "view",
  "sequence",
  "enum",
  "domain",
  "type",
  "column",
  "constraint",
  "index",
  "attachment",
  "ownership",
  "foreign table",
] satisfies readonly (DefinedObject["kind"] | "foreign table")[];

/** Whether a copy without it is of no use to applications whose objects are in these schemas. */
export function isEssential({ kind, schema }: LeftOut, schemas: readonly string[]): boolean {
  return schema !== null && schemas.includes(schema) && SHAPES.includes(kind);
}

/** `table public.users`, `index public.users.users_email`, `extension postgis` */
export function displayLeftOut({ kind, schema, relation, name }: LeftOut): string {
  const within = kind === "schema" || kind === "extension" ? null : schema;
  return `${kind} ${[within, relation, name].filter((part) => part !== null).join(".")}`;
}

/** Whether a fact of the original is about something that was left out. */
export function isAbout(subject: Subject, property: string | null, left: LeftOut): boolean {
  const owner = subject.relation ?? subject.name;
  if (left.kind === "extension") return subject.kind === "extension" && subject.name === left.name;
  if (left.schema === null || subject.schema !== left.schema) return false;
  if (left.kind === "domain") return subject.kind === "domain" && subject.name === (left.relation ?? left.name);
  if (["table", "view", "foreign table"].includes(left.kind)) {
    return !ALONE.includes(subject.kind) && owner === left.name;
  }
  if (left.kind === "aggregate") return subject.kind === "function" && subject.name.startsWith(`${left.name}(`);
  if (left.kind === "attachment") return subject.name === left.name || subject.relation === left.name;
  if (left.kind === "ownership") return subject.kind === "sequence" && subject.name === left.name;
  // Types of arguments are printed with quotes or without, as a setting has it.
  if (left.kind === "function") return subject.kind === "function" && bare(subject.name) === bare(left.name);
  const isPart = subject.relation === left.relation && subject.name === left.name;
  if (left.kind === "column") return isPart && subject.kind === "column" && property === "default";
  // The index of a key has its name.
  if (left.kind === "constraint") return isPart && (subject.kind === "constraint" || subject.kind === "index");
  return isPart && subject.kind === left.kind;
}

/** Kinds that are no relation and no part of one. */
const ALONE: readonly string[] = ["schema", "enum", "domain", "sequence", "function", "extension"];

function bare(name: string): string {
  return name.replaceAll('"', "");
}
