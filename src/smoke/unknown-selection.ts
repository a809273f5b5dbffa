/** Names given to `--only` and `--tag` that choose nothing: what was asked, what there is, and the nearest of it. */
import type { Flow, SmokeSuite } from "../model/flow.js";
import { nearest } from "../model/suggest.js";
import { isMeant, type Selection } from "./select.js";

/** More of them are in `--list`. */
const MOST_NAMES = 20;

export interface UnknownSelection {
  /** One line for each name that does not exist. */
  readonly problems: readonly string[];
  /** `--only projects --tag fast`: what was asked, with the nearest names that exist; null when nothing is near. */
  readonly instead: string | null;
}

/** What chooses nothing because it does not exist. */
export function unknownSelection(selection: Selection): UnknownSelection {
  const { only, tags } = selection;
  const flows = (only ?? []).map((asked) => ({ asked, ...lookUpFlow(asked, selection) }));
  const known = tagsOf(selection);
  const named = (tags ?? []).map((asked) => ({ asked, ...lookUpTag(asked, known, selection) }));
  const all = [...flows, ...named];
  const options = all.flatMap(({ option }) => option ?? []);
  return {
    problems: all.flatMap(({ problem }) => problem ?? []),
    instead: options.length === 0 ? null : [...new Set(options)].join(" "),
  };
}

interface LookedUp {
  /** Null: it exists. */
  readonly problem: string | null;
  /** What to give; null: nobody knows. */
  readonly option: string | null;
}

interface NamedFlow {
  readonly suite: SmokeSuite;
  readonly flow: Flow;
}

function flowsOf({ suites }: Pick<Selection, "suites">): NamedFlow[] {
  return suites.flatMap((suite) => suite.flows.map((flow) => ({ suite, flow })));
}

/** As `--only` takes it; with the application where several have flows. */
function nameOf({ suite, flow }: NamedFlow, { suites }: Pick<Selection, "suites">): string {
  const id = flow.row?.of ?? flow.id;
  return suites.filter(({ flows }) => flows.length > 0).length > 1 ? `${suite.application}/${id}` : id;
}

function lookUpFlow(asked: string, selection: Selection): LookedUp {
  const all = flowsOf(selection);
  if (all.some(({ suite, flow }) => isMeant(suite, flow, asked))) return { problem: null, option: `--only ${asked}` };
  const names = [...new Set(all.map((each) => nameOf(each, selection)))];
  const bare = asked.slice(asked.lastIndexOf("/") + 1);
  const near = nearestName(asked, names) ?? nearestName(bare, names);
  const within = near === null ? flowOf(bare, all) : null;
  const guess = near ?? (within === null ? null : nameOf(within.named, selection));
  const hint = within === null ? "" : `; ${asked} is a ${within.what} of flow ${guess}`;
  const problem = `there is no flow ${asked}${hint}; flows: ${list(names, guess)}`;
  return { problem, option: guess === null ? null : `--only ${guess}` };
}

/** The name as it is given, or its last part: people leave the application out, or give a wrong one. */
function nearestName(asked: string, names: readonly string[]): string | null {
  const ends = new Map(names.map((name) => [name.slice(name.lastIndexOf("/") + 1), name]));
  const near = nearest(asked, names) ?? (ends.has(asked) ? asked : nearest(asked, ends.keys()));
  return near === null ? null : (ends.get(near) ?? near);
}

/** A flow that has a step, or a step for a feature, of that name. */
function flowOf(asked: string, all: readonly NamedFlow[]): { readonly named: NamedFlow; readonly what: string } | null {
  const withStep = all.find(({ flow }) => flow.steps.some(({ id }) => id === asked));
  if (withStep !== undefined) return { named: withStep, what: "step" };
  const withFeature = all.find(({ flow }) => flow.steps.some(({ feature }) => feature === asked));
  return withFeature === undefined ? null : { named: withFeature, what: "feature" };
}

function tagsOf(selection: Selection): string[] {
  const tags = flowsOf(selection).flatMap(({ flow }) => [flow, ...flow.steps].flatMap((each) => each.tags ?? []));
  return [...new Set(tags)];
}

function lookUpTag(asked: string, known: readonly string[], selection: Selection): LookedUp {
  const not = asked.startsWith("!") ? "!" : "";
  const tag = asked.slice(not.length);
  const option = (name: string) => (not === "" ? `--tag ${name}` : `--tag '!${name}'`);
  if (known.includes(tag)) return { problem: null, option: option(tag) };
  const guess = nearest(tag, known);
  const flow = flowsOf(selection).find((each) => isMeant(each.suite, each.flow, tag));
  const isFlow = guess === null && not === "" && flow !== undefined;
  const hint = isFlow ? `; ${tag} is a flow` : "";
  const none = known.length === 0 ? "no flow and no step has a tag" : `tags: ${list(known, guess)}`;
  const problem = `no flow and no step has the tag ${tag}${hint}; ${none}`;
  return { problem, option: guess !== null ? option(guess) : isFlow ? `--only ${tag}` : null };
}

/** The nearest first. */
function list(names: readonly string[], first: string | null): string {
  const sorted = first === null ? names : [first, ...names.filter((name) => name !== first)];
  const more = sorted.length - MOST_NAMES;
  const shown = sorted.slice(0, MOST_NAMES).join(", ");
  return shown === "" ? "none" : more > 0 ? `${shown} and ${more} more` : shown;
}
