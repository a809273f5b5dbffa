/**
 * The first words of a statement that the grammar refuses, for example because it is written for another server: what
 * it was meant to create helps to explain why something else fails.
 */
import type { ParsedStatement, Token } from "../types.js";
import type { Deed, DeedKind } from "./types.js";

const KINDS: Readonly<Record<string, DeedKind>> = {
  table: "relation",
  view: "relation",
  index: "index",
  sequence: "sequence",
  type: "type",
  domain: "type",
  function: "function",
  procedure: "function",
  trigger: "trigger",
  policy: "policy",
  extension: "extension",
  schema: "schema",
  role: "role",
  user: "role",
};
const ACTS: readonly string[] = ["create", "alter", "drop"] satisfies Deed["act"][];
/** How many words may stand between the verb and the kind: `CREATE OR REPLACE TEMP VIEW`. */
const MOST_MODIFIERS = 4;
const PARTS: readonly DeedKind[] = ["index", "trigger", "policy"];
const BEFORE_NAME = ["if", "not", "exists", "concurrently", "only"];

/** One deed at most. */
export function glance(statement: ParsedStatement): Deed[] {
  const tokens = statement.tokens();
  const isWord = (at: number) => tokens[at]?.kind === "word";
  const act = tokens[0]?.value ?? "";
  if (!isWord(0) || !ACTS.includes(act)) return [];
  const place = tokens.findIndex(({ value }, at) => at > 0 && isWord(at) && Object.hasOwn(KINDS, value));
  const kind = KINDS[tokens[place]?.value ?? ""];
  if (kind === undefined || place > MOST_MODIFIERS) return [];
  let at = place + 1;
  while (isWord(at) && BEFORE_NAME.includes(tokens[at]?.value ?? "")) at += 1;
  const guarded = tokens.slice(1, at).some(({ value }) => value === "exists" || value === "replace");
  return nameAt(tokens, at).flatMap((own) => {
    const deed = { act: act as Deed["act"], kind, relation: null, guarded, ...own };
    return PARTS.includes(kind) ? [{ ...deed, ...relationOf(tokens, at) }] : [deed];
  });
}

/** What stands after ON. */
function relationOf(tokens: readonly Token[], from: number): Pick<Deed, "schema" | "relation"> {
  const on = tokens.findIndex(({ kind, value }, at) => at > from && kind === "word" && value === "on");
  const place = tokens[on + 1]?.value === "only" ? on + 2 : on + 1;
  const [relation] = on < 0 ? [] : nameAt(tokens, place);
  return { schema: relation?.schema ?? null, relation: relation?.name ?? null };
}

function nameAt(tokens: readonly Token[], from: number): Pick<Deed, "schema" | "name" | "at">[] {
  let at = from;
  let schema: string | null = null;
  while (tokens[at + 1]?.value === "." && tokens[at + 2] !== undefined) {
    schema = tokens[at]?.value ?? null;
    at += 2;
  }
  const token = tokens[at];
  if (token === undefined || (token.kind !== "word" && token.kind !== "quoted")) return [];
  return [{ schema, name: token.value, at: token.start }];
}
