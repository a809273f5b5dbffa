/** What an answer says about its error: codes and named objects, wherever the application has put them. */
import type { Json, StepResult } from "../../model/report.js";
import { decodeEntities } from "../text.js";
import { distinct, type Named, named, namedColumn, namesInText, withoutIndexMark } from "./named.js";

export interface ErrorFacts {
  /** Codes of the Prisma client (`P2022`) first, then SQLSTATEs; each once. */
  readonly codes: readonly string[];
  readonly names: readonly Named[];
}

const PRISMA_CODE = /^P\d{4}$/;
/** Classes of https://www.postgresql.org/docs/current/errcodes-appendix.html; "LIMIT" or "ERROR" are none. */
const SQLSTATE = /^(?:[0-5]\d|0[ABFLPZ]|2[BDF]|3[BDF]|72|F0|HV|P0|XX)[0-9A-Z]{3}$/;
const CODE_KEYS = ["code", "sqlstate", "sqlState", "originalCode", "errorCode", "error_code", "pgCode", "prismaCode"];
/** An application may put JSON into a string of its JSON, and again. */
const MAX_DEPTH = 20;

/** Reads the answer of a step; of an SQL step, PostgreSQL's own words in its failures. */
export function readAnswer(step: StepResult): ErrorFacts {
  const source = step.request === null ? step.failures.join("\n") : (step.body ?? "");
  const facts: Collected = { codes: new Set(), names: [] };
  readText(source, facts, 0);
  const codes = [...facts.codes];
  const isPrisma = (code: string) => PRISMA_CODE.test(code);
  return {
    codes: [...codes.filter(isPrisma), ...codes.filter((code) => !isPrisma(code))],
    names: distinct(facts.names),
  };
}

interface Collected {
  readonly codes: Set<string>;
  readonly names: Named[];
}

function readText(text: string, facts: Collected, depth: number): void {
  const json = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
  if (json !== undefined && depth < MAX_DEPTH) {
    readJson(json, facts, depth + 1);
    return;
  }
  // A JSON text that was cut off, or an error page: the same words, still escaped.
  const plain = decodeEntities(text.replaceAll('\\"', '"').replaceAll("\\n", "\n"));
  facts.names.push(...namesInText(plain));
  for (const code of codesInText(plain)) facts.codes.add(code);
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function readJson(value: Json, facts: Collected, depth: number): void {
  if (depth > MAX_DEPTH || value === null) return;
  if (typeof value === "string") readText(value, facts, depth);
  if (typeof value !== "object") return;
  if (!Array.isArray(value)) readFields(value as Readonly<Record<string, Json>>, facts);
  for (const each of Object.values(value)) readJson(each as Json, facts, depth + 1);
}

/** Prisma's `{ code, meta }`, its driver adapters' `{ originalCode, kind, table }`, node-pg's `{ code, table, column, constraint }`. */
function readFields(fields: Readonly<Record<string, Json>>, facts: Collected): void {
  const codes = CODE_KEYS.map((key) => fields[key]).filter(
    (code) => typeof code === "string" && isErrorCode(code),
  ) as string[];
  for (const code of codes) facts.codes.add(code);
  const meta = fields["meta"];
  const places = [fields, ...(isObject(meta) ? [meta] : [])];
  const kinds = new Set(codes.flatMap((code) => FIELD_KINDS[code] ?? []));
  const adapterKind = fields["kind"];
  if (typeof adapterKind === "string") for (const kind of FIELD_KINDS[adapterKind] ?? []) kinds.add(kind);
  for (const place of places) for (const kind of kinds) facts.names.push(...namesInFields(kind, place));
}

type FieldKind = "relation" | "column" | "not-null" | "constraint";

const FIELD_KINDS: Readonly<Record<string, readonly FieldKind[]>> = {
  P2021: ["relation"],
  "42P01": ["relation"],
  TableDoesNotExist: ["relation"],
  P2022: ["column"],
  "42703": ["column"],
  ColumnNotFound: ["column"],
  P2011: ["not-null"],
  "23502": ["not-null"],
  NullConstraintViolation: ["not-null"],
  P2003: ["constraint"],
  "23503": ["constraint"],
  ForeignKeyConstraintViolation: ["constraint"],
  P2002: ["constraint"],
  "23505": ["constraint"],
  "23514": ["constraint"],
  "23P01": ["constraint"],
};

function namesInFields(kind: FieldKind, fields: Readonly<Record<string, Json>>): Named[] {
  const table = textIn(fields["table"])[0] ?? null;
  switch (kind) {
    case "relation":
      return textIn(fields["table"]).map((name) => named("relation", name));
    case "column":
      return textIn(fields["column"]).map((name) => namedColumn("column", name, table));
    case "not-null":
      return [...textIn(fields["column"]), ...textIn(fields["constraint"], "fields"), ...textIn(fields["target"])].map(
        (name) => named("not-null", name, table),
      );
    case "constraint":
      return [...textIn(fields["constraint"], "index"), ...textIn(fields["field_name"])].map((name) =>
        named("constraint", withoutIndexMark(name), table),
      );
  }
}

/** The text, the texts of a list, or those under `key`. */
function textIn(value: Json | undefined, key?: string): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.filter((each): each is string => typeof each === "string");
  return isObject(value) && key !== undefined ? textIn(value[key]) : [];
}

function isObject(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isErrorCode(code: string): boolean {
  return PRISMA_CODE.test(code) || SQLSTATE.test(code);
}

/** A five-digit number is a SQLSTATE only where the text says so; `42P01` and `P2021` are nothing else. */
function codesInText(text: string): string[] {
  const said = /(?:sqlstate|sql state|error code|code|error)[\s:=[("'`]{1,4}([0-9A-Z]{5})\b/gi;
  const plain = /\b(P[12]\d{3}|42P\d\d|22P02|23P01|3F000|428C9)\b/g;
  const worded = /no unique or exclusion constraint matching the ON CONFLICT/i.test(text) ? ["42P10"] : [];
  const found = [...text.matchAll(said), ...text.matchAll(plain)].map((match) => match[1] ?? "");
  return [...found.filter(isErrorCode), ...worded];
}
