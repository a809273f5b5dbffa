import { expect, it } from "vitest";
import { colourMode } from "../../../src/config/index.js";

it.each([
  [true, {}, "auto"],
  [undefined, {}, "auto"],
  [false, { FORCE_COLOR: "1" }, "never"],
  [true, { NO_COLOR: "1" }, "never"],
  [true, { NO_COLOR: "" }, "auto"],
  [true, { NO_COLOR: "1", FORCE_COLOR: "1" }, "always"],
  [true, { FORCE_COLOR: "0" }, "never"],
  [true, { TERM: "dumb" }, "never"],
] as const)("--color %s with %j is %s", (flag, environment, mode) => {
  expect(colourMode(flag, environment)).toBe(mode);
});
