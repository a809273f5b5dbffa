import { createHash } from "node:crypto";
import type { Contract } from "../model/contract.js";
import { canonicalJson } from "./canonical-json.js";
import { inOrder } from "./contract-file/order.js";

/**
 * Whether the id is that of the content. What compile writes is sorted already: then its plain text is the canonical one,
 * and hashing that takes a fraction of the time. Anything else is put in order first.
 */
export function hasId({ id, ...content }: Contract): boolean {
  const { applications, definitions, provenance, source } = content;
  const asWritten = JSON.stringify({ applications, definitions, provenance, source });
  return id === digest(asWritten) || id === contractId(content);
}

/** `sha256:` and the digest of the content: neither the order of properties nor that of unordered lists shows. */
export function contractId(content: Omit<Contract, "id">): string {
  const { source, applications, provenance, definitions } = inOrder(content);
  // Without definitions, which are then no property at all, it is the id that it always was.
  return digest(canonicalJson({ source, applications, provenance, definitions }));
}

function digest(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
