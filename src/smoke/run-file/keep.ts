/** What may stand in a run file: everything that redaction would leave as it is. */
import { MIN_SECRET_LENGTH, type Redactor } from "../../config/index.js";
import type { Cleanup, SmokeSuite } from "../../model/flow.js";
import type { Json } from "../../model/report.js";
import { soundsSecret } from "../../model/secret-names.js";
import type { FlowContext } from "../context.js";
import type { PlannedFlow } from "../planned.js";
import { presentLine } from "../record.js";
import { describeWith } from "../request.js";
import { conceal } from "../secret-fields.js";
import { type Lookup, templateNames, textOf } from "../template.js";
import { isReserved, type SuiteValues } from "../values.js";
import type { Thing } from "./journal.js";

/** Whether a value can be written down under its name. A secret that is too short to be redacted is known by its name. */
function isPublic(name: string, value: Json, redactor: Redactor): boolean {
  const text = textOf(value);
  return conceal(text, redactor) === text && (text.length >= MIN_SECRET_LENGTH || !soundsSecret(name));
}

/** Where a thing comes from. */
export interface Origin {
  readonly application: string;
  readonly flow: string;
  readonly step: string;
  /** Which clean-up of the step; absent: the first. */
  readonly cleanup?: number;
}

/**
 * The entry of a thing: with the captured values that its clean-up uses, as far as they are known and no secrets.
 * Values of the suite are not repeated; they are computed again.
 */
export function thingOf(
  origin: Origin,
  cleanup: Cleanup,
  lookup: Lookup,
  { planned, redactor }: Pick<FlowContext, "planned" | "redactor">,
): Thing {
  const { values } = planned;
  const secrets = secretCaptures(planned);
  const kept = templateNames(cleanup).flatMap((name): [string, Json][] => {
    const value = isReserved(name) ? undefined : lookup(name);
    const computed = values.problems(name)?.length === 0 ? values.lookup(name) : undefined;
    // A row may hold {{uuid}}: its values are kept, because another run computes others.
    const known = value === computed && !Object.hasOwn(planned.flow.row?.values ?? {}, name);
    if (value === undefined || known || secrets.has(name)) return [];
    return isPublic(name, value, redactor) ? [[name, value]] : [];
  });
  const describes = presentLine(describeWith(cleanup.describes, lookup), redactor);
  return { ...origin, describes, values: Object.fromEntries(kept) };
}

/** Names that a check file calls secret; redaction alone would miss values of three characters. */
function secretCaptures({ flow, needs }: PlannedFlow): ReadonlySet<string> {
  const own = flow.steps.flatMap((step) => step.capture.filter(({ secret }) => secret).map(({ name }) => name));
  return new Set([...own, ...needs.flatMap((needed) => [...secretCaptures(needed)])]);
}

/**
 * Variables that another run would give another value (`{{uuid}}`, `{{now}}`), with the value of this run; null where
 * it is a secret. A value of `secrets` is never kept.
 */
export function runVariables(
  suite: SmokeSuite,
  values: SuiteValues,
  redactor: Redactor,
): Record<string, string | null> {
  const texts = new Map([...Object.entries(suite.variables), ...Object.entries(suite.secrets)]);
  const names = [...texts.keys()].filter((name) => changes(name, texts) && values.problems(name)?.length === 0);
  return Object.fromEntries(
    names.map((name) => {
      const value = textOf(values.lookup(name) ?? "");
      const secret = Object.hasOwn(suite.secrets, name) || soundsSecret(name) || !isPublic(name, value, redactor);
      return [name, secret ? null : value];
    }),
  );
}

function changes(name: string, texts: ReadonlyMap<string, string>, path: readonly string[] = []): boolean {
  if (name === "uuid" || name === "now") return true;
  const text = texts.get(name);
  if (text === undefined || path.includes(name)) return false;
  return templateNames(text).some((inner) => changes(inner, texts, [...path, name]));
}
