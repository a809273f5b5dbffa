/**
 * The run file: one JSON text a line, only ever appended to, so that a process that is killed in the middle leaves at
 * worst half a last line. It says what a run has created, and holds no secrets: values that are secret are regained by
 * the steps that captured them.
 */
import { z } from "zod";
import { SchemareadyError } from "../../errors/index.js";
import type { Json } from "../../model/report.js";

const json: z.ZodType<Json> = z.json();

const runLine = z.strictObject({
  kind: z.literal("run"),
  version: z.literal(1),
  runId: z.string().min(1),
  startedAt: z.string(),
  /** Application -> its address; null when the address itself holds a secret. */
  baseUrls: z.record(z.string(), z.string().nullable()),
  /** Application -> variables that would have another value in another run; null: a secret, not kept. */
  variables: z.record(z.string(), z.record(z.string(), z.string().nullable())),
});

const thing = {
  entry: z.int().min(1),
  application: z.string(),
  flow: z.string(),
  step: z.string(),
  /** Which clean-up of the step, when it has several: 1 is the second. */
  cleanup: z.int().min(0).optional(),
  describes: z.string(),
  /** Captured values that the clean-up uses, as far as they are no secrets. */
  values: z.record(z.string(), json),
};
/** Stands in the file before the request is sent. */
const creatingLine = z.strictObject({ kind: z.literal("creating"), ...thing });
const createdLine = z.strictObject({ kind: z.literal("created"), ...thing });
/** Nothing is there: it was removed, or never created. */
const goneLine = z.strictObject({ kind: z.literal("gone"), entry: z.int().min(1) });

const line = z.discriminatedUnion("kind", [runLine, creatingLine, createdLine, goneLine]);

export type RunHeader = Readonly<z.infer<typeof runLine>>;
export type RunThing = Readonly<z.infer<typeof creatingLine> | z.infer<typeof createdLine>>;
export type RunLine = z.infer<typeof line>;

export interface RunFile {
  readonly header: RunHeader;
  /** What may still be there, in the order in which it was created. */
  readonly things: readonly RunThing[];
}

/**
 * Reads a run file. A last line without its end is what a killed process was writing: it counts as not written.
 * @param path for messages
 * @throws SchemareadyError RUN_FILE with every line that cannot be read
 */
export function parseRunFile(text: string, path: string): RunFile {
  const complete = text.slice(0, text.lastIndexOf("\n") + 1);
  const problems: { place: string; message: string }[] = [];
  const lines = complete.split("\n").flatMap((each, index): RunLine[] => {
    if (each === "") return [];
    const parsed = parseLine(each);
    if (typeof parsed !== "string") return [parsed];
    problems.push({ place: `${path}:${index + 1}`, message: parsed });
    return [];
  });
  const [header] = lines;
  if (problems.length === 0 && header?.kind === "run") return { header, things: thingsIn(lines) };
  if (problems.length === 0) problems.push({ place: path, message: "does not begin with the line of a run" });
  throw new SchemareadyError("RUN_FILE", `${path} is not a run file that can be read.`, { problems });
}

function parseLine(text: string): RunLine | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "is not JSON";
  }
  const result = line.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "is not understood"}`;
}

function thingsIn(lines: readonly RunLine[]): RunThing[] {
  const things = new Map<number, RunThing>();
  for (const each of lines) {
    if (each.kind === "creating" || each.kind === "created") things.set(each.entry, each);
    else if (each.kind === "gone") things.delete(each.entry);
  }
  return [...things.values()].sort((a, b) => a.entry - b.entry);
}
