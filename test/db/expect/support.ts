/** Check files compiled in databases of the test run's server. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { SchemareadyError } from "../../../src/errors/index.js";
import { compileContract, type KnownSchema, loadCheckFiles, NOTHING_KNOWN } from "../../../src/expect/index.js";
import type { Application, Contract, ExpectedRelation } from "../../../src/model/contract.js";
import type { Column } from "../../../src/model/schema.js";
import { type ScratchServer, startScratch } from "../../../src/scratch/index.js";
import { serverUrl } from "../../support/postgres.js";

export type Files = Readonly<Record<string, string>>;

export interface Compiler {
  /** Name of the file -> its text. */
  compile(files: Files, defaultSchema?: string, known?: KnownSchema): Promise<Contract>;
  /** As compile, for one file with the two lines that every file begins with. */
  compileBody(body: string, defaultSchema?: string): Promise<Application>;
  /** `server_version_num` of the throwaway server. */
  serverVersion(): number;
  /** What is wrong: `code`, and `name:line:column: message` for each problem. */
  refusal(files: Files, known?: KnownSchema): Promise<{ code: string; problems: string[] }>;
}

/** A compiler for the tests of one file; registers its own start and end. */
export function useCompiler(): Compiler {
  let scratch: ScratchServer | null = null;
  beforeAll(async () => {
    scratch = await startScratch({ url: serverUrl() });
  });
  afterAll(() => scratch?.close());
  const compile = async (files: Files, defaultSchema = "public", known = NOTHING_KNOWN) => {
    if (scratch === null) throw new Error("the throwaway server has not been started");
    const checks = await loadFiles(files, known);
    return compileContract({ checks, scratch, defaultSchema, known });
  };
  return {
    compile,
    serverVersion: () => scratch?.serverVersion ?? 0,
    compileBody: async (body, defaultSchema) =>
      applicationOf(await compile({ "a.yaml": `version: 1\napplication: demo\n${body}\n` }, defaultSchema)),
    refusal: async (files, known) => {
      try {
        await compile(files, undefined, known);
      } catch (error) {
        if (!(error instanceof SchemareadyError)) throw error;
        const short = (text: string) => text.replaceAll(/\S*schemaready-expect-\w+\//g, "");
        const problems = error.problems.map(({ place = "", message }) => short(`${place}: ${message}`));
        return { code: error.code, problems };
      }
      throw new Error("the files compile");
    },
  };
}

export async function loadFiles(files: Files, known = NOTHING_KNOWN) {
  const directory = mkdtempSync(join(tmpdir(), "schemaready-expect-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return await loadCheckFiles([directory], { known });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function applicationOf({ applications }: Contract): Application {
  const [application] = applications;
  if (application === undefined) throw new Error("the contract has no application");
  return application;
}

export function relationNamed(application: Application, name: string): ExpectedRelation {
  const found = application.relations.find((relation) => relation.name === name);
  if (found === undefined) throw new Error(`no relation ${name}`);
  return found;
}

export function columnNamed(relation: ExpectedRelation, name: string): Column {
  const found = relation.columns.find((column) => column.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}
