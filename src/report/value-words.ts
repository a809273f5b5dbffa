/** What the values of a gap add to its message, in words. */
import { properties, strings } from "../model/json.js";
import type { Gap, GapCode, Json } from "../model/report.js";
import { columnText, indexText, typeText } from "./text/definitions.js";

/** `expected text not null`, `found labels a, b`; empty when the message says it all. */
export function valueWords(gap: Gap): string {
  return WORDS[gap.code]?.(gap) ?? "";
}

const expectedColumns = ({ expected }: Gap) => behind("expected columns", list(expected, "columns"));

const WORDS: Readonly<Partial<Record<GapCode, (gap: Gap) => string | null>>> = {
  MISSING_TABLE: expectedColumns,
  MISSING_VIEW: expectedColumns,
  MISSING_COLUMN: ({ expected }) => behind("expected", columnText(expected)),
  INVALID_INDEX: ({ expected }) => behind("expected", indexText(expected)),
  MISSING_ENUM: ({ expected }) => behind("expected labels", list(expected, "labels")),
  MISSING_ENUM_LABEL: ({ actual }) => behind("found labels", list(actual, "labels")),
  MISSING_DOMAIN: ({ expected }) => {
    const { base } = properties(expected);
    return typeof base === "string" ? `expected ${typeText(base)}` : null;
  },
  BLOCKING_EXTRA_COLUMN: ({ actual }) => behind("found", columnText(actual)),
  BLOCKING_EXTRA_CONSTRAINT: ({ actual }) => behind("found", indexText(actual)),
};

function list(value: Json, key: string): string | null {
  const items = strings(properties(value)[key]);
  return items.length === 0 ? null : items.join(", ");
}

function behind(words: string, text: string | null): string | null {
  return text === null ? null : `${words} ${text}`;
}
