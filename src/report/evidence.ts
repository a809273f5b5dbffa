/** A fact may end with a statement to be pasted: `... To rename it: ALTER TABLE ...;`. */

const STATEMENT = /^(?<before>.*?[.;]) (?<what>To [^:]{1,40}): (?<statement>[A-Z]+ .*;)(?<source> \([^()]*\))?$/s;

export interface EvidenceText {
  /** The whole fact when it holds no statement; else what stands before it, with `To rename it:` at its end. */
  readonly text: string;
  readonly statement: string | null;
}

/** Takes the statement out of the sentence; a source in parentheses at the end stays with the fact. */
export function statementIn(fact: string): EvidenceText {
  const { before = fact, what, statement = null, source = "" } = STATEMENT.exec(fact)?.groups ?? {};
  return { text: statement === null ? fact : `${before.replace(/[.;]$/, "")}${source}. ${what ?? ""}:`, statement };
}
