import { createHash } from "node:crypto";
import type { Contract } from "../model/contract.js";
import { canonicalJson } from "./canonical-json.js";
import { inOrder } from "./contract-file/order.js";

/** `sha256:` and the digest of the content: neither the order of properties nor that of unordered lists shows. */
export function contractId(content: Omit<Contract, "id">): string {
  const { source, applications, provenance } = inOrder(content);
  const text = canonicalJson({ source, applications, provenance });
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
