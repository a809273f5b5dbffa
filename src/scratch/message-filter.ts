/**
 * What a server sends, with what a script can make endless taken out: rows and COPY data of scripts, notices,
 * notifications, and the length of error texts. pg keeps a message in memory until its last byte has come.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

const HEADER = 5;
const DATA_ROW = 0x44;
const COPY_DATA = 0x64;
const ERROR = 0x45;
const NOTICE = 0x4e;
const NOTIFICATION = 0x41;
const READY_FOR_QUERY = 0x5a;

/** An error is what people read. */
const LONGEST_ERROR = 16 * 1024;
/** The catalogs of a thousand tables are a hundredth of this. */
const LARGEST_ANSWER = 256 * 1024 * 1024;

/** The server answers one statement with more than anybody needs. */
export class AnswerTooLarge extends Error {
  override readonly name = "AnswerTooLarge";
  constructor() {
    super(`the answer to one statement is larger than ${LARGEST_ANSWER / 1024 / 1024} MiB`);
  }
}

/** Filters a stream of messages, whichever way it is cut into chunks. */
export class MessageFilter {
  /** While this holds, rows are dropped: a script runs, and not one of our own queries. */
  discardRows = false;
  /** The beginning of a header whose rest has not come yet. */
  #header: Buffer = Buffer.alloc(0);
  /** Bytes of the body of the message under way that are still to come. */
  #remaining = 0;
  #keep = true;
  /** The body of an error, as far as it is kept. */
  #error: Buffer[] | null = null;
  #errorBytes = 0;
  #answerBytes = 0;

  /**
   * What is to be passed on of a chunk; may be empty.
   * @throws AnswerTooLarge
   */
  pass(chunk: Buffer): Buffer {
    const kept: Buffer[] = [];
    /** From here on the chunk is kept as it is. */
    let from = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#remaining > 0) {
        const end = Math.min(at + this.#remaining, chunk.length);
        this.#remaining -= end - at;
        if (!this.#keep) {
          this.#collect(chunk.subarray(at, end), kept);
          from = end;
        }
        at = end;
        continue;
      }
      const header = this.#readHeader(chunk, at);
      const end = Math.min(at + HEADER - this.#header.length, chunk.length);
      if (header === null) {
        // The header is cut: it is judged, and passed on, when the rest of it has come.
        if (at > from) kept.push(chunk.subarray(from, at));
        this.#header = Buffer.concat([this.#header, chunk.subarray(at)]);
        return join(kept);
      }
      this.#begin(header);
      if (!this.#keep && at > from) kept.push(chunk.subarray(from, at));
      if (this.#keep && this.#header.length > 0) kept.push(this.#header);
      if (!this.#keep) from = end;
      this.#header = EMPTY;
      at = end;
      if (!this.#keep && this.#remaining === 0) this.#collect(EMPTY, kept);
    }
    if (at > from) kept.push(chunk.subarray(from, at));
    return join(kept);
  }

  /** Type and length of the body of the message that begins there; null: its header is cut. */
  #readHeader(chunk: Buffer, at: number): { readonly type: number; readonly length: number } | null {
    const missing = HEADER - this.#header.length;
    if (chunk.length - at < missing) return null;
    if (missing === HEADER) return { type: chunk[at] ?? 0, length: chunk.readUInt32BE(at + 1) - 4 };
    const header = Buffer.concat([this.#header, chunk.subarray(at, at + missing)]);
    return { type: header[0] ?? 0, length: header.readUInt32BE(1) - 4 };
  }

  #begin({ type, length }: { readonly type: number; readonly length: number }): void {
    this.#remaining = Math.max(length, 0);
    this.#error = type === ERROR ? [] : null;
    this.#errorBytes = 0;
    this.#keep = type !== ERROR && !isDropped(type, this.discardRows);
    if (type === READY_FOR_QUERY) this.#answerBytes = 0;
    if (this.#keep) this.#count(HEADER + this.#remaining);
  }

  /** The body of a message that is not passed on as it is: of an error, the beginning is. */
  #collect(part: Buffer, kept: Buffer[]): void {
    if (this.#error === null) return;
    const taken = part.subarray(0, LONGEST_ERROR - this.#errorBytes);
    this.#error.push(Buffer.from(taken));
    this.#errorBytes += taken.length;
    if (this.#remaining > 0) return;
    kept.push(errorMessage(Buffer.concat(this.#error)));
    this.#error = null;
  }

  #count(bytes: number): void {
    this.#answerBytes += bytes;
    if (this.#answerBytes > LARGEST_ANSWER) throw new AnswerTooLarge();
  }
}

const EMPTY: Buffer = Buffer.alloc(0);

function join(parts: readonly Buffer[]): Buffer {
  const [only = EMPTY] = parts;
  return parts.length > 1 ? Buffer.concat(parts) : only;
}

function isDropped(type: number, discardRows: boolean): boolean {
  if (type === NOTICE || type === NOTIFICATION) return true;
  return discardRows && (type === DATA_ROW || type === COPY_DATA);
}

/** The message with that body; where the body was cut, its last field ends there. */
function errorMessage(body: Buffer): Buffer {
  const whole = body.length < LONGEST_ERROR ? body : Buffer.concat([withoutHalfCharacter(body), ERROR_END]);
  const header = Buffer.alloc(HEADER);
  header[0] = ERROR;
  header.writeUInt32BE(whole.length + 4, 1);
  return Buffer.concat([header, whole]);
}

/** The end of a field, and the end of the fields. */
const ERROR_END = Buffer.from(" ...\0\0");

/** UTF-8: the bytes of one character after its first begin with the bits 10. */
function withoutHalfCharacter(text: Buffer): Buffer {
  let end = text.length;
  while (end > 0 && ((text[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  const first = text[end - 1] ?? 0;
  return first >= 0xc0 ? text.subarray(0, end - 1) : text;
}
