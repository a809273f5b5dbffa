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
  /** The message under way: its header, as far as it has come. */
  #header: Buffer = Buffer.alloc(0);
  /** Bytes of its body that are still to come. */
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
    let at = 0;
    while (at < chunk.length) {
      if (this.#remaining === 0) {
        const taken = chunk.subarray(at, at + HEADER - this.#header.length);
        this.#header = Buffer.concat([this.#header, taken]);
        at += taken.length;
        if (this.#header.length === HEADER) this.#begin(kept);
      } else {
        const part = chunk.subarray(at, at + this.#remaining);
        this.#remaining -= part.length;
        at += part.length;
        this.#take(part, kept);
      }
    }
    return kept.length === 1 ? (kept[0] ?? EMPTY) : Buffer.concat(kept);
  }

  #begin(kept: Buffer[]): void {
    const type = this.#header[0] ?? 0;
    this.#remaining = Math.max(this.#header.readUInt32BE(1) - 4, 0);
    this.#keep = !isDropped(type, this.discardRows);
    this.#error = null;
    if (type === READY_FOR_QUERY) this.#answerBytes = 0;
    if (type === ERROR) {
      this.#error = [];
      this.#errorBytes = 0;
    } else if (this.#keep) {
      this.#count(HEADER + this.#remaining);
      kept.push(this.#header);
    }
    this.#header = EMPTY;
    if (this.#remaining === 0) this.#end(kept);
  }

  #take(part: Buffer, kept: Buffer[]): void {
    if (this.#error === null) {
      if (this.#keep) kept.push(part);
    } else if (this.#errorBytes < LONGEST_ERROR) {
      this.#error.push(Buffer.from(part.subarray(0, LONGEST_ERROR - this.#errorBytes)));
      this.#errorBytes += Math.min(part.length, LONGEST_ERROR - this.#errorBytes);
    }
    if (this.#remaining === 0) this.#end(kept);
  }

  #end(kept: Buffer[]): void {
    if (this.#error === null) return;
    kept.push(errorMessage(Buffer.concat(this.#error)));
    this.#error = null;
  }

  #count(bytes: number): void {
    this.#answerBytes += bytes;
    if (this.#answerBytes > LARGEST_ANSWER) throw new AnswerTooLarge();
  }
}

const EMPTY: Buffer = Buffer.alloc(0);

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
