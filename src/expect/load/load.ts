/** Files -> checked check files and smoke suites, or every problem of all of them at once. */
import { type Problem, SchemareadyError } from "../../errors/index.js";
import type { SmokeSuite } from "../../model/flow.js";
import { truncateIdentifier } from "../../model/names.js";
import { type CheckFile, startCheck } from "../check-file.js";
import { checkAcross } from "../checks/across.js";
import { checkExpect } from "../checks/expect.js";
import { checkFeatures } from "../checks/features.js";
import { checkMigrations } from "../checks/migrations.js";
import { checkObjects } from "../checks/objects.js";
import { checkRelations } from "../checks/relations.js";
import { joinKnown, type KnownSchema, nameRelations } from "../names.js";
import type { CheckFileContent } from "../schema/check-file.js";
import { type Attachments, readAttachments } from "../smoke/attachments.js";
import { checkSmoke } from "../smoke/check.js";
import { readSuite } from "../smoke/suite.js";
import { type Locate, type Path, type PlacedProblem, toProblems } from "./place.js";
import { readCheckFiles, type SourceFile } from "./read-files.js";
import { checkStructure } from "./structure.js";
import { parseYaml } from "./yaml.js";

export interface LoadedChecks {
  readonly files: readonly CheckFile[];
  readonly suites: readonly SmokeSuite[];
  /** What the authors should know although the files can be used. */
  readonly warnings: readonly Problem[];
}

/** What the files of an application stand in. */
export interface Surroundings {
  /** Schema of a file that names none; normally that of the connection. */
  readonly defaultSchema?: string;
  /** The schema from another source that features may name relations of. */
  readonly known?: KnownSchema;
}

export interface LoadOptions extends Surroundings {
  /** Where an application differs from that. */
  readonly of?: ((application: string) => Surroundings | undefined) | undefined;
  /** The schema of every application comes from a source that has not been read yet. */
  readonly namesFromOutside?: boolean;
  /** What is wrong with the URL of a reference database; nothing of the URL itself is repeated. */
  readonly databaseProblems?: (url: string) => readonly string[];
}

/**
 * Loads check files: each path is a file, or a directory whose *.yaml and *.yml files are meant (sorted by name).
 * Where an application takes its schema from a source (`expect`) and `known` does not hold it, names that its features
 * use are not looked up.
 * @throws SchemareadyError CHECK_FILE with every problem of every file, each with `file:line:column`
 */
export async function loadCheckFiles(
  pathsOrDirectories: readonly string[],
  options: LoadOptions = {},
): Promise<LoadedChecks> {
  const sources = await readCheckFiles(pathsOrDirectories);
  const parsed: Parsed[] = [];
  for (const source of sources.files) parsed.push(await withAttachments(await afterOthers(() => parseOne(source))));
  const outside = new Set(parsed.filter(namesSource).flatMap(({ content }) => content?.application ?? []));
  const checked: Checked[] = [];
  for (const each of parsed) checked.push(await afterOthers(() => checkOne(each, outside, options)));
  const files = checked.flatMap(({ file }) => (file === null ? [] : [file]));
  const problems = [...sources.problems, ...checked.flatMap((each) => each.problems), ...checkAcross(files)];
  if (problems.length > 0) throw checkFileError("CHECK_FILE", problems, sources.files);
  const suites = files.flatMap((file) => {
    return readSuite(file, surroundingsOf(file.content.application, options).defaultSchema ?? "public") ?? [];
  });
  const placed = checked.flatMap((each) => each.warnings);
  const { listed: warnings } = toProblems(
    placed,
    sources.files.map((each) => each.path),
  );
  return { files, suites, warnings };
}

async function withAttachments(parsed: Parsed): Promise<Parsed> {
  const { path, content } = parsed;
  return content === null ? parsed : { ...parsed, attachments: await readAttachments(path, content) };
}

/** Between two files, so that a signal to stop is heard. */
async function afterOthers<T>(work: () => T): Promise<T> {
  await new Promise((resolve) => setImmediate(resolve));
  return work();
}

/** What holds for an application. */
export function surroundingsOf(
  application: string,
  { of, ...all }: Surroundings & Pick<LoadOptions, "of">,
): Surroundings {
  return { ...all, ...of?.(application) };
}

interface Parsed {
  readonly path: string;
  /** Null: nothing usable. */
  readonly content: CheckFileContent | null;
  readonly locate: Locate;
  readonly problems: readonly PlacedProblem[];
  readonly untrusted: readonly Path[];
  readonly attachments: Attachments;
}

interface Checked {
  readonly file: CheckFile | null;
  readonly problems: readonly PlacedProblem[];
  readonly warnings: readonly PlacedProblem[];
}

function parseOne(source: SourceFile): Parsed {
  const { path } = source;
  const { value, locate, quotable, problems } = parseYaml(path, source.text);
  const attachments: Attachments = new Map();
  const nothing = { path, content: null, locate, untrusted: [], attachments };
  if (!quotable) return { ...nothing, problems: [notACheckFile(source)] };
  if (value === undefined) return { ...nothing, problems };
  const structure = checkStructure(value, locate);
  return { ...structure, path, locate, attachments, problems: [...problems, ...structure.problems] };
}

/** Also when what it says about its source is wrong: what the source would have made is not known then. */
function namesSource({ content, untrusted }: Parsed): boolean {
  return content?.expect !== undefined || untrusted.some(([section]) => section === "expect");
}

/** What a source makes can be named by features and cannot be looked up before the source was read. */
const MADE_OUTSIDE: readonly Path[] = [["relations"], ["migrations"]];

/** @param outside applications whose schema comes from a source */
function checkOne(parsed: Parsed, outside: ReadonlySet<string>, options: LoadOptions): Checked {
  const { path, content, locate, problems, untrusted, attachments } = parsed;
  if (content === null) return { file: null, problems, warnings: [] };
  const { names, problems: collisions } = nameRelations(content);
  const around = surroundingsOf(content.application, options);
  const schema = truncateIdentifier(content.schema ?? around.defaultSchema ?? "public");
  const known = joinKnown(names, schema, around.known?.relations ?? []);
  const file = { path, content, names, known, knownMigrations: around.known?.migrations ?? [], attachments, locate };
  const isOutside = outside.has(content.application) || options.namesFromOutside === true;
  const unread = around.known === undefined && isOutside;
  const check = startCheck(file, unread ? [...untrusted, ...MADE_OUTSIDE] : untrusted);
  for (const { path: at, message, part } of collisions) check.report(at, message, part);
  for (const part of [checkObjects, checkRelations, checkMigrations, checkFeatures, checkSmoke]) part(check);
  checkExpect(check, options.databaseProblems ?? (() => []));
  return { file, problems: [...problems, ...check.problems], warnings: check.warnings };
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
