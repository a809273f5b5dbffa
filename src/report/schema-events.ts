/**
 * One line of `smoke --format ndjson` as a zod schema. The types at the end do not compile unless the schema and the
 * model (src/model/smoke-event.ts) say the same.
 */
import { z } from "zod";
import type { Holds, Same } from "../model/same-type.js";
import { SMOKE_EVENTS_FORMAT_VERSION, type SmokeEvent } from "../model/smoke-event.js";
import { cleanupOutcome, outcome, smokeSchema, stepSchema } from "./schema-smoke.js";

const count = (of: string) => z.int().nonnegative().describe(of);
const application = z.string().describe("Application of the flow.");
const flow = z.string().describe("Id of the flow.");
const step = z.string().describe("Id of the step in its flow.");
const title = z.string().describe("Name for people.");

const stamp = {
  formatVersion: z.literal(SMOKE_EVENTS_FORMAT_VERSION).describe("Changes when a reader of this format would break."),
  runId: z.string().describe("Id of the run; requests carry it."),
  time: z.iso.datetime().describe("When it happened, UTC."),
};

const planned = z
  .strictObject({ application, flow, title, steps: count("Number of its steps.") })
  .meta({ id: "PlannedSummary", description: "A flow that will run." });

const event = <Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, what: string, fields: Fields) =>
  z.strictObject({ ...stamp, kind: z.literal(kind).describe(what), ...fields });

export const smokeEventSchema = z
  .discriminatedUnion("kind", [
    event("run-start", "The first event.", {
      baseUrl: z.string().describe("Where the requests go."),
      startedAt: z.iso.datetime().describe("When the run began, UTC."),
      plan: z.array(planned).describe("The flows that will run, in the order of the result."),
    }),
    event("flow-start", "A flow begins. With --jobs, several are under way.", { application, flow, title }),
    event("step-start", "A step begins; skipped steps only end.", { application, flow, step, title }),
    event("poll", "A poll was not yet what is waited for, and goes into another round.", {
      ...{ application, flow, step, title },
      attempt: z.int().positive().describe("Which round this was."),
      waitMs: z.number().nonnegative().describe("Milliseconds until the next one."),
      pending: z.string().describe("What is not yet so."),
    }),
    event("step-end", "A step has ended.", { application, flow, result: stepSchema }),
    event("flow-end", "Every step of a flow has ended.", { application, flow, title, outcome }),
    event("cleanup-start", "Removing what the run created begins.", { steps: count("Clean-ups to be tried.") }),
    event("cleanup-step", "A clean-up has ended.", { result: stepSchema }),
    event("cleanup-end", "The clean-up is over.", {
      outcome: cleanupOutcome,
      leftovers: z.array(z.string()).describe("What the run created and could not, or was not to, remove."),
    }),
    event("run-end", "The last event.", {
      result: smokeSchema.describe(
        "The whole result once more: where it hides more than earlier events, a value turned out to be a secret later.",
      ),
    }),
  ])
  .meta({
    id: "SmokeEvent",
    title: "schemaready smoke event, format version 1",
    description: "One line of the event stream of a smoke run.",
  });

/** The JSON Schema (draft 2020-12) of one line of `smoke --format ndjson`. */
export function smokeEventJsonSchema(): Record<string, unknown> {
  const { $schema, $defs = {} } = z.toJSONSchema(smokeEventSchema, { target: "draft-2020-12" });
  // zod puts everything with an id into $defs, the event too; readers expect it at the top.
  const { SmokeEvent: top, ...parts } = $defs;
  return { $schema, ...top, $defs: parts };
}

type Line = z.infer<typeof smokeEventSchema>;

/** The compiler's proof that schema and model agree; `false` here is a type error. */
export type EventSchemaMatchesModel = Holds<Same<Line, SmokeEvent>>;
