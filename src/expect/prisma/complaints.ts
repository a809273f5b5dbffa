/** What Prisma's engine says about a schema -> problems with their places. It prints for terminals: excerpts and colours. */
import type { Problem } from "../../errors/index.js";

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins each colour.
const COLOUR = /\u001b\[[0-9;]*m/g;
const PLACE = /\n[ \t]*-->[ \t]+(.*):(\d+)[ \t]*(?:\n|$)/;
/** Spans of the engine's own tracing, behind errors that have no place. */
const TRACE = /\n\s+\d+: [\w:]+[\s\S]*$/;

/** Each complaint once, in the engine's order; never empty. */
export function complaintsOf(text: string): Problem[] {
  const plain = text.replace(COLOUR, "").replaceAll("\r\n", "\n");
  const parts = plain.split(/^error: /m).filter((part) => part.trim() !== "");
  const problems = parts.map(complaintOf);
  const seen = new Set<string>();
  return problems.filter(({ place, message }) => {
    const key = JSON.stringify([place, message]);
    return !seen.has(key) && seen.add(key);
  });
}

function complaintOf(part: string): Problem {
  const found = PLACE.exec(part);
  const said = (found === null ? part.replace(TRACE, "") : part.slice(0, found.index)).trim();
  // "Error validating:" says nothing; "Error validating model "A":" names what it is about.
  const message = said.replace(/^Error validating: /, "").replace(/\s+/g, " ");
  if (found === null) return { message };
  return { place: `${found[1]}:${found[2]}`, message };
}
