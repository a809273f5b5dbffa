/** Which flows and steps of a suite run: chosen by their ids, and by their tags. */
import type { Flow, SmokeSuite, Step } from "../model/flow.js";
import { templateNames } from "./template.js";

export interface Selection {
  readonly suites: readonly SmokeSuite[];
  /** Ids of flows, also as `application/flow`; null: all. A repeated flow is meant by `id` with all its rows. */
  readonly only: readonly string[] | null;
  /** Flows and steps with one of these tags; with `!tag`, those without it. Null or absent: all. */
  readonly tags?: readonly string[] | null;
}

/**
 * The flow as far as it was chosen, or null. A tag of the flow chooses all its steps; a tag of a step chooses that step
 * with those that it needs. `!tag` takes out flows and steps, unless a chosen step needs them.
 */
export function selectSteps(
  suite: SmokeSuite,
  flow: Flow,
  { only, tags = null }: Omit<Selection, "suites">,
): Flow | null {
  if (only !== null && !only.some((id) => isMeant(suite, flow, id))) return null;
  if (tags === null || tags.length === 0) return flow;
  const without = new Set(tags.filter((tag) => tag.startsWith("!")).map((tag) => tag.slice(1)));
  const wanted = new Set(tags.filter((tag) => !tag.startsWith("!")));
  if (has(flow, without)) return null;
  const all = wanted.size === 0 || has(flow, wanted);
  const chosen = flow.steps.filter((step) => (all || has(step, wanted)) && !has(step, without));
  if (chosen.length === 0) return null;
  const ids = withNeeded(flow, chosen);
  return ids.size === flow.steps.length ? flow : { ...flow, steps: flow.steps.filter(({ id }) => ids.has(id)) };
}

/** Whether `--only asked` means this flow. */
export function isMeant({ application }: SmokeSuite, { id, row }: Flow, asked: string): boolean {
  const names = [id, ...(row === undefined ? [] : [row.of])];
  return names.some((name) => asked === name || asked === `${application}/${name}`);
}

function has({ tags = [] }: { readonly tags?: readonly string[] }, wanted: ReadonlySet<string>): boolean {
  return tags.some((tag) => wanted.has(tag));
}

/** The steps, those they need, and those that capture what a clean-up among them uses: it may be a later one. */
function withNeeded(flow: Flow, chosen: readonly Step[]): ReadonlySet<string> {
  const ids = new Set<string>();
  const visit = (step: Step) => {
    if (ids.has(step.id)) return;
    ids.add(step.id);
    const names = new Set(step.kind === "request" ? templateNames(step.cleanup) : []);
    for (const other of flow.steps) {
      const captures = other.capture.some(({ name }) => names.has(name));
      if (captures || step.needs.includes(other.id)) visit(other);
    }
  };
  for (const step of chosen) visit(step);
  return ids;
}
