/** Reads settings one by one from flags, then environment, and collects what is wrong with all of them. */
import type { Problem } from "../errors/index.js";
import { DEFINITIONS, type Definition, flagOf, type SettingName, type SettingValue } from "./definitions.js";
import type { Environment } from "./environment.js";

/** What the command line said, by setting name; commander's option values have this shape. */
export type Flags = Readonly<Record<string, unknown>>;

/** A text and where it came from: `--timeout` or `SCHEMAREADY_TIMEOUT`. */
export interface Given {
  readonly text: string;
  readonly place: string;
}

export interface SettingReader {
  readonly problems: Problem[];
  /** Those among the problems that are about a file which a report goes to. */
  readonly fileProblems: Set<Problem>;
  /** The value that was given; null when none was, or when it was refused (then there is a problem more). */
  one<Name extends SettingName>(name: Name): SettingValue<Name> | null;
  many<Name extends SettingName>(name: Name): SettingValue<Name>[];
  given(name: SettingName): Given[];
}

export function createReader(flags: Flags, environment: Environment): SettingReader {
  const problems: Problem[] = [];
  const given = (name: SettingName) => textsOf(name, flags, environment);
  const many = <Name extends SettingName>(name: Name): SettingValue<Name>[] =>
    given(name).flatMap(({ text, place }) => {
      const result = DEFINITIONS[name].value.safeParse(text);
      if (result.success) return [result.data as SettingValue<Name>];
      problems.push(...result.error.issues.map(({ message }) => ({ place, message })));
      return [];
    });
  return { problems, fileProblems: new Set(), given, many, one: (name) => many(name)[0] ?? null };
}

function textsOf(name: SettingName, flags: Flags, environment: Environment): Given[] {
  const definition: Definition<unknown> = DEFINITIONS[name];
  const place = flagOf(definition);
  const flag = flags[name];
  // commander gives `true` for an option without a value.
  const values: readonly unknown[] = Array.isArray(flag) ? flag : [flag === true ? "true" : flag];
  const texts = values.filter((each) => typeof each === "string").map((text) => ({ text, place }));
  if (texts.length > 0) return texts;
  for (const variable of definition.variables) {
    const value = environment[variable];
    if (value === undefined || value === "") continue;
    const parts = definition.repeatable ? value.split(",").map((part) => part.trim()) : [value];
    return parts.map((text) => ({ text, place: variable }));
  }
  return [];
}
