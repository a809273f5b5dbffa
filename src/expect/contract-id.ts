import { createHash } from "node:crypto";
import type { Contract } from "../model/contract.js";
import { canonicalJson } from "./canonical-json.js";
import { inOrder } from "./contract-file/order.js";

/** `sha256:` and the digest of the content: neither the order of properties nor that of unordered lists shows. */
export function contractId(content: Omit<Contract, "id">): string {
  const { source, applications, provenance, definitions } = inOrder(content);
  // Without definitions, which are then no property at all, it is the id that it always was.
  const text = canonicalJson({ source, applications, provenance, definitions });
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
