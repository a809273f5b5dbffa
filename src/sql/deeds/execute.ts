/** The text that `EXECUTE 'literal'` or `EXECUTE format('literal', ...)` runs, as far as the script says it. */
import { quoteIdentifier, quoteLiteral } from "../../model/names.js";
import type { Token } from "../types.js";
import { contentOf, type Rewritten, rewrite, within } from "./rewrite.js";

/** Stands for what is known only at run time; a letter to the grammar, and in no name that people write. */
export const UNKNOWN = "\ue000";

/** What may follow the text in EXECUTE. */
const AFTER = ["using", "into"];

/** @param tokens of `text`, after the word EXECUTE. Null: the text is put together in another way */
export function executedText(text: string, tokens: readonly Token[]): Rewritten | null {
  const [first] = tokens;
  if (first === undefined) return null;
  if (isText(first)) return endsAt(tokens, 1) ? contentOf(text, first) : null;
  if (first.value !== "format" || tokens[1]?.value !== "(") return null;
  const [pattern, ...values] = argumentsOf(tokens);
  const [literal] = pattern ?? [];
  if (literal === undefined || pattern?.length !== 1 || !isText(literal)) return null;
  const format = contentOf(text, literal);
  return within(
    format,
    filled(
      format.text,
      values.map((value) => literalOf(text, value)),
    ),
  );
}

function isText({ kind }: Token): boolean {
  return kind === "string" || kind === "dollar";
}

function endsAt(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token === undefined || (token.kind === "word" && AFTER.includes(token.value));
}

/** The tokens between the brackets that begin at the second token, cut at commas. */
function argumentsOf(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(1)) {
    const mark = token.kind === "symbol" ? token.value : "";
    if (mark === ")") depth -= 1;
    if (depth === 0 && mark === ")") break;
    if (depth === 1 && mark === ",") parts.push([]);
    else if (depth > 0) parts.at(-1)?.push(token);
    if (mark === "(") depth += 1;
  }
  return parts;
}

function literalOf(text: string, tokens: readonly Token[]): string | null {
  const [only] = tokens;
  return only !== undefined && tokens.length === 1 && isText(only) ? contentOf(text, only).text : null;
}

/** https://www.postgresql.org/docs/current/functions-string.html#FUNCTIONS-STRING-FORMAT */
const SPECIFIER = /%(?:(\d+)\$)?-?(?:\d+|\*(?:\d+\$)?)?([sIL%])/g;

function filled(format: string, values: readonly (string | null)[]): Rewritten {
  let next = 0;
  return rewrite(format, 0, SPECIFIER, ([, position, type]) => {
    if (type === "%") return "%";
    const index = position === undefined ? next : Number(position) - 1;
    next = index + 1;
    const value = values[index] ?? null;
    if (value === null) return type === "L" ? `'${UNKNOWN}'` : UNKNOWN;
    if (type === "I") return quoteIdentifier(value);
    return type === "L" ? quoteLiteral(value) : value;
  });
}
