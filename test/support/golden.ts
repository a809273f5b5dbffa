/** Texts that are compared as a whole with a file; `npm run golden` writes the files anew, and the diff is read. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

/** @param file URL of the expected text */
export function expectGolden(text: string, file: URL): void {
  if (process.env["UPDATE_GOLDEN"] !== undefined) {
    if (process.env["CI"]) throw new Error("CI compares golden files and never writes them: unset UPDATE_GOLDEN.");
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, "utf8"));
}
