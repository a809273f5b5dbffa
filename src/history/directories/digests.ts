/** Digests of a file, and of the same file with other line ends: a checkout on Windows changes nothing else. */
import { createHash } from "node:crypto";

export interface Digests {
  readonly checksum: string;
  readonly alike?: readonly string[];
}

/** Hex digests of the bytes as they are, and of their LF and CRLF forms where those are other bytes. */
export function digestsOf(bytes: Buffer, algorithm: "sha256" | "sha384"): Digests {
  const digest = (content: Buffer) => createHash(algorithm).update(content).digest("hex");
  const checksum = digest(bytes);
  const text = bytes.toString("latin1");
  const lf = text.replaceAll("\r\n", "\n");
  const forms = [lf, lf.replaceAll("\n", "\r\n")].map((form) => digest(Buffer.from(form, "latin1")));
  const alike = [...new Set(forms)].filter((form) => form !== checksum);
  return alike.length === 0 ? { checksum } : { checksum, alike };
}
