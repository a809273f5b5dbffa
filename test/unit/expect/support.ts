/** Check files that exist for one test. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { SchemareadyError } from "../../../src/errors/index.js";
import { type LoadedChecks, loadCheckFiles } from "../../../src/expect/index.js";

/** A directory that is gone when the test is over. */
export function directory(): string {
  const path = mkdtempSync(join(tmpdir(), "schemaready-expect-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Writes the files (name -> text) and loads the directory. */
export async function load(files: Readonly<Record<string, string | Buffer>>): Promise<LoadedChecks> {
  const path = directory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return loadCheckFiles([path]);
}

/** Loads one file with the two lines that every file begins with. */
export function loadBody(body: string): Promise<LoadedChecks> {
  return load({ "a.yaml": `version: 1\napplication: demo\n${body}` });
}

/** What is wrong with the files, as `name:line:column: message`. */
export async function problemsOf(files: Readonly<Record<string, string | Buffer>>): Promise<string[]> {
  return problems(load(files));
}

/** As problemsOf, with the text that stands at the place instead of its numbers: `idd | relation ...`. */
export async function quotedProblems(body: string): Promise<string[]> {
  const lines = ["", "", "", ...body.split("\n")];
  return (await problemsOfBody(body)).map((problem) => {
    const [, line = 0, column = 0, message = problem] = /^a\.yaml:(\d+):(\d+): ([\s\S]*)$/.exec(problem) ?? [];
    const rest = lines[Number(line)]?.slice(Number(column) - 1) ?? "";
    return `${/^(?:'[^']*'|"[^"]*"|[^,:\]}]*)/.exec(rest)?.[0].trim()} | ${message}`;
  });
}

export async function problemsOfBody(body: string): Promise<string[]> {
  return problems(loadBody(body));
}

async function problems(loading: Promise<LoadedChecks>): Promise<string[]> {
  try {
    await loading;
    return [];
  } catch (error) {
    if (!(error instanceof SchemareadyError)) throw error;
    return error.problems.map(({ place = "", message }) => `${place.replace(/^.*\//, "")}: ${message}`);
  }
}
