/**
 * Bounds that are looked at before the parser runs. It recurses, and V8 may abort the whole process when a regular
 * expression has to be compiled with the stack nearly full; and it takes minutes for a text of nothing but punctuation.
 */
import { CST, Lexer, type LineCounter } from "yaml";

const MAX_DEPTH = 200;
const MAX_TOKENS = 50_000;
const SECOND_DOCUMENT = "one file is one document: remove the second `---`";

/**
 * Where the text nests deeper than 200 levels, has more than 50,000 tokens (white space and comments aside) or begins
 * a second document; null when it does not. Tells the counter where lines begin.
 */
export function boundsProblem(text: string, lines: LineCounter): { message: string; offset: number } | null {
  const depth = new DepthCounter();
  const documents = new DocumentCounter();
  let tokens = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (!ROOM.has(type) && !CONTROL.has(token)) tokens++;
    const message = [
      documents.isSecond(type, token) ? SECOND_DOCUMENT : null,
      depth.depthAfter(type, token) > MAX_DEPTH ? `nested more than ${MAX_DEPTH} levels deep` : null,
      tokens > MAX_TOKENS
        ? `the file is too large: more than ${MAX_TOKENS} YAML tokens (keys, values, punctuation)`
        : null,
    ].find((each) => each !== null);
    if (message !== undefined) {
      addLineStarts(text, lines);
      return { message, offset };
    }
    // Control tokens (document start, scalar follows) take no room in the text.
    if (!CONTROL.has(token)) offset += token.length;
  }
  return null;
}

type TokenType = CST.TokenType | null;

/** What only takes room in the text. */
const ROOM: ReadonlySet<TokenType> = new Set<TokenType>(["space", "newline", "comment", "byte-order-mark"]);
const CONTROL: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** A document ends at the next `---`, or at `...`. */
class DocumentCounter {
  private begun = false;
  private ended = false;

  isSecond(type: TokenType, token: string): boolean {
    if (ROOM.has(type) || CONTROL.has(token) || type === "directive-line") return false;
    if (type === "doc-end") {
      this.ended = this.begun;
      return false;
    }
    const second = this.ended || (this.begun && type === "doc-start");
    this.begun = true;
    return second;
  }
}

class DepthCounter {
  private readonly indents: number[] = [];
  private flow = 0;
  private onLine = 0;
  private indent = 0;
  private fresh = true;

  depthAfter(type: TokenType, token: string): number {
    if (type === "newline") {
      this.fresh = true;
      this.indent = 0;
      this.onLine = 0;
    } else if (type === "space" && this.fresh) this.indent = token.length;
    else if (type !== "space" && type !== "comment" && !CONTROL.has(token)) this.count(type);
    return this.indents.length + this.flow + this.onLine;
  }

  private count(type: TokenType): void {
    if (this.fresh) {
      while ((this.indents.at(-1) ?? -1) >= this.indent) this.indents.pop();
      this.indents.push(this.indent);
      this.fresh = false;
    }
    if (type === "flow-map-start" || type === "flow-seq-start") this.flow++;
    if (type === "flow-map-end" || type === "flow-seq-end") this.flow = Math.max(0, this.flow - 1);
    if (type === "seq-item-ind" || type === "explicit-key-ind") this.onLine++;
  }
}

function addLineStarts(text: string, lines: LineCounter): void {
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
}
