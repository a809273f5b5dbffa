import type { Contract } from "../../model/contract.js";
import { prettyJson } from "../canonical-json.js";
import { contractId } from "../contract-id.js";
import { inOrder } from "./order.js";
import { CONTRACT_FORMAT_VERSION } from "./schema.js";

/**
 * The contract file: JSON, the same bytes for the same content on every machine. What matters to a reader stands
 * first; keys below it are sorted. Ends with a newline.
 */
export function printContract(contract: Contract): string {
  const { source, applications, provenance, definitions } = inOrder(contract);
  const content = { source, applications, provenance, ...(definitions === undefined ? {} : { definitions }) };
  const top = { formatVersion: CONTRACT_FORMAT_VERSION, id: contractId(contract), ...content };
  const lines = Object.entries(top).map(([key, value]) => `  ${JSON.stringify(key)}: ${prettyJson(value, "  ")}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}
