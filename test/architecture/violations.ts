/** Applies the rules of rules.ts to parsed files. */
import { cycles, type Import, importsOf } from "./imports.js";
import {
  COMPUTED_IMPORTS,
  FOLDER_RULES,
  type FolderRule,
  MODULE_EXCEPTIONS,
  MODULE_OWNERS,
  SYNTAX_RULES,
  WITHOUT_ENTRY_FILE,
} from "./rules.js";
import type { SourceFile } from "./source.js";
import { CHECKS } from "./syntax.js";

export interface Violation {
  readonly rule: string;
  /** `file:line: what (reason)`, to be read in a red test. */
  readonly text: string;
}

/** Rules that are not a line of SYNTAX_RULES. */
export const IMPORT_RULES = [
  "folder-has-a-rule",
  "may-import",
  "module-owner",
  "runtime-dependency",
  "entry-file",
  "computed-import",
  "no-cycles",
] as const;

/**
 * Every violation in the given files, which are taken as the whole tree.
 * @param runtimePackages names that a published package brings along: `dependencies` and `optionalDependencies`.
 */
export function findViolations(files: readonly SourceFile[], runtimePackages: ReadonlySet<string>): Violation[] {
  const source = files.filter(({ path }) => path.startsWith("src/"));
  return [
    ...source.flatMap((file) => importViolations(file, runtimePackages)),
    ...cycleViolations(source),
    ...files.flatMap(syntaxViolations),
  ];
}

function importViolations(file: SourceFile, runtimePackages: ReadonlySet<string>): Violation[] {
  const rule = FOLDER_RULES.find(({ who }) => covers(who, file.path));
  if (rule === undefined)
    return [{ rule: "folder-has-a-rule", text: `${file.path}: no line in FOLDER_RULES names it` }];
  return importsOf(file).flatMap((one) =>
    brokenBy(file.path, rule, one, runtimePackages).map(([name, reason]) => ({
      rule: name,
      text: `${file.path}:${one.line}: imports ${one.target} (${reason})`,
    })),
  );
}

type Broken = [rule: (typeof IMPORT_RULES)[number], reason: string];

function brokenBy(path: string, rule: FolderRule, one: Import, runtimePackages: ReadonlySet<string>): Broken[] {
  switch (one.kind) {
    case "computed":
      return covered(COMPUTED_IMPORTS, path) ? [] : [["computed-import", "no rule can follow it"]];
    case "file":
      return [...mayImportFile(rule, one.target), ...entryFile(path, one.target)];
    case "builtin":
      return mayImportModule(rule, path, one.target);
    case "package": {
      const found = [...mayImportModule(rule, path, one.target), ...owner(path, one.target)];
      if (!runtimePackages.has(one.target)) {
        found.push(["runtime-dependency", "the published package does not bring it along"]);
      }
      return found;
    }
  }
}

function mayImportFile(rule: FolderRule, target: string): Broken[] {
  return [rule.who, ...rule.mayImport].some((who) => covers(who, target)) ? [] : [["may-import", rule.reason]];
}

function mayImportModule(rule: FolderRule, path: string, target: string): Broken[] {
  const allowed =
    rule.modules === "any" ||
    rule.modules.includes(target) ||
    MODULE_EXCEPTIONS.some(({ who, module }) => who.test(path) && module === target);
  return allowed ? [] : [["may-import", rule.reason]];
}

function entryFile(path: string, target: string): Broken[] {
  const [, folder, name] = /^(src\/[^/]+\/)(.+)$/.exec(target) ?? [];
  if (folder === undefined || path.startsWith(folder) || name === "index.ts") return [];
  if (WITHOUT_ENTRY_FILE.some((one) => one.folder === folder)) return [];
  return [["entry-file", `a stage is reached through ${folder}index.ts, so that its inside can change`]];
}

function owner(path: string, target: string): Broken[] {
  return MODULE_OWNERS.filter(({ module, only }) => module === target && !only.some((who) => covers(who, path))).map(
    ({ reason }) => ["module-owner", reason],
  );
}

function cycleViolations(files: readonly SourceFile[]): Violation[] {
  const graph = new Map(files.map((file) => [file.path, importsOf(file).map(({ target }) => target)]));
  return cycles(graph).map((group) => ({
    rule: "no-cycles",
    text: `${group.join(", ")}: import each other in a circle`,
  }));
}

function syntaxViolations(file: SourceFile): Violation[] {
  const applies = (where: readonly string[]): boolean => where.some((who) => covers(who, file.path));
  return SYNTAX_RULES.filter(
    ({ where, except, tolerated = [] }) => applies(where) && !applies(except) && !covered(tolerated, file.path),
  ).flatMap(({ name, check, reason }) =>
    CHECKS[check](file).map(({ line, what }) => ({ rule: name, text: `${file.path}:${line}: ${what} (${reason})` })),
  );
}

const covered = (rules: readonly { readonly who: string }[], path: string): boolean =>
  rules.some(({ who }) => covers(who, path));

const covers = (who: string, path: string): boolean => (who.endsWith("/") ? path.startsWith(who) : path === who);
