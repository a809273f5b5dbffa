/** What is odd about the files of a directory: what its reader warns of, and names. Pure. */
import { groupBy } from "../model/group.js";
import type { FindingCode, FindingSeverity, LintFinding } from "../model/lint.js";
import type {
  MigrationDirectory,
  MigrationScript,
  MigrationTool,
  MigrationWarning,
  MigrationWarningCode,
} from "../model/migrations.js";

interface Words {
  readonly severity: FindingSeverity;
  readonly why: string;
  readonly fix: string;
}

const WARNINGS: Readonly<Record<MigrationWarningCode, Words>> = {
  BYTE_ORDER_MARK: {
    severity: "warning",
    why: "A tool that sends the file as it is gets a syntax error from PostgreSQL at its first statement.",
    fix: "Save the file as UTF-8 without a byte order mark.",
  },
  DOWN_PART_RUNS: {
    severity: "warning",
    why: "The tool runs the down part right after the up part, which takes back what the migration does.",
    fix: "Put `-- Up Migration` before the up part.",
  },
  EMPTY_MIGRATION: {
    severity: "warning",
    why: "It is recorded as applied and changes nothing; what was meant to be in it is missing everywhere.",
    fix: "Write the statements, or remove the migration as long as no database has recorded it.",
  },
  EDITED_FILE: {
    severity: "error",
    why: "Databases that ran the file before its edit differ from those that run it now, and the records do not show it.",
    fix: "Restore the file, and bring the change in as a new migration.",
  },
  MARKER_IN_TEXT: {
    severity: "warning",
    why: "A tool that looks for its markers line by line cuts the file in the middle of a string or a comment.",
    fix: "Write the text so that the line does not begin like a marker.",
  },
  MIGRATION_FILE_MISSING: {
    severity: "error",
    why: "The tool refuses the directory, or a database that recorded the migration has something that nobody can build again.",
    fix: "Restore the file from version control; an empty directory that no database has recorded can be removed.",
  },
  MIGRATION_LOCK_MISSING: {
    severity: "warning",
    why: "Nothing says for which database the migrations are, or that nobody changed them.",
    fix: "Restore the file from version control, or let the tool write it again.",
  },
  MIXED_NAMES: {
    severity: "warning",
    why: "The order in which migrations run is the order of their names; here it may not be the one in which they were written.",
    fix: "Give new migrations a number of the same length as the others.",
  },
  NOT_READ: {
    severity: "warning",
    why: "The tool passes over the file, or it is code: what it was meant to create is missing, or not known here.",
    fix: "Rename it as the tool expects, or move it out of the directory.",
  },
  ORDER_DIFFERS: {
    severity: "warning",
    why: "Two versions of the tool run the migrations in different orders, so that two databases can end up different.",
    fix: "Rename new migrations so that both orders agree, and keep to one version of the tool.",
  },
  PLACEHOLDER: {
    severity: "warning",
    why: "The tool fills in a value that is not known here; the text is read as it stands.",
    fix: "Nothing, if the statement means the same with the placeholder in it; otherwise read the findings of this file with care.",
  },
  SKIPPED_BY_TOOL: {
    severity: "note",
    why: "An empty database starts behind it, so what it does must be in the baseline as well.",
    fix: "Nothing, if the baseline holds it.",
  },
  TOOL_REFUSES: {
    severity: "error",
    why: "The tool stops at the file, so nothing after it is applied.",
    fix: "Correct what is said above.",
  },
};

/** The warnings of the reader as findings, and what the names say. */
export function lintDirectoryFiles(directory: MigrationDirectory): LintFinding[] {
  return [
    ...directory.warnings.map((warning) => fromWarning(directory.scripts, warning)),
    ...oddNames(directory),
    ...sameVersions(directory),
  ];
}

function fromWarning(scripts: readonly MigrationScript[], { code, file, message }: MigrationWarning): LintFinding {
  const script = scripts.find((each) => file !== null && (each.file === file || each.file.startsWith(`${file}/`)));
  return finding(code, WARNINGS[code], { migration: script?.name ?? null, file }, message);
}

/** A finding about a file as a whole. */
export function finding(
  code: FindingCode,
  { severity, why, fix }: Words,
  { migration, file }: Pick<LintFinding, "migration" | "file">,
  message: string,
): LintFinding {
  const nowhere = { line: null, statement: null, sqlstate: null, hazards: [] };
  return { code, severity, migration, file, message, why, fix, ...nowhere };
}

/** The words for a code that reading the directory knows too. */
export function wordsFor(code: MigrationWarningCode): Words {
  return WARNINGS[code];
}

/** Characters that a shell takes for something else, or that nobody can see. */
const TREACHEROUS = /[\s'"`$&|;<>*?()[\]{}!#\\]|\p{C}|\p{Z}/u;

function oddNames({ tool, scripts }: MigrationDirectory): LintFinding[] {
  const seen = new Set<string>();
  return scripts.flatMap((script): LintFinding[] => {
    const name = nameOnDisk(tool, script);
    if (seen.has(name)) return [];
    seen.add(name);
    const odd = TREACHEROUS.exec(name)?.[0];
    const place = { migration: script.name, file: script.file };
    if (odd !== undefined) {
      const message = `the name ${JSON.stringify(name)} holds ${odd === " " ? "a space" : JSON.stringify(odd)}`;
      return [finding("ODD_NAME", { ...ODD, severity: "warning" }, place, message)];
    }
    if (tool !== "prisma" || /^\d{14}_/.test(name) || /^0+_/.test(name)) return [];
    const message = `the name ${JSON.stringify(name)} does not begin with the 14 digits that Prisma gives (20250131120000_name)`;
    return [finding("ODD_NAME", ODD, place, message)];
  });
}

const ODD: Words = {
  severity: "note",
  why: "Names are sorted to find the order, and typed into commands and scripts; an odd one surprises in both.",
  fix: "Name new migrations as the tool does. Never rename one that a database has recorded.",
};

function nameOnDisk(tool: MigrationTool, { name, file }: MigrationScript): string {
  return tool === "prisma" ? name : file;
}

/** Tools that take two files of one version; the others refuse the directory. */
const TAKES_DUPLICATES: readonly MigrationTool[] = ["prisma", "knex", "sql", "node-pg-migrate"];

function sameVersions({ tool, scripts }: MigrationDirectory): LintFinding[] {
  if (!TAKES_DUPLICATES.includes(tool)) return [];
  const byVersion = groupBy(scripts, (script) => /^\d+/.exec(nameOnDisk(tool, script))?.[0] ?? null);
  return [...byVersion].flatMap(([version, same]): LintFinding[] => {
    const [first, second, ...others] = same.filter(
      ({ name }, at) => same.findIndex((each) => each.name === name) === at,
    );
    if (version === null || first === undefined || second === undefined) return [];
    const more = others.length === 0 ? "" : `, and so have ${others.length} more`;
    const message = `has the same number (${version}) as ${first.name}${more}: their order is that of the rest of the name`;
    // Eight digits are a day, and on one day there may be several.
    const severity = version.length === 8 ? "note" : "warning";
    return [
      finding("DUPLICATE_VERSION", { ...DUPLICATE, severity }, { migration: second.name, file: second.file }, message),
    ];
  });
}

const DUPLICATE: Words = {
  severity: "warning",
  why: "Often two branches made a migration at the same time; which of them runs first was decided by chance.",
  fix: "Give the one that no database has recorded yet a new number.",
};
