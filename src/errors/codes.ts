/**
 * Every error that a user can see: its exit code (DESIGN.md, "Command line"), its HTTP status and the three parts of
 * its text that do not depend on the case. The fourth part, what is wrong, is written where the error is thrown, with
 * the value and the place. docs/errors.md has one heading for each code; a test compares the two.
 */
export const EXIT = {
  ok: 0,
  gaps: 1,
  usage: 2,
  unverified: 3,
  leftovers: 4,
  bug: 70,
  sigint: 130,
  sigterm: 143,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface ErrorEntry {
  readonly exit: ExitCode;
  readonly http: number;
  /** Why it matters. */
  readonly why: string;
  /** What to do, to paste where possible. */
  readonly fix: string;
}

export const ERRORS = {
  USAGE: {
    exit: EXIT.usage,
    http: 400,
    why: "Nothing was checked.",
    fix: "See `schemaready --help`.",
  },
  SETTINGS: {
    exit: EXIT.usage,
    http: 500,
    why: "schemaready does not guess which database or which files you mean.",
    fix: "Correct the settings listed above; `schemaready <command> --help` lists them all.",
  },
  CONNECTION_STRING: {
    exit: EXIT.usage,
    http: 500,
    why: "Without a database to look at, nothing can be verified.",
    fix: "Use the form postgresql://USER:PASSWORD@HOST:5432/DATABASE?schema=public, with special characters in the password percent-encoded.",
  },
  CHECK_FILE: {
    exit: EXIT.usage,
    http: 500,
    why: "A check file that is only half understood would give a verdict about something else.",
    fix: "Correct the places listed above; editors complete and check the file with openapi/check-file.schema.json.",
  },
  CHECK_FILE_SQL: {
    exit: EXIT.usage,
    http: 500,
    why: "Expectations are built by running them in a throwaway PostgreSQL; what it refuses cannot be compared.",
    fix: "Correct the DDL text at the place shown.",
  },
  CONTRACT_FILE: {
    exit: EXIT.usage,
    http: 500,
    why: "A contract that is only half understood would give a verdict about something else.",
    fix: "Compile it again: `schemaready compile --checks checks/ -o contract.json`.",
  },
  REPORT_FILE: {
    exit: EXIT.usage,
    http: 500,
    why: "A plan for gaps that are only half understood, or of another contract, would repair something else.",
    fix: "Verify again and keep the report: `schemaready verify --format json=report.json`.",
  },
  BACKFILL: {
    exit: EXIT.usage,
    http: 500,
    why: "A value that no column takes would not be used, and the plan would leave out what you asked for.",
    fix: "Give --backfill 'schema.table.column=EXPRESSION' as the plan prints it under \"not done for you\".",
  },
  MIGRATION_REPLAY: {
    exit: EXIT.usage,
    http: 500,
    why: "What the migrations make is what the application expects: a migration that does not run on an empty database cannot say it.",
    fix: "Correct what is said above; the migrations must run in order on an empty database, as the tool runs them.",
  },
  SQL_FILE: {
    exit: EXIT.usage,
    http: 500,
    why: "What the file makes on an empty database is what the application expects; a file that is only half understood would expect something else.",
    fix: "Correct what is said above; a dump that works is what `pg_dump --schema-only --no-owner -f dump.sql DATABASE` writes.",
  },
  INIT_NOTHING_FOUND: {
    exit: EXIT.usage,
    http: 500,
    why: "A first check file has to come from something that says what the application expects; none was written.",
    fix: 'Take a database that is as it should be: `schemaready init --from-database "$DATABASE_URL"`; or describe what is needed by hand (docs/check-files.md).',
  },
  CONTRACT_SOURCE: {
    exit: EXIT.unverified,
    http: 503,
    why: "A contract with holes in it would pass databases that lack what could not be read.",
    fix: "Compile again when nothing changes or locks the schema of the reference database.",
  },
  MIGRATIONS: {
    exit: EXIT.usage,
    http: 500,
    why: "Migrations that are only half read, or in the wrong order, would give a schema that no database has.",
    fix: "Correct the places listed above, or name the right tool and directory; docs/migration-tools.md says what is read of each.",
  },
  PRISMA_SCHEMA: {
    exit: EXIT.usage,
    http: 500,
    why: "What schema.prisma says is what the application expects: a schema that Prisma itself refuses cannot say it.",
    fix: "Correct the places listed above, and try with Prisma itself: `npx prisma validate`.",
  },
  PRISMA_ENGINE_UNAVAILABLE: {
    exit: EXIT.unverified,
    http: 503,
    why: "The SQL for a schema.prisma is written by Prisma's own schema engine, so that it is the same as Prisma's.",
    fix: "Install the optional dependencies (`npm install --include=optional`), or compile from the migrations: --migrations prisma/migrations.",
  },
  SCRATCH_UNAVAILABLE: {
    exit: EXIT.unverified,
    http: 503,
    why: "What is expected becomes comparable by being built in a throwaway PostgreSQL and read back.",
    fix: "Install the optional dependencies (`npm install --include=optional`), or give a server to build in: --scratch-url postgresql://USER:PASSWORD@HOST/DATABASE.",
  },
  PARSER_UNAVAILABLE: {
    exit: EXIT.unverified,
    http: 503,
    why: "Migrations are read with PostgreSQL's own grammar; without it nobody can say which statement creates what.",
    fix: "Install the optional dependencies: `npm install --include=optional`, or this one alone: `npm install libpg-query`.",
  },
  DATABASE_UNREACHABLE: {
    exit: EXIT.unverified,
    http: 503,
    why: "The schema could not be looked at; this says nothing about whether it is right.",
    fix: "Check that the server runs and that host and port are right: `pg_isready -h HOST -p PORT`.",
  },
  DATABASE_REFUSED: {
    exit: EXIT.unverified,
    http: 503,
    why: "The schema could not be looked at; this says nothing about whether it is right.",
    fix: "Check user, password, database name and pg_hba.conf: `psql \"$DATABASE_URL\" -c 'select 1'`.",
  },
  DATABASE_UNSUPPORTED: {
    exit: EXIT.unverified,
    http: 503,
    why: "The catalog of this server differs from what schemaready reads (PostgreSQL 13 to 18).",
    fix: "Use a supported PostgreSQL version, or a newer schemaready.",
  },
  NOT_READY: {
    exit: EXIT.unverified,
    http: 503,
    why: "Steps against an application that is still starting, or gone, would say nothing about the schema; none was sent.",
    fix: "Look at the application's log; when it only needs longer, give --wait-for more time: `--wait-for /livez 2m`.",
  },
  SMOKE_SETUP: {
    exit: EXIT.usage,
    http: 400,
    why: "No request was sent.",
    fix: "Give the application's address with --base-url and the variables named above in the environment.",
  },
  RUN_FILE: {
    exit: EXIT.usage,
    http: 400,
    why: "Removing things by a list that is only half understood could remove the wrong ones; nothing was removed.",
    fix: "Give the run file that the run named on stderr, with the check files of that run: `schemaready smoke --cleanup-only .schemaready/smoke-ID.jsonl`.",
  },
  BASELINE_FILE: {
    exit: EXIT.usage,
    http: 400,
    why: "Whether a gap is new can only be said beside a list that is understood as a whole.",
    fix: "Write it again and look at the difference: `schemaready verify --write-baseline baseline.json`.",
  },
  PORT_UNAVAILABLE: {
    exit: EXIT.usage,
    http: 500,
    why: "The service could not start listening.",
    fix: "Choose another port with --port, or stop the program that uses this one.",
  },
  OUTPUT_FILE: {
    exit: EXIT.usage,
    http: 500,
    why: "There is no result at the place where you expect it.",
    fix: "Make the place writable, or give another one with --format FORMAT=PATH or --output PATH.",
  },
  INTERNAL: {
    exit: EXIT.bug,
    http: 500,
    why: "This is a bug in schemaready; the verdict is not known.",
    fix: "Please report it with the command and the text above.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
