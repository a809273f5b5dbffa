/** Which object PostgreSQL complains about. Its messages are in English: the replay sets lc_messages. */
import type { DeedKind } from "../../sql/index.js";

export interface Complaint {
  readonly about: "missing" | "duplicate";
  /** As PostgreSQL calls it: `relation`, `type`, `constraint`, `operator class`, ... */
  readonly what: string;
  /** What a statement that creates it may have called it; empty: none that we know. */
  readonly kinds: readonly DeedKind[];
  readonly schema: string | null;
  readonly relation: string | null;
  readonly name: string;
}

/** An index and a sequence are relations, and a unique constraint brings an index of its name along. */
const KINDS: Readonly<Record<string, readonly DeedKind[]>> = {
  relation: ["relation", "index", "sequence", "constraint"],
  table: ["relation"],
  view: ["relation"],
  "materialized view": ["relation"],
  "foreign table": ["relation"],
  index: ["index", "constraint"],
  sequence: ["sequence"],
  column: ["column"],
  constraint: ["constraint"],
  trigger: ["trigger"],
  policy: ["policy"],
  type: ["type", "relation"],
  domain: ["type"],
  "enum label": ["label"],
  function: ["function"],
  procedure: ["function"],
  aggregate: ["function"],
  schema: ["schema"],
  role: ["role"],
  extension: ["extension"],
};
const MISSING = ["42P01", "42704", "42703", "42883", "3F000"];
const DUPLICATE = ["42P07", "42701", "42710", "42723", "42P06"];
const QUOTED =
  /^([a-z ]+?) "((?:[^"]|"")*)"(?: (?:of|for|on) (?:relation|table|type) "((?:[^"]|"")*)")?[^"]* (?:does not exist|already exists)/;
const ROUTINE = /^(function|procedure|aggregate) ([^(]+)\(.*\) does not exist/;
const BARE_COLUMN = /^(column) (?:\w+\.)?"?([^" ]+?)"? does not exist/;
const NO_CLASS = /^(operator class) "([^"]+)" does not exist for access method/;

/** Null when the error is about something else. */
export function complaintOf(sqlstate: string, message: string): Complaint | null {
  const about = MISSING.includes(sqlstate) ? "missing" : DUPLICATE.includes(sqlstate) ? "duplicate" : null;
  if (about === null) return null;
  const found = NO_CLASS.exec(message) ?? QUOTED.exec(message) ?? ROUTINE.exec(message) ?? BARE_COLUMN.exec(message);
  const [, what, written, relation] = found ?? [];
  if (what === undefined || written === undefined) return null;
  const { schema, name } = parts(written.replaceAll('"', ""), what);
  const owner = relation === undefined ? null : parts(relation, "relation");
  return {
    about,
    what,
    kinds: KINDS[what] ?? [],
    schema: owner?.schema ?? schema,
    relation: owner?.name ?? null,
    name,
  };
}

const IN_SCHEMAS = [
  "relation",
  "table",
  "view",
  "materialized view",
  "index",
  "sequence",
  "type",
  "function",
  "procedure",
  "aggregate",
];

/** PostgreSQL puts a qualified name between one pair of quotes: `"auth.users"`. */
function parts(written: string, what: string): { schema: string | null; name: string } {
  const dot = written.indexOf(".");
  if (dot <= 0 || dot !== written.lastIndexOf(".") || !IN_SCHEMAS.includes(what))
    return { schema: null, name: written };
  return { schema: written.slice(0, dot), name: written.slice(dot + 1) };
}

/** `relation "users"`, `constraint "a" of "b"`: for sentences. */
export function displayComplaint({ what, schema, relation, name }: Complaint): string {
  const own = relation === null && schema !== null ? `${schema}.${name}` : name;
  return `${what} "${own}"${relation === null ? "" : ` of "${relation}"`}`;
}

/** feature_not_supported (PostgreSQL 15 and later), undefined_file (before). */
const UNAVAILABLE: readonly (readonly [string, RegExp])[] = [
  ["0A000", /^extension "([^"]+)" is not available/],
  ["58P01", /extension control file "(?:[^"]*[\\/])?([^"\\/]+)\.control"/],
];

/** The name of the extension that the server does not have, when that is what it says. */
export function unavailableExtension({
  sqlstate,
  message,
}: {
  readonly sqlstate: string;
  readonly message: string;
}): string | null {
  for (const [code, text] of UNAVAILABLE) {
    const name = code === sqlstate ? text.exec(message)?.[1] : undefined;
    if (name !== undefined) return name;
  }
  return null;
}
