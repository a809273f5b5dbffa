/**
 * The values of templates. What does not depend on answers (variables, secrets, environment) is known before the run
 * and checked before the first request.
 */
import type { FlowRow, SmokeSuite } from "../model/flow.js";
import type { Json } from "../model/report.js";
import { soundsSecret } from "../model/secret-names.js";
import { type Lookup, renderJson, renderText, templateNames, textOf } from "./template.js";

/** What every suite of a run shares. */
export interface RunFacts {
  readonly runId: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly uuid: () => string;
  /** For the clean-up of an earlier run: application -> variables with the value of that run; null: it was not kept. */
  readonly kept?: Readonly<Record<string, Readonly<Record<string, string | null>>>> | undefined;
}

export interface SuiteValues {
  /** Values that do not come from answers. */
  readonly lookup: Lookup;
  /** Why a name has no value, one line for each reason; empty when it has one; null when the name is none of ours. */
  readonly problems: (name: string) => readonly string[] | null;
  /** The values of `secrets`, and of the environment variables in them. */
  readonly secrets: readonly string[];
}

/** Names that the check file cannot give to anything else. */
export function isReserved(name: string): boolean {
  return ["uuid", "runId", "now"].includes(name) || name.startsWith("env.");
}

/**
 * Variables and secrets may refer to each other and are rendered once in a run: `{{uuid}}` inside a variable is the
 * same wherever the variable is used, in a step it is a new one each time.
 */
export function suiteValues(suite: SmokeSuite, facts: RunFacts): SuiteValues {
  const texts = new Map([...Object.entries(suite.variables), ...Object.entries(suite.secrets)]);
  const kept = Object.entries(facts.kept?.[suite.application] ?? {});
  const lost = new Set(kept.flatMap(([name, value]) => (value === null ? [name] : [])));
  const rendered = new Map(
    kept.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]])),
  );
  const lookup: Lookup = (name) => {
    if (isReserved(name)) return reserved(name, facts);
    const text = texts.get(name);
    if (text === undefined || lost.has(name)) return undefined;
    const value = rendered.get(name) ?? renderText(text, lookup);
    rendered.set(name, value);
    return value;
  };
  const problems = (name: string, path: readonly string[] = []): readonly string[] | null => {
    if (name.startsWith("env.")) return environmentProblems(name, facts);
    if (isReserved(name)) return [];
    const text = texts.get(name);
    if (text === undefined) return null;
    // What needs it is not done; everything else can be.
    if (lost.has(name)) return [];
    if (path.includes(name)) return [`{{${name}}} refers to itself: ${[...path, name].join(" -> ")}`];
    return templateNames(text).flatMap(
      (inner) =>
        problems(inner, [...path, name]) ?? [
          `{{${inner}}} in variable ${name} is not a variable, a secret or a built-in name`,
        ],
    );
  };
  return { lookup, problems: (name) => problems(name), secrets: secretValues(suite, lookup, problems) };
}

/** The values of a suite and, before them, those of the row that a repeated flow runs with; rendered once, as variables are. */
export function withRow(suite: SuiteValues, row: FlowRow | undefined): SuiteValues {
  if (row === undefined) return suite;
  const rendered = new Map<string, Json>();
  const own = (name: string) => (Object.hasOwn(row.values, name) ? (row.values[name] ?? null) : undefined);
  const problems = (name: string): readonly string[] | null => {
    const value = own(name);
    if (value === undefined) return suite.problems(name);
    return templateNames(value).flatMap(
      (inner) => suite.problems(inner) ?? [`{{${inner}}} in ${name} is not a variable, a secret or a built-in name`],
    );
  };
  const lookup: Lookup = (name) => {
    const value = own(name);
    if (value === undefined) return suite.lookup(name);
    const known = rendered.get(name) ?? renderJson(value, suite.lookup);
    rendered.set(name, known);
    return known;
  };
  const secrets = Object.keys(row.values).filter((name) => soundsSecret(name) && problems(name)?.length === 0);
  return { lookup, problems, secrets: secrets.map((name) => textOf(lookup(name) ?? "")) };
}

function secretValues(
  suite: SmokeSuite,
  lookup: Lookup,
  problems: (name: string) => readonly string[] | null,
): string[] {
  // A secret without a value is a problem only where it is used.
  const known = Object.keys(suite.secrets).filter((name) => problems(name)?.length === 0);
  const parts = Object.values(suite.secrets).flatMap((text) =>
    templateNames(text).filter((name) => name.startsWith("env.")),
  );
  return [...known, ...parts].flatMap((name) => {
    const value: Json | undefined = problems(name)?.length === 0 ? lookup(name) : undefined;
    return typeof value === "string" ? [value] : [];
  });
}

function reserved(name: string, facts: RunFacts): string | undefined {
  if (name === "uuid") return facts.uuid();
  if (name === "runId") return facts.runId;
  if (name === "now") return facts.now().toISOString();
  return facts.env[name.slice("env.".length)];
}

/** An empty variable counts as not set: an empty password or host is never what was meant. */
function environmentProblems(name: string, facts: RunFacts): string[] {
  const value = reserved(name, facts);
  const variable = name.slice("env.".length);
  return value === undefined || value === "" ? [`environment variable ${variable} is not set`] : [];
}

/** Names of the environment variables that the problems of a plan are about. */
export function unsetVariables(problems: readonly string[]): string[] {
  const names = problems.flatMap((problem) => /environment variable (\S+) is not set$/.exec(problem)?.[1] ?? []);
  return [...new Set(names)];
}
