/**
 * The page as rows; whoever lays it out escapes, wraps and colours, so that no section can forget to.
 * Widths are terminal columns, not code units.
 */
import { displaySafe } from "../display.js";
import type { ReporterOptions } from "../reporter.js";

export type Style = "red" | "green" | "yellow" | "cyan" | "bold" | "dim";

export interface Row {
  /** Spaces before label and text. */
  readonly indent: number;
  /** A word in the margin; continuation lines of the text are aligned behind it. */
  readonly label: string;
  /** Columns that the label takes, the space behind it included; 0 when there is no label. */
  readonly labelWidth: number;
  readonly labelStyle: Style | null;
  /** Each stays on one line if it fits there; a space is put between them. */
  readonly words: readonly string[];
  readonly textStyle: Style | null;
  /** Spaces before continuation lines; null: as many as stand before the text. */
  readonly hang: number | null;
  /** To be pasted: never wrapped, because a terminal's own line wrap can be copied and ours cannot. */
  readonly verbatim: boolean;
}

const PLAIN: Row = {
  indent: 0,
  label: "",
  labelWidth: 0,
  labelStyle: null,
  words: [],
  textStyle: null,
  hang: null,
  verbatim: false,
};

export const BLANK: Row = PLAIN;

export function line(indent: number, text: string, textStyle: Style | null = null): Row {
  return { ...PLAIN, indent, words: text.split(" "), textStyle };
}

interface LabelStyles {
  readonly label?: Style;
  readonly text?: Style;
}

export function labelled(
  indent: number,
  label: string,
  labelWidth: number,
  text: string,
  styles: LabelStyles = {},
): Row {
  return {
    ...PLAIN,
    indent,
    label,
    labelWidth,
    words: text.split(" "),
    labelStyle: styles.label ?? null,
    textStyle: styles.text ?? null,
  };
}

/** Items that take more are broken like other text: kept together they would leave too much of a line empty. */
const KEPT_TOGETHER = 60;

/**
 * A list that is broken between its items rather than inside them. Continuation lines stand two columns behind the
 * label's first letter: labels here are as long as codes and names are.
 */
export function paragraph(indent: number, label: string, items: readonly string[], styles: LabelStyles = {}): Row {
  return {
    ...PLAIN,
    indent,
    label,
    labelWidth: label === "" ? 0 : displayWidth(displaySafe(label)) + 2,
    words: items.flatMap((item) => (displayWidth(item) > KEPT_TOGETHER ? item.split(" ") : [item])),
    labelStyle: styles.label ?? null,
    textStyle: styles.text ?? null,
    hang: indent + 2,
  };
}

/** Commands and statements, line by line as they are written. */
export function verbatim(indent: number, label: string, text: string): Row[] {
  return text.split(/\r?\n/).map((each, at) => ({
    ...PLAIN,
    indent,
    label: at === 0 ? label : "",
    labelWidth: label === "" ? 0 : label.length + 1,
    labelStyle: "dim" as const,
    words: [each],
    verbatim: true,
  }));
}

/** A blank row between the parts that have something to say. */
export function sections(...parts: readonly (readonly Row[])[]): Row[] {
  return parts.filter((part) => part.length > 0).flatMap((part, at) => (at === 0 ? part : [BLANK, ...part]));
}

/** Lays the rows out; every line but verbatim ones fits into the width. Ends with a newline. */
export function layOut(rows: readonly Row[], options: ReporterOptions): string {
  const width = Math.max(options.width, 20);
  return `${rows.flatMap((row) => layOutRow(row, width, options.colour)).join("\n")}\n`;
}

function layOutRow(row: Row, width: number, colour: boolean): string[] {
  const label = displaySafe(row.label);
  const margin = row.indent + row.labelWidth;
  const wanted = row.hang ?? margin;
  // On a very narrow terminal the margin gives way before the text does.
  const hang = " ".repeat(width - wanted >= 16 ? wanted : Math.min(2, wanted));
  const head = `${" ".repeat(row.indent)}${label}`.padEnd(margin);
  const safe = row.words.map(displaySafe);
  const room = [width - displayWidth(head), width - hang.length] as const;
  const lines = row.verbatim ? [safe.join(" ")] : wrap(safe, room);
  return lines.map((text, at) => {
    if (at > 0) return `${hang}${paint(text, row.textStyle, colour)}`;
    const painted = `${" ".repeat(row.indent)}${paint(label, row.labelStyle, colour)}`;
    const gap = " ".repeat(Math.max(margin - row.indent - displayWidth(label), label === "" || text === "" ? 0 : 1));
    return text === "" ? painted.trimEnd() : `${painted}${gap}${paint(text, row.textStyle, colour)}`;
  });
}

/** A secret's stand-in must be known for what it is; everything else can be broken after any character. */
const UNBROKEN = /\[redacted\]|./gsu;

/** Breaks between words, and inside one only when it is too long for a line. `room`: on the first and the other lines. */
function wrap(words: readonly string[], [first, others]: readonly [number, number]): string[] {
  const lines: string[] = [];
  let current = "";
  let room = first;
  const next = () => {
    lines.push(current.trimEnd());
    current = "";
    room = others;
  };
  const rest = [...words].reverse();
  for (let word = rest.pop(); word !== undefined; word = rest.pop()) {
    const joined = current === "" ? word : `${current} ${word}`;
    if (displayWidth(joined) <= room) {
      current = joined;
    } else if (displayWidth(word) > others && word.includes(" ")) {
      rest.push(...word.split(" ").reverse());
    } else {
      if (current !== "" || displayWidth(word) <= others) next();
      for (const piece of word.match(UNBROKEN) ?? []) {
        if (displayWidth(current + piece) > room) next();
        current += piece;
      }
    }
  }
  return [...lines, current];
}

/** Columns of a text on a terminal: wide characters take two, combining ones none (Unicode UAX #11, simplified). */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const COMBINING = /^\p{Mark}$/u;
const WIDE =
  /^[\p{Emoji_Presentation}\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe4f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

function characterWidth(character: string): number {
  if (character < "\u0300") return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

const SGR: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

function paint(text: string, style: Style | null, colour: boolean): string {
  if (!colour || style === null || text === "") return text;
  const [on, off] = SGR[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
