/** A run file for the test that is running: runs that write it, one that is killed, and the clean-up by it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import type { SmokeSuite } from "../../src/model/flow.js";
import type { SmokeResult } from "../../src/model/report.js";
import { type CleanUpInput, cleanUpLater, runSmoke, type SmokeInput } from "../../src/smoke/index.js";
import type { TestApp } from "./test-app.js";

type Later = Partial<Pick<CleanUpInput, "baseUrl" | "onEvent">> & { readonly text?: string };

export interface TestRunFile {
  path(): string;
  read(): string;
  write(text: string): void;
  run(suites: readonly SmokeSuite[], parts?: Partial<SmokeInput>): Promise<SmokeResult>;
  /**
   * The process ends before its clean-up: what it would have sent never arrives.
   * @returns what stood in the file then
   */
  killed(suites: readonly SmokeSuite[], parts?: Partial<SmokeInput>): Promise<string>;
  /** The clean-up by the file. */
  later(suites: readonly SmokeSuite[], parts?: Later): Promise<SmokeResult>;
}

/** In a folder of its own, which is removed after the test. @param given what every run gets */
export function testRunFile(app: TestApp, given: Pick<Partial<SmokeInput>, "env" | "uuid"> = {}): TestRunFile {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "schemaready-run-file-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const path = () => join(directory, "run.jsonl");
  const read = () => readFileSync(path(), "utf8");
  const write = (text: string) => writeFileSync(path(), text);
  const { env = {} } = given;
  const problems: string[] = [];
  const onProblem = (message: string) => void problems.push(message);
  const withoutProblems = async (work: Promise<SmokeResult>) => {
    const result = await work;
    expect(problems.splice(0)).toEqual([]);
    return result;
  };

  const run: TestRunFile["run"] = (suites, parts = {}) => {
    const runFile = { paths: () => [path()], onOpen: () => {}, onProblem };
    const input = { suites, baseUrl: app.url, env, connection: null, runFile, ...given, ...parts };
    return withoutProblems(runSmoke(input));
  };
  const killed: TestRunFile["killed"] = async (suites, parts = {}) => {
    let text = "";
    const onEvent: SmokeInput["onEvent"] = ({ kind }) => {
      if (kind === "cleanup-start") text = read();
    };
    await run(suites, { ...parts, onEvent });
    write(text);
    return text;
  };
  const later: TestRunFile["later"] = (suites, { text = read(), baseUrl = null, onEvent } = {}) => {
    const runFile = { path: path(), text, onProblem };
    return withoutProblems(cleanUpLater({ suites, baseUrl, env, connection: null, runFile, onEvent }));
  };
  return { path, read, write, run, killed, later };
}
