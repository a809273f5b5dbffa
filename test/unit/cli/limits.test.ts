import { expect, it } from "vitest";
import { limitsFor } from "../../../src/cli/limits.js";
import { DEFAULT_LIMITS } from "../../../src/db/index.js";

it("keeps the defaults, and their proportions for another timeout", () => {
  expect(limitsFor(DEFAULT_LIMITS.totalTimeoutMs)).toEqual(DEFAULT_LIMITS);
  const limits = limitsFor(DEFAULT_LIMITS.totalTimeoutMs * 4);
  expect(limits.statementTimeoutMs).toBe(DEFAULT_LIMITS.statementTimeoutMs * 4);
  expect(Math.min(...Object.values(limitsFor(1)))).toBeGreaterThan(0);
});
