/** Files -> checked check files and smoke suites, or every problem of all of them at once. */
import { SchemareadyError } from "../../errors/index.js";
import type { SmokeSuite } from "../../model/flow.js";
import { truncateIdentifier } from "../../model/names.js";
import { type CheckFile, startCheck } from "../check-file.js";
import { checkAcross } from "../checks/across.js";
import { checkFeatures } from "../checks/features.js";
import { checkMigrations } from "../checks/migrations.js";
import { checkObjects } from "../checks/objects.js";
import { checkRelations } from "../checks/relations.js";
import { joinKnown, type KnownSchema, nameRelations } from "../names.js";
import { checkSmoke } from "../smoke/check.js";
import { readSuite } from "../smoke/suite.js";
import { type PlacedProblem, toProblems } from "./place.js";
import { readCheckFiles, type SourceFile } from "./read-files.js";
import { checkStructure } from "./structure.js";
import { parseYaml } from "./yaml.js";

export interface LoadedChecks {
  readonly files: readonly CheckFile[];
  readonly suites: readonly SmokeSuite[];
}

export interface LoadOptions {
  /** Schema of a file that names none, for its smoke suite; normally that of the connection. */
  readonly defaultSchema?: string;
  /** The schema from another source that features may name relations of. */
  readonly known?: KnownSchema;
}

/**
 * Loads check files: each path is a file, or a directory whose *.yaml and *.yml files are meant (sorted by name).
 * @throws SchemareadyError CHECK_FILE with every problem of every file, each with `file:line:column`
 */
export async function loadCheckFiles(
  pathsOrDirectories: readonly string[],
  options: LoadOptions = {},
): Promise<LoadedChecks> {
  const sources = await readCheckFiles(pathsOrDirectories);
  const checked: Checked[] = [];
  for (const source of sources.files) {
    checked.push(checkOne(source, options));
    // Between two files, so that a signal to stop is heard.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const files = checked.flatMap(({ file }) => (file === null ? [] : [file]));
  const problems = [...sources.problems, ...checked.flatMap((each) => each.problems), ...checkAcross(files)];
  if (problems.length > 0) throw checkFileError("CHECK_FILE", problems, sources.files);
  const suites = files.flatMap((file) => readSuite(file, options.defaultSchema ?? "public") ?? []);
  return { files, suites };
}

interface Checked {
  readonly file: CheckFile | null;
  readonly problems: readonly PlacedProblem[];
}

function checkOne(source: SourceFile, options: LoadOptions): Checked {
  const yaml = parseYaml(source.path, source.text);
  if (!yaml.quotable) return { file: null, problems: [notACheckFile(source)] };
  if (yaml.value === undefined) return { file: null, problems: yaml.problems };
  const { content, problems, untrusted } = checkStructure(yaml.value, yaml.locate);
  if (content === null) return { file: null, problems: [...yaml.problems, ...problems] };
  const { names, problems: collisions } = nameRelations(content);
  const schema = truncateIdentifier(content.schema ?? options.defaultSchema ?? "public");
  const known = joinKnown(names, schema, options.known?.relations ?? []);
  const knownMigrations = options.known?.migrations ?? [];
  const file = { path: source.path, content, names, known, knownMigrations, locate: yaml.locate };
  const check = startCheck(file, untrusted);
  for (const { path, message, part } of collisions) check.report(path, message, part);
  for (const part of [checkObjects, checkRelations, checkMigrations, checkFeatures, checkSmoke]) part(check);
  return { file, problems: [...yaml.problems, ...problems, ...check.problems] };
}

/** Somebody may have given the wrong file, and a log is no place for what is in it. */
function notACheckFile({ path: file }: SourceFile): PlacedProblem {
  return { place: { file, line: 1, column: 1 }, message: "this is no check file: it has no key `version`" };
}

/** One error for all problems, in the order of the files. */
export function checkFileError(
  code: "CHECK_FILE" | "CHECK_FILE_SQL",
  placed: readonly PlacedProblem[],
  files: readonly { readonly path: string }[],
): SchemareadyError {
  const { listed, count } = toProblems(
    placed,
    files.map(({ path }) => path),
  );
  const many = count === 1 ? "one problem" : `${count} problems`;
  const what = code === "CHECK_FILE" ? "The check files cannot be used" : "PostgreSQL refuses the check files";
  return new SchemareadyError(code, `${what}: ${many}.`, { problems: listed });
}
