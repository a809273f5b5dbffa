/**
 * The rules of the source tree, as data, each with its reason. import-rules.test.ts applies them to src/ and proves
 * that each of them can fail. A path that ends in a slash means everything below it.
 */
import type { SyntaxCheck } from "./syntax.js";

export interface FolderRule {
  readonly who: string;
  /** Files and folders of src/ it may import besides its own; the packages and Node modules it may import, or "any". */
  readonly mayImport: readonly string[];
  readonly modules: readonly string[] | "any";
  readonly reason: string;
}

const COMPARISON = ["src/compare/", "src/diagnose/", "src/impact/", "src/repair/"];
const WORDS = ["src/model/", "src/errors/"];
const READING = ["src/config/", "src/db/", "src/catalog/", "src/history/"];
const PIPELINE = [
  ...WORDS,
  ...READING,
  ...COMPARISON,
  "src/scratch/",
  "src/expect/",
  "src/sql/",
  "src/lint/",
  "src/copy/",
  "src/sources/",
  "src/init/",
  "src/baseline/",
  "src/smoke/",
  "src/report/",
  "src/prove/",
  "src/verify.ts",
  "src/plan.ts",
  "src/version.ts",
  "src/watch/",
];

const pure = (who: string, reason: string): FolderRule => ({
  who,
  mayImport: ["src/model/"],
  modules: [],
  reason: `${reason} It takes values and returns values, so a test needs no database, no clock and no file.`,
});

/** Who may import what. A folder or a file directly in src/ that has no line here is a violation too. */
export const FOLDER_RULES: readonly FolderRule[] = [
  {
    who: "src/model/",
    mayImport: [],
    modules: [],
    reason: "The vocabulary: everybody imports it, so it imports nobody.",
  },
  {
    who: "src/errors/",
    mayImport: [],
    modules: [],
    reason: "One table of error codes for everybody; it knows nobody.",
  },
  {
    who: "src/sql/",
    mayImport: WORDS,
    modules: "any",
    reason: "Text in, trees out, by PostgreSQL's grammar: it neither connects nor judges what the statements do.",
  },
  {
    who: "src/config/",
    mayImport: WORDS,
    modules: "any",
    reason: "Settings are read once at the edge; configuration parses and never connects.",
  },
  {
    who: "src/db/",
    mayImport: [...WORDS, "src/config/"],
    modules: "any",
    reason: "The session knows how to connect and nothing about schemas.",
  },
  {
    who: "src/scratch/",
    mayImport: [...WORDS, "src/config/", "src/db/"],
    modules: "any",
    reason: "A throwaway server is a server: what is built in it is the business of expect.",
  },
  {
    who: "src/catalog/",
    mayImport: [...WORDS, "src/db/"],
    modules: "any",
    reason: "One introspector for both sides: it must not know which side it reads.",
  },
  {
    who: "src/history/",
    mayImport: [...WORDS, "src/db/", "src/sql/"],
    modules: "any",
    reason: "It reads record tables; what they mean for the gaps is said by diagnose.",
  },
  {
    who: "src/expect/",
    mayImport: [...WORDS, "src/sql/", "src/db/", "src/catalog/", "src/scratch/"],
    modules: "any",
    reason: "The expected side is built in the throwaway server and read back; it never sees the target database.",
  },
  {
    who: "src/lint/",
    mayImport: ["src/model/", "src/sql/"],
    modules: [],
    reason:
      "A directory and trees in, findings out: it neither reads files nor runs anything, so a test needs no database.",
  },
  {
    who: "src/copy/",
    mayImport: [...WORDS, "src/sql/", "src/config/", "src/db/", "src/catalog/", "src/scratch/", "src/expect/"],
    modules: "any",
    reason:
      "What would happen on the target is tried on a copy: it reads the target, and writes to the throwaway server.",
  },
  {
    who: "src/sources/",
    mayImport: [...WORDS, ...READING, "src/scratch/", "src/expect/"],
    modules: "any",
    reason: "Where an expectation comes from (directories, files, databases) meets what builds it; it prints nothing.",
  },
  {
    who: "src/init/",
    mayImport: [...WORDS, ...READING, "src/expect/", "src/sources/"],
    modules: "any",
    reason: "A first check file is drafted from sources that were tried; who writes and prints it is cli.",
  },
  pure("src/compare/", "Contract and observation in, gaps out."),
  pure("src/diagnose/", "Gaps and histories in, causes out."),
  pure("src/impact/", "Gaps and features in, feature status out."),
  pure("src/repair/", "Gaps and causes in, suggestions out; nothing here can run them."),
  pure("src/report/", "Report in, text out; printing and exit codes belong to cli and http."),
  {
    who: "src/smoke/",
    mayImport: [...WORDS, "src/config/", "src/db/"],
    modules: "any",
    reason: "Flows run against an application; the gaps reach them as a Report, not through the stages.",
  },
  {
    who: "src/baseline/",
    mayImport: [...WORDS, "src/report/"],
    modules: ["zod"],
    reason:
      "A report and a list of accepted gaps in, a report out; the file's structure is that of the report. Who reads and writes files is cli.",
  },
  {
    who: "src/version.ts",
    mayImport: [],
    modules: "any",
    reason: "Our own version, read once from package.json.",
  },
  {
    who: "src/observe.ts",
    mayImport: [...WORDS, ...READING],
    modules: "any",
    reason: "The reading half of verify: everything from the target in one session; it judges nothing.",
  },
  {
    who: "src/verify.ts",
    mayImport: [...WORDS, ...READING, ...COMPARISON, "src/observe.ts", "src/version.ts"],
    modules: "any",
    reason: "The pipeline on one screen: it calls stages and neither prints nor serves.",
  },
  {
    who: "src/watch/",
    mayImport: [...WORDS, "src/config/", "src/db/", "src/catalog/", "src/observe.ts", "src/verify.ts"],
    modules: "any",
    reason:
      "Repeats the pipeline, and asks where it reads whether anything has changed; whether to answer with the result is up to the service.",
  },
  {
    who: "src/prove/",
    mayImport: [
      ...WORDS,
      ...READING,
      "src/scratch/",
      "src/copy/",
      "src/repair/",
      "src/sql/",
      "src/lint/",
      "src/verify.ts",
    ],
    modules: "any",
    reason:
      "A plan runs on a copy and the copy is verified by verify.ts itself: a second judge could be of another mind.",
  },
  {
    who: "src/plan.ts",
    mayImport: [...WORDS, ...READING, "src/repair/", "src/prove/", "src/observe.ts", "src/verify.ts"],
    modules: "any",
    reason: "The repair plan on one screen: it calls stages and neither prints nor serves.",
  },
  {
    who: "src/http/",
    mayImport: PIPELINE,
    modules: "any",
    reason: "One of two faces over one pipeline; the other is cli, and they never import each other.",
  },
  {
    who: "src/cli/",
    mayImport: [...PIPELINE, "src/server.ts"],
    modules: "any",
    reason: "One of two faces over one pipeline; `serve` reaches http through the process entry server.ts only.",
  },
  {
    who: "src/served-flows.ts",
    mayImport: [...PIPELINE, "src/http/"],
    modules: "any",
    reason: "Joins the smoke runner with the service: http asks for a run and does not know what it is made of.",
  },
  {
    who: "src/server.ts",
    mayImport: [...PIPELINE, "src/http/", "src/served-flows.ts"],
    modules: "any",
    reason: "Process entry of the service: builds the app and listens.",
  },
  {
    who: "src/cli.ts",
    mayImport: ["src/cli/"],
    modules: "any",
    reason: "Process entry of the command line, a few lines.",
  },
  {
    who: "src/generate.ts",
    mayImport: [...PIPELINE, "src/http/", "src/cli/"],
    modules: "any",
    reason: "Writes what is generated from both faces: OpenAPI, JSON Schemas.",
  },
];

/** Modules that files may import although their folder may not. */
export const MODULE_EXCEPTIONS: readonly { readonly who: RegExp; readonly module: string; readonly reason: string }[] =
  [
    {
      who: /^src\/report\/(.+\/)?[^/]*schema[^/]*\.ts$/,
      module: "zod",
      reason: "The Report's schema is declared once and generates the JSON Schema; zod does no I/O.",
    },
  ];

/** Modules that only some may import, whatever their folder rule says. */
export const MODULE_OWNERS: readonly {
  readonly module: string;
  readonly only: readonly string[];
  readonly reason: string;
}[] = [
  {
    module: "libpg-query",
    only: ["src/sql/"],
    reason: "It counts bytes, fails as a whole and may be absent: src/sql handles that once for everybody.",
  },
  {
    module: "pg",
    only: ["src/db/", "src/scratch/"],
    reason: "Timeouts, READ ONLY and SQLSTATEs are handled in one place; another client would go around them.",
  },
];

/** Folders whose files are imported one by one; every other folder of src/ is reached through its index.ts. */
export const WITHOUT_ENTRY_FILE: readonly { readonly folder: string; readonly reason: string }[] = [
  { folder: "src/model/", reason: "A vocabulary has no entry: whoever needs a word imports its file." },
];

/** Files that may import a module whose name is computed at run time. */
export const COMPUTED_IMPORTS: readonly { readonly who: string; readonly reason: string }[] = [
  { who: "src/scratch/", reason: "The package with the PostgreSQL binaries is named after platform and processor." },
];

export interface SyntaxRule {
  readonly name: string;
  readonly check: SyntaxCheck;
  readonly where: readonly string[];
  readonly except: readonly string[];
  /** Single files that may, although the rule means files like them. */
  readonly tolerated?: readonly { readonly who: string; readonly reason: string }[];
  readonly reason: string;
}

const EVERYWHERE = ["src/", "demo/", "test/", "scripts/"];

export const SYNTAX_RULES: readonly SyntaxRule[] = [
  {
    name: "environment-in-config",
    check: "environment",
    where: ["src/"],
    except: ["src/config/"],
    reason: "A setting that is read anywhere is documented nowhere; only src/config reads the environment.",
  },
  {
    name: "pure-stages",
    check: "impurity",
    where: ["src/model/", "src/report/", ...COMPARISON],
    except: [],
    reason: "The same database must always give the same report, byte for byte.",
  },
  {
    name: "no-default-export",
    check: "defaultExport",
    where: ["src/", "demo/"],
    except: [],
    reason: "A thing has one name, so that a search for it finds every use.",
  },
  {
    name: "no-any",
    check: "any",
    where: EVERYWHERE,
    except: [],
    reason: "`any` switches the compiler off for everything it touches; use `unknown` and look.",
  },
  {
    name: "suppressions-give-reasons",
    check: "suppression",
    where: EVERYWHERE,
    except: [],
    reason: "A suppressed compiler error needs its reason on the same line.",
  },
  {
    name: "printing-in-cli",
    check: "console",
    where: ["src/"],
    except: ["src/cli.ts", "src/cli/"],
    reason: "Machine formats on stdout contain nothing else; reporters return text and cli prints it.",
  },
  {
    name: "listening-in-server",
    check: "listen",
    where: ["src/"],
    except: ["src/server.ts"],
    tolerated: [
      {
        who: "src/scratch/listen.ts",
        reason: "Asks the system for a free port for PostgreSQL, and closes it again.",
      },
    ],
    reason: "`app` builds, `server` listens: routes are tested without a port.",
  },
];
