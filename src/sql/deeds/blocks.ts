/**
 * What a DO block does, as far as it says so: its body is cut at semicolons, and the grammar reads the statements in it
 * and those that EXECUTE gets as a literal. Whether they run depends on conditions, so all of it is guarded.
 */
import type { DoStmt } from "libpg-query";
import { cutScript } from "../cut.js";
import { tokensOf } from "../tokens.js";
import type { Grammar, ParsedStatement, Range, Token } from "../types.js";
import { executedText, UNKNOWN } from "./execute.js";
import { contentOf, type Rewritten, sliceOf, within } from "./rewrite.js";
import type { Deed } from "./types.js";

const VERBS = ["create", "alter", "drop"];
/** A statement can follow these without a semicolon; `<<label>>` as well. */
const OPENERS = ["begin", "then", "else", "loop"];

/** @param deedsOfInner reads a statement of the body */
export function deedsOfBlock(
  statement: ParsedStatement,
  grammar: Grammar,
  deedsOfInner: (inner: ParsedStatement) => Deed[],
): Deed[] {
  return commandsOfBlock(statement)
    .flatMap(({ text, offsetOf }) =>
      grammar
        .parseScript(text)
        .statements.flatMap(deedsOfInner)
        .map((deed) => ({ ...deed, at: offsetOf(deed.at) })),
    )
    .flatMap(withoutUnknown);
}

/**
 * The commands that a DO block may run, each with the way back to its place in the script; empty for other statements.
 * A part of a name that is put together at run time stands in them as UNKNOWN.
 */
export function commandsOfBlock(statement: ParsedStatement): Rewritten[] {
  const body = bodyOf(statement);
  return body === null ? [] : cutScript(body.text).statements.flatMap((fragment) => commandOf(fragment, body));
}

/** The code of `DO [LANGUAGE plpgsql] 'code'`; null in another language. */
function bodyOf({ node, text, start, offsetOf, tokens }: ParsedStatement): Rewritten | null {
  const { args = [] } = node !== null && "DoStmt" in node ? node.DoStmt : ({} satisfies DoStmt);
  const elements = args.flatMap((arg) => ("DefElem" in arg ? [arg.DefElem] : []));
  const language = elements.find(({ defname }) => defname === "language")?.arg;
  if (language !== undefined && "String" in language && language.String.sval !== "plpgsql") return null;
  const code = elements.find(({ defname }) => defname === "as");
  const place = offsetOf(code?.location);
  const token = tokens().find((each) => each.start === place);
  if (token === undefined || (token.kind !== "dollar" && token.kind !== "string")) return null;
  const here = { ...token, start: token.start - start, end: token.end - start };
  return within({ text, offsetOf: (at) => start + at }, contentOf(text, here));
}

/** `IF NOT EXISTS (...) THEN CREATE TYPE ...` is one fragment: what it does begins with the verb. */
function commandOf({ start, end }: Range, body: Rewritten): Rewritten[] {
  const tokens = tokensOf(body.text, start, end);
  const place = tokens.findIndex((token, at) => isCommand(token) && mayBegin(tokens, at));
  const verb = tokens[place];
  if (verb === undefined) return [];
  if (verb.value !== "execute") return [within(body, sliceOf(body.text, verb.start, end))];
  const executed = executedText(body.text, tokens.slice(place + 1));
  return executed === null ? [] : [within(body, executed)];
}

function isCommand({ kind, value }: Token): boolean {
  return kind === "word" && (VERBS.includes(value) || value === "execute");
}

function mayBegin(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (before === undefined) return true;
  const endsLabel = before.value === ">" && tokens[at - 2]?.value === ">";
  return endsLabel || (before.kind === "word" && OPENERS.includes(before.value));
}

/** A name that is put together at run time is not known; what it stands in may be. */
function withoutUnknown(deed: Deed): Deed[] {
  if (deed.name.includes(UNKNOWN)) return [];
  const known = (name: string | null) => (name?.includes(UNKNOWN) ? null : name);
  return [{ ...deed, schema: known(deed.schema), relation: known(deed.relation), guarded: true }];
}
