/** The line in which a script names what it created or changed. */
import { groupBy } from "../../model/group.js";
import type { MigrationScript } from "../../model/migrations.js";
import type { Subject } from "../../model/report.js";
import type { Deed, DeedKind } from "../../sql/index.js";
import type { Change } from "./diff.js";

const KINDS: Readonly<Partial<Record<Subject["kind"], readonly DeedKind[]>>> = {
  schema: ["schema"],
  table: ["relation"],
  view: ["relation"],
  column: ["column"],
  constraint: ["constraint"],
  // CREATE UNIQUE INDEX, or the constraint that brings the index along.
  index: ["index", "constraint"],
  enum: ["type"],
  domain: ["type"],
  sequence: ["sequence"],
  extension: ["extension"],
  function: ["function"],
  trigger: ["trigger"],
};

/** The deeds of one script: those that may be about an object, in the order of the script. */
export interface DeedIndex {
  /** @param relation null: of whatever relation */
  named(name: string, relation: string | null): readonly Deed[];
}

/** Every table has an `id`: a thousand tables in one script would be looked through a thousand times by name alone. */
export function indexDeeds(deeds: readonly Deed[]): DeedIndex {
  const numbered = deeds.map((deed, at) => ({ deed, at }));
  const byName = groupBy(numbered, ({ deed }) => deed.name);
  const byBoth = groupBy(numbered, ({ deed }) => keyOf(deed.name, deed.relation));
  return {
    named: (name, relation) => {
      if (relation === null) return (byName.get(name) ?? []).map(({ deed }) => deed);
      const own = byBoth.get(keyOf(name, relation)) ?? [];
      const loose = byBoth.get(keyOf(name, null)) ?? [];
      return [...own, ...loose].sort((a, b) => a.at - b.at).map(({ deed }) => deed);
    },
  };
}

function keyOf(name: string, relation: string | null): string {
  return JSON.stringify([name, relation]);
}

type Located = Pick<MigrationScript, "sql" | "firstLine">;

/** 1-based line of the file for an offset in the script. */
export function lineAt(script: Located, offset: number): number {
  const ends = lineEnds(script);
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return script.firstLine + low;
}

/** A dump of thousands of objects asks thousands of times. */
const known = new WeakMap<Located, readonly number[]>();

function lineEnds(script: Located): readonly number[] {
  const found = known.get(script);
  if (found !== undefined) return found;
  const ends: number[] = [];
  for (let at = script.sql.indexOf("\n"); at >= 0; at = script.sql.indexOf("\n", at + 1)) ends.push(at);
  known.set(script, ends);
  return ends;
}

/**
 * The deed that made the change, as far as names tell: for what was created the first that creates it, for what was
 * changed the last that names it. A constraint or index without a name of its own belongs to the line of its relation.
 */
export function deedBehind({ kind, fact }: Change, deeds: DeedIndex): Deed | null {
  const { subject } = fact;
  const named = (about: Subject) => deeds.named(nameOf(about), about.relation);
  const own = named(subject).filter((deed) => deed.act !== "drop" && isAbout(deed, subject));
  const found = kind === "created" ? (own.find(({ act }) => act === "create") ?? own[0]) : own.at(-1);
  if (found !== undefined || kind !== "created" || subject.relation === null || subject.kind === "enum")
    return found ?? null;
  const whole: Subject = { kind: "table", schema: subject.schema, relation: null, name: subject.relation };
  return named(whole).find((deed) => deed.act !== "drop" && isAbout(deed, whole)) ?? null;
}

function isAbout(deed: Deed, subject: Subject): boolean {
  const isLabel = subject.kind === "enum" && subject.relation !== null;
  const kinds = isLabel ? ["label"] : (KINDS[subject.kind] ?? []);
  if (!kinds.includes(deed.kind)) return false;
  if (deed.schema !== null && subject.schema !== null && deed.schema !== subject.schema) return false;
  if (deed.relation !== null && subject.relation !== null && deed.relation !== subject.relation) return false;
  return deed.name === nameOf(subject);
}

/** The catalog names a function with its arguments. */
function nameOf({ kind, name }: Subject): string {
  return kind === "function" ? name.replace(/\(.*\)$/s, "") : name;
}
