import { expect, it } from "vitest";
import { displayTime } from "../../../src/model/time.js";

it.each([
  ["2025-10-16T02:10:34.123456Z", "2025-10-16 02:10:34 UTC"],
  ["2025-10-16T02:10:34Z", "2025-10-16 02:10:34 UTC"],
  ["12025-10-16T02:10:34.1Z", "12025-10-16 02:10:34 UTC"],
  ["yesterday", "yesterday"],
])("displayTime(%j)", (iso, text) => {
  expect(displayTime(iso)).toBe(text);
});
