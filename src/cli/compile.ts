/** `schemaready compile`: once, at build time, from what there is to the contract file that the others start from. */
import type { Command } from "commander";
import { type CompileSettings, compileSettings, type Flags, type SettingName } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { printContract } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import { displaySafe } from "../report/index.js";
import { compileSources, type Source, sourcePath } from "../sources/index.js";
import type { CliIo } from "./io.js";
import { checkNamedSchema } from "./named-schema.js";
import { addSettings, helpTail } from "./options.js";
import { writeWhole } from "./outputs.js";
import { createProgress, type Progress } from "./progress.js";
import { inSources } from "./sources.js";

const SETTINGS: readonly SettingName[] = [
  "checks",
  "migrations",
  "prisma",
  "tool",
  "sql",
  "fromContract",
  "fromDatabase",
  "schema",
  "output",
  "timeout",
  "scratchUrl",
  "scratchVersion",
  "scratchBinaries",
];

export function addCompile(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("compile")
    .summary("write the contract file that verify, serve and smoke can start from")
    .description(
      "Compiles check files, or what migrations or an SQL file make, or a Prisma schema, or the schema of a reference database, or another contract, each joined with check files if you name some, into one contract file: the same bytes for the same input on every machine. With it, verify and serve need no throwaway PostgreSQL.",
    );
  addSettings(command, SETTINGS)
    .option("--keep-going", "go on after a migration that fails, and list every one that does")
    .addHelpText(
      "after",
      helpTail({
        settings: SETTINGS,
        exits: [
          [EXIT.ok, "the contract was written"],
          [EXIT.unverified, "the reference database could not be read, or the throwaway PostgreSQL not be started"],
        ],
        example: "schemaready compile --migrations prisma/migrations --checks checks/ -o contract.json",
      }),
    )
    .action((flags: Flags) => run(runCompile(flags, io)));
}

async function runCompile(flags: Flags, io: CliIo): Promise<ExitCode> {
  const settings = compileSettings({ flags, environment: io.environment, directory: io.directory });
  const contract = await compile(settings, createProgress(io, settings.quiet), io);
  checkNamedSchema(contract, settings.namedSchema, settings.fromContract, (message) => {
    if (!settings.quiet) io.stderr.write(`${displaySafe(message)}\n`);
  });
  const text = printContract(contract);
  if (settings.output === null) io.stdout.write(text);
  else await writeWhole(settings.output, text, "contract");
  if (!settings.quiet && settings.output !== null) io.stderr.write(`${displaySafe(summary(contract))}\n`);
  return EXIT.ok;
}

function compile(settings: CompileSettings, progress: Progress, io: CliIo): Promise<Contract> {
  const { checks, schema, sourcePlace } = settings;
  const source = sourceOf(settings, io);
  // Of a contract nothing can be left out; its applications know their schemas.
  const request = source === null ? null : { source, schema, schemas: schema === null ? null : [schema] };
  const named = request === null || sourcePlace === null ? null : { request, place: sourcePlace };
  return inSources(settings, progress, io, (context) =>
    compileSources({ named, checks, defaultSchema: schema, environment: io.environment }, context),
  );
}

/** Null: the check files are the only source. */
function sourceOf(settings: CompileSettings, { directory }: CliIo): Source | null {
  const { migrations, tool, keepGoing, prisma, sql, fromContract, fromDatabase } = settings;
  const at = (path: string) => sourcePath(path, directory);
  if (migrations !== null) return { kind: "migrations", directory: at(migrations), tool, keepGoing };
  if (prisma !== null) return { kind: "prisma", schema: at(prisma) };
  if (sql !== null) return { kind: "sql", file: at(sql) };
  if (fromContract !== null) return { kind: "contract", file: at(fromContract) };
  return fromDatabase === null ? null : { kind: "database", connection: fromDatabase };
}

function summary({ id, source, applications }: Contract): string {
  const count = (what: string, of: (application: Contract["applications"][number]) => readonly unknown[]) => {
    const number = applications.reduce((sum, application) => sum + of(application).length, 0);
    return `${number} ${what}${number === 1 ? "" : "s"}`;
  };
  const parts = [count("relation", ({ relations }) => relations), count("feature", ({ features }) => features)];
  const names = applications.map(({ name }) => name).join(", ");
  return `contract of ${names} from ${source.replace("-", " ")}: ${parts.join(", ")}; ${id}`;
}
