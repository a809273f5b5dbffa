/** The parser counts bytes of UTF-8; JavaScript counts UTF-16 units. */

/** Turns an offset in bytes into one in UTF-16 units; an offset inside a character gives the begin of the next one. */
export type ByteOffsets = (byte: number) => number;

const BEYOND_ASCII = /[\u0080-\uffff]+/g;

/** For one text. A text in ASCII costs one look; any other a table with one entry for each run beyond ASCII. */
export function byteOffsets(text: string): ByteOffsets {
  const marks = runsBeyondAscii(text);
  if (marks.length === 0) return (byte) => Math.min(byte, text.length);
  return (byte) => {
    const mark = marks[lastAtOrBefore(marks, byte)];
    if (mark === undefined) return Math.min(byte, text.length);
    return Math.min(byte >= mark.endByte ? mark.end + byte - mark.endByte : inside(text, mark, byte), text.length);
  };
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly startByte: number;
  readonly endByte: number;
}

function runsBeyondAscii(text: string): Run[] {
  const runs: Run[] = [];
  let [end, endByte] = [0, 0];
  for (const found of text.matchAll(BEYOND_ASCII)) {
    const startByte = endByte + found.index - end;
    end = found.index + found[0].length;
    endByte = startByte + Buffer.byteLength(found[0]);
    runs.push({ start: found.index, end, startByte, endByte });
  }
  return runs;
}

/** Index of the last run that begins at or before the byte; -1: none does. */
function lastAtOrBefore(runs: readonly Run[], byte: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.startByte ?? 0) <= byte) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function inside(text: string, { start, startByte }: Run, byte: number): number {
  let [at, passed] = [start, startByte];
  while (passed < byte) {
    const code = text.codePointAt(at) ?? 0;
    passed += code > 0xffff ? 4 : code > 0x7ff ? 3 : 2;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}

/** PostgreSQL counts characters, JavaScript UTF-16 units. @param position from 1, as errors of the server have it */
export function offsetOfCharacter(text: string, position: number): number {
  let offset = 0;
  for (let character = 1; character < position && offset < text.length; character++) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
