/**
 * A bound on nesting, looked at before the parser runs: it recurses, and V8 may abort the whole process when a regular
 * expression has to be compiled with the stack nearly full.
 */
import { CST, Lexer, type LineCounter } from "yaml";

const MAX_DEPTH = 200;

/** Where the text nests deeper than 200 levels, or null. Tells the counter where lines begin. */
export function nestingProblem(text: string, lines: LineCounter): { message: string; offset: number } | null {
  const counter = new DepthCounter();
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (counter.depthAfter(token) > MAX_DEPTH) {
      addLineStarts(text, lines);
      return { message: `nested more than ${MAX_DEPTH} levels deep`, offset };
    }
    // Control tokens (document start, scalar follows) take no room in the text.
    if (!CONTROL.has(token)) offset += token.length;
  }
  return null;
}

const CONTROL: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

class DepthCounter {
  private readonly indents: number[] = [];
  private flow = 0;
  private onLine = 0;
  private indent = 0;
  private fresh = true;

  depthAfter(token: string): number {
    const type = CST.tokenType(token);
    if (type === "newline") {
      this.fresh = true;
      this.indent = 0;
      this.onLine = 0;
    } else if (type === "space" && this.fresh) this.indent = token.length;
    else if (type !== "space" && type !== "comment" && !CONTROL.has(token)) this.count(type);
    return this.indents.length + this.flow + this.onLine;
  }

  private count(type: CST.TokenType | null): void {
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
