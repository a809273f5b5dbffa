/** The bytes of an answer as text: unpacked when they were packed although nobody asked for it, always bounded. */
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from "node:zlib";

/** Reading stops here; what came until then is kept. The same holds for what comes out of a packed answer. */
export const MAX_BODY_BYTES = 1024 * 1024;
export const TOO_LARGE = "the answer is larger than 1 MiB; reading stopped there";

export interface Unpacked {
  readonly bytes: Buffer;
  /** Why they are not what the application meant; null when they are. */
  readonly problem: string | null;
}

/** Also of an answer that was cut off: what can be unpacked of it is. */
const PARTIAL = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_BODY_BYTES };
const CODINGS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes, PARTIAL),
  "x-gzip": (bytes) => gunzipSync(bytes, PARTIAL),
  deflate: (bytes) => inflateSync(bytes, PARTIAL),
  br: (bytes) => brotliDecompressSync(bytes, { ...PARTIAL, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
};
/** Nobody packs more often than twice, except to keep the reader busy. */
const MOST_CODINGS = 2;

/** https://www.rfc-editor.org/rfc/rfc9110#section-8.4: codings are listed in the order in which they were applied. */
export function unpack(bytes: Buffer, encoding: string): Unpacked {
  const codings = encoding
    .toLowerCase()
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "" && each !== "identity");
  const known = codings.every((each) => Object.hasOwn(CODINGS, each));
  if (codings.length === 0 || bytes.length === 0 || !known || codings.length > MOST_CODINGS)
    return { bytes, problem: null };
  try {
    const unpacked = codings.reduceRight((packed, each) => CODINGS[each]?.(packed) ?? packed, bytes);
    return { bytes: unpacked, problem: null };
  } catch (error) {
    const tooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    const problem = tooLarge
      ? "unpacked, the answer is larger than 1 MiB"
      : `the answer is not ${encoding}, as it says`;
    return { bytes: Buffer.alloc(0), problem };
  }
}

/** As text, by the character set that the answer names; bytes that are none become U+FFFD. */
export function decode(bytes: Buffer, contentType: string): string {
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(contentType)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
