import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { targetProblem } from "../../../src/config/output-target.js";

/** Permissions do not hold for root, who may run the tests: what the system says to others is said here. */
const denied = vi.hoisted(() => ({ stat: new Set<string>(), write: new Set<string>() }));
vi.mock("node:fs", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs")>();
  const refuse = (paths: ReadonlySet<string>, path: unknown) => {
    if (paths.has(String(path)))
      throw Object.assign(new Error(`EACCES: permission denied, '${path}'`), { code: "EACCES" });
  };
  return {
    ...fs,
    statSync: (...parts: Parameters<typeof fs.statSync>) => {
      refuse(denied.stat, parts[0]);
      return fs.statSync(...parts);
    },
    accessSync: (...parts: Parameters<typeof fs.accessSync>) => {
      refuse(denied.write, parts[0]);
      return fs.accessSync(...parts);
    },
  };
});

let directory = "";
const at = (...names: string[]) => join(directory, ...names);

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "schemaready-target-"));
  for (const name of ["folder", "locked"]) mkdirSync(at(name));
  writeFileSync(at("old.json"), "{}");
  symlinkSync(at("loop"), at("loop"));
  execFileSync("mkfifo", [at("pipe")]);
  writeFileSync(at("locked", "old.json"), "{}");
  symlinkSync(at("locked", "old.json"), at("link.json"));
  symlinkSync(at("folder", "gone.json"), at("dangling.json"));
  denied.stat.add(at("private", "report.json"));
  denied.stat.add(at("private"));
  denied.write.add(at("locked"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("a file that a report goes to", () => {
  it("can be new, or replace an old one", () => {
    expect(targetProblem(at("new.json"))).toBeNull();
    expect(targetProblem(at("old.json"))).toBeNull();
    expect(targetProblem(at("dangling.json"))).toBeNull();
  });

  it("can be a pipe or a device, which is written to as it is, whatever its directory", () => {
    expect(targetProblem(at("pipe"))).toBeNull();
    expect(targetProblem("/dev/null")).toBeNull();
  });

  it.each([
    ["missing/x.json", /^the directory of .* does not exist$/],
    ["old.json/x.json", /old\.json is not a directory$/],
    ["folder", /folder is a directory$/],
    ["loop/x.json", /loop\/x\.json cannot be written: the symbolic links lead in a circle \(ELOOP\)$/],
    ["private/report.json", /private\/report\.json cannot be written: permission denied \(EACCES\)$/],
    ["locked/report.json", /locked\/report\.json cannot be written: permission denied \(EACCES\)$/],
    // The link is followed: what counts is the directory of the file itself.
    ["link.json", /link\.json cannot be written: permission denied \(EACCES\)$/],
  ])("cannot be %s", (name, problem) => {
    expect(targetProblem(at(name))).toMatch(problem);
  });
});
