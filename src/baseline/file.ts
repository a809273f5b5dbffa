/** The file of a baseline: JSON for a repository, the same bytes for the same gaps. */
import { z } from "zod";
import { SchemareadyError } from "../errors/index.js";
import { compareText } from "../model/names.js";
import type { BaselineEntry, Report } from "../model/report.js";
import { baselineEntrySchema } from "../report/index.js";

export const BASELINE_FORMAT_VERSION = 1;

export interface Baseline {
  readonly gaps: readonly BaselineEntry[];
}

const fileSchema = z
  .strictObject({
    $schema: z.string().optional().describe("For editors."),
    formatVersion: z.literal(BASELINE_FORMAT_VERSION).describe("Changes when a reader of this format would break."),
    gaps: z.array(baselineEntrySchema).describe("Accepted gaps, by id."),
  })
  .meta({ id: "Baseline", title: "schemaready baseline, format version 1" });

/**
 * @param place what messages call the file
 * @throws SchemareadyError BASELINE_FILE with every problem
 */
export function parseBaseline(text: string, place: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // What the engine says quotes the text, and somebody may have named the wrong file.
    throw new SchemareadyError("BASELINE_FILE", `${place} is not JSON.`);
  }
  const result = fileSchema.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => ({
      place: `${place} ${["$", ...path].join(".")}`,
      message,
    }));
    throw new SchemareadyError("BASELINE_FILE", `${place} is not a baseline.`, { problems });
  }
  const twice = result.data.gaps.filter(({ id }, at, all) => all.findIndex((each) => each.id === id) !== at);
  if (twice.length > 0) {
    const problems = twice.map(({ id }) => ({ place, message: `${id} stands there twice` }));
    throw new SchemareadyError("BASELINE_FILE", `${place} is not a baseline.`, { problems });
  }
  return { gaps: result.data.gaps };
}

/**
 * The gaps of a report as a baseline.
 * @param earlier the baseline that it replaces: its notes stay
 */
export function baselineOf({ gaps }: Report, earlier: Baseline | null): Baseline {
  const notes = new Map(earlier?.gaps.map(({ id, note }) => [id, note]));
  const entries = gaps.map(({ id, code, severity, subject }): BaselineEntry => {
    const note = notes.get(id);
    const entry = { id, code, severity, subject };
    return note === undefined ? entry : { ...entry, note };
  });
  return { gaps: entries.sort((a, b) => compareText(a.id, b.id)) };
}

/** Ends with a newline. */
export function printBaseline({ gaps }: Baseline): string {
  return `${JSON.stringify({ formatVersion: BASELINE_FORMAT_VERSION, gaps }, null, 2)}\n`;
}

/** The JSON Schema (draft 2020-12) of the file. */
export function baselineJsonSchema(): Record<string, unknown> {
  const { $schema, $defs = {} } = z.toJSONSchema(fileSchema, { target: "draft-2020-12" });
  const { Baseline: top, ...parts } = $defs;
  return { $schema, ...top, $defs: parts };
}
