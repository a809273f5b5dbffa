import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { ROOT, readText } from "./source.js";

/** Assembled from parts, so that this file does not hold what it looks for. */
const FORBIDDEN: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: "a path of one machine",
    pattern: new RegExp(["/wo", "rk/|/tmp/bash", "_jobs|/ho", "me/[a-z]+/|/Us", "ers/[A-Za-z]+/"].join("")),
  },
  {
    what: "a package registry other than the public one",
    pattern:
      /https?:\/\/(?!registry\.npmjs\.org|www\.npmjs\.com|docs\.npmjs\.com)[^\s/"'`)]*(?:npm|registry|artifactory|nexus|verdaccio)[^\s/"'`)]*\//i,
  },
  {
    what: "a registry setting or its credential",
    pattern: new RegExp(["(?:^|[\\s/:])registry", "\\s*=\\s*http|_auth", "Token|_pass", "word\\s*="].join(""), "m"),
  },
  { what: "a private key", pattern: new RegExp(["-----BEGIN [A-Z ]*PRIV", "ATE KEY-----"].join("")) },
  { what: "work left for later", pattern: new RegExp(["\\b(?:TO", "DO|FIX", "ME|X", "XX)\\b"].join("")) },
];

const EXAMPLES: readonly (readonly [what: string, text: string])[] = [
  ["a path of one machine", ["see /wo", "rk/main/src"].join("")],
  ["a package registry other than the public one", ["https://npm", ".example.com/pg"].join("")],
  ["a registry setting or its credential", ["regis", "try=https://example.com"].join("")],
  ["a private key", ["-----BEGIN RSA PRIV", "ATE KEY-----"].join("")],
  ["work left for later", ["// TO", "DO: later"].join("")],
];

/** Committed files and new ones that are not ignored, without binaries. */
function committedFiles(): string[] {
  const list = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: ROOT });
  return [
    ...new Set(
      list
        .toString("utf8")
        .split("\0")
        .filter((path) => path !== ""),
    ),
  ];
}

function found(text: string): string[] {
  return FORBIDDEN.filter(({ pattern }) => pattern.test(text)).map(({ what }) => what);
}

describe("committed text", () => {
  it("belongs to the product and to no machine", () => {
    const files = committedFiles();
    expect(files.length).toBeGreaterThan(20);
    const problems = files.flatMap((path) =>
      readLines(path).flatMap((text, index) => found(text).map((what) => `${path}:${index + 1}: ${what}`)),
    );
    expect(problems).toEqual([]);
  });

  it.each(EXAMPLES)("is searched for %s", (what, text) => {
    expect(found(text)).toEqual([what]);
  });

  it("may name the public registry", () => {
    expect(found("https://registry.npmjs.org/pg/")).toEqual([]);
  });
});

/** Lines of a file; none for a binary, or for one that was deleted and not committed yet. */
function readLines(path: string): string[] {
  try {
    const text = readText(path);
    return text.includes("\0") ? [] : text.split("\n");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR")) return [];
    throw error;
  }
}
