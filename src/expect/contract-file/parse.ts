/** The contract file read back: every problem at once, each with its JSON path. */
import type { z } from "zod";
import { type Problem, SchemareadyError } from "../../errors/index.js";
import type { Contract } from "../../model/contract.js";
import { contractId, hasId } from "../contract-id.js";
import { CONTRACT_FORMAT_VERSION, contractFileSchema } from "./schema.js";

/**
 * Reads the text of a contract file.
 * @param place what messages call the file
 * @throws SchemareadyError CONTRACT_FILE: not JSON, another format version, wrong structure, or changed by hand
 */
export function parseContract(text: string, place: string): Contract {
  const value = parseJson(text, place);
  refuseReport(value, place);
  checkVersion(value, place);
  const result = contractFileSchema.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) => toProblems(issue, place));
    const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
    throw new SchemareadyError("CONTRACT_FILE", `${place} is not a contract: ${count}.`, { problems });
  }
  // The value itself, not zod's copy of it: the copy lacks a column that is called __proto__.
  const { formatVersion: _, ...contract } = value as typeof result.data;
  checkId(contract, place);
  return contract;
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    // What the engine says quotes the text. Somebody may have named the wrong file, and a log is no place for what is in it.
    const [, offset] = /at position (\d+)/.exec(error instanceof Error ? error.message : "") ?? [];
    const at = offset === undefined ? place : `${place}:${lineAndColumn(text, Number(offset))}`;
    const message = offset === undefined ? "the text is no JSON" : "from here on the text is no JSON";
    throw new SchemareadyError("CONTRACT_FILE", `${place} is not JSON.`, { problems: [{ message, place: at }] });
  }
}

function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

/** What `--format json` writes has a contract's id in it, and is taken for the contract. */
function refuseReport(value: unknown, place: string): void {
  const isReport =
    typeof value === "object" && value !== null && ["verdict", "tool", "gaps"].every((key) => key in value);
  if (!isReport) return;
  throw new SchemareadyError("CONTRACT_FILE", `${place} is a report, not a contract.`, {
    problems: [{ place, message: "it says what a verification found; a contract says what the application needs" }],
    fix: "Give the contract that the report was made with, or make one: `schemaready compile --checks checks/ -o contract.json`.",
  });
}

function checkVersion(value: unknown, place: string): void {
  const version: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "formatVersion") : undefined;
  if (version === CONTRACT_FORMAT_VERSION) return;
  if (typeof version !== "number") {
    const problems = [{ place: `${place} $.formatVersion`, message: "expected the number of a format version" }];
    throw new SchemareadyError("CONTRACT_FILE", `${place} is not a contract file.`, { problems });
  }
  const what = `${place} has format version ${version}; this schemaready reads version ${CONTRACT_FORMAT_VERSION}.`;
  throw new SchemareadyError("CONTRACT_FILE", what, {
    fix: "Compile the contract again with this version of schemaready, or verify with the version that compiled it.",
  });
}

function checkId(contract: Contract, place: string): void {
  if (hasId(contract)) return;
  const id = contractId(contract);
  throw new SchemareadyError("CONTRACT_FILE", `${place} was changed after it was compiled.`, {
    problems: [{ place: `${place} $.id`, message: `the file says ${contract.id}, its content is ${id}` }],
    fix: "Compile it again; what should be different belongs into its sources (check files, migrations).",
  });
}

function toProblems(issue: z.core.$ZodIssue, place: string): Problem[] {
  if (issue.code !== "unrecognized_keys")
    return [{ place: `${place} ${jsonPath(issue.path)}`, message: issue.message }];
  return issue.keys.map((key) => ({ place: `${place} ${jsonPath([...issue.path, key])}`, message: "unknown key" }));
}

/** `$.applications[0].relations[2].columnIntroducedBy["odd name"]` */
function jsonPath(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    const name = String(step);
    return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  });
  return `$${steps.join("")}`;
}
