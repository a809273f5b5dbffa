/**
 * What stands in dumps and says nothing about the schema: rows, owners, privileges, comments, and what belongs to the
 * whole server (databases, roles, tablespaces, settings). It is not sent: most of it needs roles and rights that a
 * throwaway server does not have, and some of it would outlive the throwaway database.
 * https://www.postgresql.org/docs/current/app-pgdump.html
 */
import type { Statement } from "../replay/split.js";

/** First words; `|` separates what may stand at one place. */
const BEGINNINGS: readonly (readonly string[])[] = [
  "create|alter|drop database|tablespace|role|user|group|publication|subscription|policy",
  "create|alter|drop event trigger",
  "alter system",
  "alter default privileges",
  "alter large object",
  "create|alter|drop procedural|trusted",
  "create|alter|drop language plpgsql",
  "create or replace procedural|trusted",
  "reassign owned",
  "drop owned",
  "comment on",
  "security label",
  "grant",
  "revoke",
  "insert into",
  "copy",
  "refresh materialized view",
  "analyze|vacuum|cluster|checkpoint|discard",
  "reset session|role",
  "set role",
  "set session authorization",
].map((line) => line.split(" "));

/** Settings that a dump makes for the session that restores it: time, encoding of the file, places on the disk. */
const SETTINGS = new Set([
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
  "idle_session_timeout",
  "transaction_timeout",
  "client_encoding",
  "default_tablespace",
  "default_table_access_method",
  "row_security",
  "client_min_messages",
]);

/** Functions that pg_dump calls for the sake of rows. */
const DATA_FUNCTIONS = /^(setval|lo_create|lo_open|lo_close|lowrite|lo_unlink|lo_import)$/;

/** Whether a statement of a dump is not sent. */
export function isLeftOut(statement: Statement): boolean {
  const words = wordsOf(statement);
  return (
    BEGINNINGS.some((beginning) => beginsWith(words, beginning)) ||
    setsSession(words) ||
    isAboutPublic(words) ||
    changesOwner(words) ||
    callsForRows(words)
  );
}

/** `pg_dump --clean` first drops what it is going to create; in an empty database there is nothing to drop. */
export function isDrop(statement: Statement): boolean {
  const [first = "", ...rest] = wordsOf(statement);
  return first === "drop" || (first === "alter" && rest.includes("drop"));
}

/** Whether a statement makes something of a schema, other than the schema itself or an extension. */
export function isCreation(statement: Statement): boolean {
  const [first, second = ""] = wordsOf(statement);
  return first === "create" && !["schema", "extension"].includes(second) && !isLeftOut(statement);
}

/** Names in quotes are no keywords, and are told apart by an empty word, except where `public` may stand. */
function wordsOf({ tokens }: Statement): string[] {
  return tokens.map(({ kind, value }) => (kind === "word" || value === "public" ? value : ""));
}

function beginsWith(words: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((choices, i) => choices.split("|").includes(words[i] ?? ""));
}

function setsSession([first, second = "", third = ""]: readonly string[]): boolean {
  if (first !== "set") return false;
  return SETTINGS.has(["session", "local"].includes(second) ? third : second);
}

/** Every database has it from the beginning; dumps of databases where it was made anew create it all the same. */
function isAboutPublic(words: readonly string[]): boolean {
  const [first, second] = words;
  return ["create", "drop"].includes(first ?? "") && second === "schema" && isOnly("public", words.slice(2));
}

function isOnly(name: string, words: readonly string[]): boolean {
  const options = ["if", "not", "exists", "cascade", "restrict"];
  return words.includes(name) && words.every((word) => word === name || options.includes(word));
}

/** ALTER ... OWNER TO role; OWNED BY, which ties a sequence to its column, is another thing. */
function changesOwner(words: readonly string[]): boolean {
  return words[0] === "alter" && words.at(-3) === "owner" && words.at(-2) === "to";
}

function callsForRows([first, second, , fourth]: readonly string[]): boolean {
  if (first !== "select") return false;
  return DATA_FUNCTIONS.test((second === "pg_catalog" ? fourth : second) ?? "");
}
