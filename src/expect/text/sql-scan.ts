/**
 * A scan of SQL text that people write into check files: where strings, quoted names and comments begin and end, and
 * whether the text stays what it claims to be (one column definition, one expression). It does not parse SQL: what the
 * text means is PostgreSQL's to say. https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */

export interface SqlScan {
  /** Why the text cannot be one piece of SQL, or null. */
  readonly problem: string | null;
  /** A comma outside of parentheses and brackets. */
  readonly topLevelComma: boolean;
  /** Unquoted words outside of parentheses, in lower case, in order: `timestamp not null default current_timestamp`. */
  readonly words: readonly string[];
  /** The numbers of `$1`, `$2`, ... wherever they stand. */
  readonly parameters: ReadonlySet<number>;
  /** The text between top-level commas. */
  readonly parts: readonly string[];
}

interface Token {
  readonly kind: "word" | "parameter" | "open" | "close" | "comma" | "semicolon" | "other" | "unterminated";
  readonly text: string;
  readonly start: number;
}

const PATTERNS: readonly (readonly [Token["kind"], RegExp])[] = [
  ["other", /\s+|--[^\n\r]*/y],
  ["other", /[eE]'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'|'[^']*(?:''[^']*)*'|"[^"]*(?:""[^"]*)*"/y],
  ["other", /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y],
  ["parameter", /\$\d+/y],
  ["unterminated", /[eE]'|['"]/y],
  ["word", /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ["other", /\d[\w.]*/y],
  ["open", /[([]/y],
  ["close", /[)\]]/y],
  ["comma", /,/y],
  ["semicolon", /;/y],
];

const CONTINUED = /'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'/y;
/** White space as PostgreSQL's lexer has it, and comments that end with the line. */
const GAP = /^(?:[ \t\n\r\f\v]+|--[^\n\r]*)$/;

/**
 * Strings go on after a line break: in `E'a'`, a new line and `'\\''` the second part has escapes, too.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE
 */
class EscapeContinuation {
  private afterEscapes = false;
  private lineBroken = false;

  /** The token at the place when a string goes on there, null when it is to be read like any other. */
  tokenAt(text: string, at: number): Token | null {
    if (!this.afterEscapes || !this.lineBroken || text[at] !== "'") return null;
    CONTINUED.lastIndex = at;
    const found = CONTINUED.exec(text)?.[0];
    return found === undefined
      ? { kind: "unterminated", text: "'", start: at }
      : { kind: "other", text: found, start: at };
  }

  /** Tells it what was read last. */
  after({ text }: Token, continued: boolean): void {
    if (continued || /^[eE]'/.test(text)) [this.afterEscapes, this.lineBroken] = [true, false];
    else if (!GAP.test(text)) this.afterEscapes = false;
    else if (/[\n\r]/.test(text)) this.lineBroken = true;
  }
}

/** Scans one text; never throws. */
export function scanSql(text: string): SqlScan {
  const state = { stack: [] as string[], words: [] as string[], cuts: [] as number[], parameters: new Set<number>() };
  let problem: string | null = null;
  for (const token of tokens(text)) {
    problem ??= troubleWith(token, state.stack);
    if (problem !== null) break;
    const outside = state.stack.length === 0;
    if (token.kind === "word" && outside) state.words.push(token.text.toLowerCase());
    if (token.kind === "comma" && outside) state.cuts.push(token.start);
    if (token.kind === "parameter") state.parameters.add(Number(token.text.slice(1)));
  }
  if (state.stack.length > 0) problem ??= `"${state.stack.at(-1)}" is not closed`;
  const { words, parameters, cuts } = state;
  return { problem, topLevelComma: cuts.length > 0, words, parameters, parts: cutAt(text, cuts) };
}

/** Keeps the stack of open brackets, and says what is wrong with this token. */
function troubleWith(token: Token, stack: string[]): string | null {
  if (token.kind === "unterminated") return `${JSON.stringify(token.text)} is not closed`;
  if (token.kind === "semicolon") return 'there is a ";" in it, and only one piece of SQL can stand here';
  if (token.kind === "open") stack.push(token.text);
  if (token.kind === "close") {
    const opened = stack.pop();
    if (opened !== (token.text === ")" ? "(" : "[")) return `"${token.text}" closes nothing`;
  }
  return null;
}

function* tokens(text: string): Generator<Token> {
  const escapes = new EscapeContinuation();
  let at = 0;
  while (at < text.length) {
    const continued = escapes.tokenAt(text, at);
    const token = continued ??
      comment(text, at) ??
      matched(text, at) ?? { kind: "other" as const, text: text.charAt(at), start: at };
    escapes.after(token, continued !== null);
    const dollar = token.kind === "other" && token.text.startsWith("$") && token.text.length > 1;
    if (dollar) {
      const end = text.indexOf(token.text, at + token.text.length);
      yield end < 0 ? { ...token, kind: "unterminated" } : token;
      at = end < 0 ? text.length : end + token.text.length;
    } else {
      yield token;
      at += token.text.length;
    }
  }
}

function matched(text: string, at: number): Token | null {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) return { kind, text: found[0], start: at };
  }
  return null;
}

/** Block comments nest in PostgreSQL. */
function comment(text: string, at: number): Token | null {
  if (!text.startsWith("/*", at)) return null;
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text.startsWith("/*", i)) [depth, i] = [depth + 1, i + 1];
    else if (text.startsWith("*/", i)) [depth, i] = [depth - 1, i + 1];
    if (depth === 0) return { kind: "other", text: text.slice(at, i + 1), start: at };
  }
  return { kind: "unterminated", text: "/*", start: at };
}

function cutAt(text: string, cuts: readonly number[]): string[] {
  const starts = [0, ...cuts.map((cut) => cut + 1)];
  return starts.map((start, i) => text.slice(start, cuts[i] ?? text.length).trim());
}

/** Why a text is not one column definition (the part after the column's name), one domain definition or one exclusion. */
export function definitionProblem(text: string): string | null {
  const scan = scanSql(text);
  if (scan.problem !== null) return scan.problem;
  if (scan.topLevelComma) return 'there is a "," in it, and only one definition can stand here';
  return parameterProblem(scan);
}

/** Why a text is not one expression. */
export function expressionProblem(text: string): string | null {
  const scan = scanSql(text);
  if (scan.problem !== null) return scan.problem;
  if (scan.topLevelComma) return 'there is a "," in it, and only one expression can stand here';
  return parameterProblem(scan);
}

function parameterProblem(scan: SqlScan): string | null {
  const [first] = scan.parameters;
  return first === undefined ? null : `there is a parameter $${first} in it, and nothing that could fill it`;
}
