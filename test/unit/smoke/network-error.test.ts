import { describe, expect, it } from "vitest";
import { describeNetworkError, type NetworkContext } from "../../../src/smoke/network-error.js";
import { prepareRequest } from "../../../src/smoke/request.js";
import { request } from "../../support/flows.js";

const prepared = prepareRequest(
  request("GET /x", { timeoutMs: 1_200 }),
  new URL("http://app.test"),
  () => undefined,
  {},
);
const failed = (code: string, parts: Partial<NetworkContext> = {}) => {
  const context = { request: prepared, status: null, connecting: false, ended: null, ...parts };
  return describeNetworkError(Object.assign(new Error("x"), { code }), context);
};

describe("an exchange whose time is over", () => {
  it.each([
    ["UND_ERR_HEADERS_TIMEOUT", null, "no answer within 1200 ms"],
    ["UND_ERR_BODY_TIMEOUT", 200, "status 200 came, but the answer did not end within 1200 ms"],
  ])("is told in the same words whoever noticed it: %s", (code, status, failure) => {
    expect(failed(code, { status })).toEqual({ failure, sent: true, ended: "final" });
    expect(failed("ABORT_ERR", { status, ended: "timeout" })).toEqual({ failure, sent: true, ended: "final" });
  });
});
