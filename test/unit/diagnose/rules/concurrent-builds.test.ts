import { describe, expect, it } from "vitest";
import { concurrentBuildFailed } from "../../../../src/diagnose/rules/concurrent-build-failed.js";
import { concurrentBuildRunning } from "../../../../src/diagnose/rules/concurrent-build-running.js";
import { around, factsOf, gap, modelOf, subject, table } from "./facts.js";

const invalid = gap({
  id: "g1",
  code: "INVALID_INDEX",
  subject: subject("index", "files_idx", "files"),
  actual: { building: false },
});
const missing = gap({ id: "g2", code: "MISSING_INDEX", subject: subject("index", "other_idx", "files") });
const touched = {
  schema: "public",
  name: "files",
  usage: true,
  select: true,
  rowSecurity: false,
  owner: "boss",
  droppedColumns: 0,
  invalidIndexes: ["files_idx"],
};
const relation = { schema: "public", name: "files" };
const build = {
  pid: 7,
  relation,
  index: "files_idx",
  phase: "building index: scanning table",
  percent: 42,
  seconds: 60,
};
const hidden = { pid: 7, relation: null, index: null, phase: null, percent: null, seconds: null };
const lock = { ...relation, pid: 7, mode: "ShareUpdateExclusiveLock", granted: true, blockedBy: [] };
const both = (parts: Parameters<typeof around>[0], models = [modelOf(table("files", []))]) => {
  const facts = factsOf([], [invalid, missing], undefined, {
    surroundings: around({ touched: [touched], ...parts }),
    models,
  });
  return [...concurrentBuildRunning(facts), ...concurrentBuildFailed(facts)].map(({ code, confidence, gaps }) => [
    code,
    confidence,
    ...gaps,
  ]);
};

describe("CONCURRENT_BUILD_RUNNING and CONCURRENT_BUILD_FAILED", () => {
  it("are told apart by the build that is seen", () => {
    expect(both({ builds: [build] })).toEqual([["CONCURRENT_BUILD_RUNNING", "certain", "g1"]]);
    expect(both({})).toEqual([["CONCURRENT_BUILD_FAILED", "certain", "g1"]]);
  });

  it("names the phase and how far it is", () => {
    const facts = factsOf([], [invalid], undefined, { surroundings: around({ touched: [touched], builds: [build] }) });
    expect(concurrentBuildRunning(facts)[0]).toMatchObject({
      message:
        "Index files_idx is being built right now (42 % of its present phase): until that is done, no query uses it.",
      evidence: [{ fact: 'process 7 builds it: phase "building index: scanning table", 42 %, for 60 s' }],
    });
  });

  it("calls no build failed that may only be hidden", () => {
    expect(both({ builds: [hidden], locks: [lock] })).toEqual([["CONCURRENT_BUILD_RUNNING", "likely", "g1"]]);
    // A build somewhere else, and a vacuum here: neither builds this index.
    expect(both({ builds: [hidden], locks: [{ ...lock, pid: 8 }] })).toEqual([
      ["CONCURRENT_BUILD_FAILED", "certain", "g1"],
    ]);
    expect(both({ builds: [{ ...build, index: "another_idx" }] })).toEqual([
      ["CONCURRENT_BUILD_FAILED", "certain", "g1"],
    ]);
  });

  it("knows an index that became valid in between", () => {
    expect(both({ touched: [{ ...touched, invalidIndexes: [] }] })).toEqual([
      ["CONCURRENT_BUILD_RUNNING", "certain", "g1"],
    ]);
  });

  it("takes a build that shows no index for the missing one", () => {
    expect(both({ builds: [{ ...build, index: null }] })).toEqual([
      ["CONCURRENT_BUILD_RUNNING", "likely", "g2"],
      ["CONCURRENT_BUILD_FAILED", "certain", "g1"],
    ]);
  });

  it("says nothing of a partitioned table's index, nor without a second look, except that a build was seen at the first", () => {
    expect(both({}, [modelOf(table("files", [], { kind: "partitioned-table" }))])).toEqual([]);
    expect(concurrentBuildFailed(factsOf([], [invalid]))).toEqual([]);
    expect(concurrentBuildRunning(factsOf([], [invalid]))).toEqual([]);
    expect(concurrentBuildRunning(factsOf([], [{ ...invalid, actual: { building: true } }]))).toHaveLength(1);
  });
});
