/**
 * Things that a flow creates under a fixed name: what a killed run leaves behind cannot be told from real data, and the
 * next run may stumble over it.
 */
import type { FileCheck } from "../check-file.js";
import type { SmokeSection, StepSection } from "../schema/check-file.js";
import { BODIES } from "../schema/smoke-request.js";
import { readRequest } from "./requests.js";
import { readRows } from "./rows.js";
import { stringsIn } from "./steps.js";
import { templateNames, withoutTemplates } from "./templates.js";

/** Names that differ from run to run. */
const FRESH: ReadonlySet<string> = new Set(["runId", "uuid", "now"]);
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Warns at the first step of each flow that creates something under a name in which nothing is new. */
export function warnWithoutRunId(check: FileCheck, section: SmokeSection): void {
  const declared = [...(section.variables ?? []), ...(section.secrets ?? [])];
  for (const [id, flow] of section.flows) {
    const rows = readRows(flow, check.file.attachments)?.rows ?? [];
    const names = [...(rows[0]?.keys() ?? [])];
    const values = new Map<string, unknown>([
      ...declared,
      ...names.map((name) => [name, rows.map((row) => row.get(name))] as const),
    ]);
    if (isFresh(flow.steps, values)) continue;
    const creating = [...flow.steps].find(([, step]) => createsNamed(step, values));
    if (creating === undefined) continue;
    check.warn(
      ["smoke", "flows", id, "steps", creating[0], "request"],
      "this creates something, and no name in the flow holds {{runId}}: what a killed run leaves behind could not be told from real data",
    );
  }
}

type Values = ReadonlyMap<string, unknown>;

function isFresh(value: unknown, values: Values): boolean {
  return everyName(value, values).some((name) => FRESH.has(name));
}

/** The names in a value, and those in the variables that they mean. */
function everyName(value: unknown, values: Values): string[] {
  const found = new Set<string>();
  const visit = (inner: unknown) => {
    for (const name of stringsIn(inner).flatMap(templateNames)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(values.get(name));
    }
  };
  visit(value);
  return [...found];
}

/** A request that has to be cleaned up after, with a text of its own in its body: a login has only what it was given. */
function createsNamed({ request, cleanup }: StepSection, values: Values): boolean {
  if (cleanup === undefined || request === undefined || typeof request === "string") return false;
  if (SAFE_METHODS.has(readRequest(request, { attachments: new Map(), redirects: 0 }).method)) return false;
  const body = BODIES.map((key) => request[key]);
  const given = everyName(body, values).map((name) => values.get(name));
  return stringsIn([body, given]).some((text) => /\p{L}/u.test(withoutTemplates(text, "")));
}
