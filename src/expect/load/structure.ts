/** A YAML value against the schema: what is wrong where, in words, and the part of the value that is right. */
import type { z } from "zod";
import { didYouMean, suggestionIn } from "../../model/suggest.js";
import { type CheckFileContent, checkFileSchema } from "../schema/check-file.js";
import { type Locate, type Path, PathSet, type PlacedProblem } from "./place.js";

export interface Structure {
  /** What remains when the wrong parts are taken out, so that the rest can be checked as well; null: nothing usable. */
  readonly content: CheckFileContent | null;
  readonly problems: readonly PlacedProblem[];
  /** Where something was wrong: names that were defined there may be missing now. */
  readonly untrusted: readonly Path[];
}

type Issue = z.core.$ZodIssue;
const ROUNDS = 20;

/** Validates the value of one file; `locate` gives the places. */
export function checkStructure(value: unknown, locate: Locate): Structure {
  const problems: PlacedProblem[] = [];
  const untrusted: Path[] = [];
  const removed = new PathSet();
  let rest = value;
  for (let round = 0; round < ROUNDS; round++) {
    const result = checkFileSchema.safeParse(rest);
    if (result.success) return { content: result.data, problems, untrusted };
    const issues = result.error.issues.flatMap((issue) => specific(issue, []));
    // Later rounds see gaps that this loop has made; only rules across keys can be news there, unless something known
    // was taken out below them: a rule may fail for that alone.
    const news = issues.filter(
      (each) => round === 0 || (each.issue.code === "custom" && !removed.hasWithin(each.path)),
    );
    for (const issue of news) problems.push(...describe(issue, rest, locate));
    for (const issue of issues) untrusted.push(...untrustedParts(issue));
    rest = without(rest, issues.flatMap(wrongParts));
    for (const { issue, path } of issues) if (issue.code !== "unrecognized_keys") removed.add(path);
  }
  return { content: null, problems, untrusted };
}

interface PlacedIssue {
  readonly issue: Issue;
  readonly path: Path;
}

/** A union fails in each of its forms; the form that has the value's own type says what the author has to change. */
function specific(issue: Issue, parents: Path): PlacedIssue[] {
  const path = [...parents, ...(issue.path as Path)];
  if (issue.code !== "invalid_union") return [{ issue, path }];
  const fitting = issue.errors.filter((form) => !form.some(isOtherType));
  const [form] = fitting;
  if (fitting.length !== 1 || form === undefined) return [{ issue, path }];
  return form.flatMap((inner) => specific(inner, path));
}

/** The issue is about the whole value, and about its type. */
function isOtherType(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_union") return issue.errors.every((form) => form.some(isOtherType));
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}

function describe({ issue, path }: PlacedIssue, root: unknown, locate: Locate): PlacedProblem[] {
  if (issue.code === "unrecognized_keys") {
    const messages = issue.message.split("\n");
    return issue.keys.map((key, i) => ({
      place: locate([...path, key], "key"),
      message: messages[i] ?? `unknown key ${JSON.stringify(key)}`,
    }));
  }
  const found = valueAt(root, path);
  if (found === undefined && path.length > 0) {
    return [{ place: locate(path.slice(0, -1)), message: `missing key ${JSON.stringify(path.at(-1))}` }];
  }
  return [{ place: locate(path), message: `${messageOf(issue, found)}${listHint(path, found)}` }];
}

/** The commonest mistake with lists of lists: `indexes: [name]` for `indexes: [[name]]`. */
function listHint(path: Path, found: unknown): string {
  const [section, , list, position] = path;
  const isEntry = section === "relations" && path.length === 4 && typeof position === "number";
  if (!isEntry || typeof found !== "string" || (list !== "indexes" && list !== "unique")) return "";
  return `; did you mean [[${JSON.stringify(found)}]]? Each entry of ${list} is itself a list`;
}

function messageOf(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      return expected([typeName(issue.expected)], found);
    case "invalid_value":
      return choose(issue.values, found);
    case "invalid_union":
      return expected(issue.errors.flatMap(formNames), found);
    case "too_small":
      return issue.origin === "string" || issue.origin === "array"
        ? `${found === "" ? "text" : "a list"} that is not empty is expected here`
        : `${display(found)} is less than ${issue.minimum}`;
    case "too_big":
      if (issue.origin === "array") return `at most ${issue.maximum} entries are possible here`;
      return `${display(found)} is more than ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function choose(values: readonly unknown[], found: unknown): string {
  const hint = typeof found === "string" ? didYouMean(found, values.map(String)) : "";
  return `${expected([values.map((value) => JSON.stringify(value)).join(", ")], found)}${hint}`;
}

function expected(what: readonly string[], found: unknown): string {
  const quotes = what.includes("text") && ["number", "boolean"].includes(typeof found);
  return `expected ${[...new Set(what)].join(" or ")}, found ${display(found)}${quotes ? " (if text is meant, put it in quotes)" : ""}`;
}

function formNames(form: readonly Issue[]): string[] {
  return form.flatMap((issue) => {
    if (issue.path.length > 0) return [];
    if (issue.code === "invalid_type") return [typeName(issue.expected)];
    if (issue.code === "invalid_value") return [issue.values.map((value) => JSON.stringify(value)).join(" or ")];
    return issue.code === "invalid_union" ? issue.errors.flatMap(formNames) : [];
  });
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "text",
  array: "a list",
  object: "a mapping",
  map: "a mapping",
  record: "a mapping",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
};

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

function display(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (value instanceof Map) return "a mapping";
  if (Array.isArray(value)) return "a list";
  const shown = JSON.stringify(value);
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}

function valueAt(value: unknown, path: Path): unknown {
  if (path.length === 0) return value;
  const [segment = "", ...rest] = path;
  if (value instanceof Map) return valueAt(value.get(segment), rest);
  return Array.isArray(value) ? valueAt(value[Number(segment)], rest) : undefined;
}

/** What has to go: an unknown key alone; otherwise the nearest mapping entry, so that list positions stay as they are. */
function wrongParts({ issue, path }: PlacedIssue): Path[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => [...path, key]);
  return [beforeLists(path)];
}

/** What cannot be relied on after that: for a misspelt key, the section that it would have been. */
function untrustedParts({ issue, path }: PlacedIssue): Path[] {
  if (issue.code !== "unrecognized_keys") return [beforeLists(path)];
  return issue.message.split("\n").flatMap((message) => {
    const meant = suggestionIn(message);
    return meant === null ? [] : [[...path, meant]];
  });
}

function beforeLists(path: Path): Path {
  const list = path.findIndex((segment) => typeof segment === "number");
  return list < 0 ? path : path.slice(0, list);
}

/** Keys of the root that cannot be left out: what stands in for them while the rest is checked. */
const STAND_INS: ReadonlyMap<unknown, unknown> = new Map<unknown, unknown>([
  ["version", 1],
  ["application", "?"],
]);

/** A copy of the root without the entries at the paths. */
function without(root: unknown, paths: readonly Path[]): unknown {
  const copy = remove(root, paths);
  if (!(copy instanceof Map)) return copy;
  for (const path of paths) {
    const standIn = path.length === 1 ? STAND_INS.get(path[0]) : undefined;
    if (standIn !== undefined) copy.set(path[0], standIn);
  }
  return copy;
}

/** Each mapping is copied once, whatever is wrong in it. An entry that is not there (a missing key) takes its parent along. */
function remove(value: unknown, paths: readonly Path[]): unknown {
  if (!(value instanceof Map)) return value;
  const inside = new Map<unknown, Path[]>();
  for (const [key, ...rest] of paths) {
    const rests = inside.get(key);
    if (rests === undefined) inside.set(key, [rest]);
    else rests.push(rest);
  }
  const copy = new Map<unknown, unknown>(value);
  for (const [key, rests] of inside) {
    const inner: unknown = copy.get(key);
    const goes = (rest: Path) =>
      rest.length === 0 || (inner instanceof Map && rest.length === 1 && !inner.has(rest[0]));
    if (!(inner instanceof Map) || rests.some(goes)) copy.delete(key);
    else copy.set(key, remove(inner, rests));
  }
  return copy;
}
