import { describe, expect, it } from "vitest";
import { signToken, verifyToken } from "../../../demo/app/token.js";

const NOW = Date.parse("2025-10-16T02:10:34Z");
const DAY = 24 * 3600 * 1000;

describe("tokens", () => {
  const token = signToken("user-1", "secret", NOW);
  const [header = "", payload = "", signature = ""] = token.split(".");

  it("name their user for seven days", () => {
    expect(verifyToken(token, "secret", NOW)).toBe("user-1");
    expect(verifyToken(token, "secret", NOW + 7 * DAY - 1)).toBe("user-1");
    expect(verifyToken(token, "secret", NOW + 7 * DAY)).toBeNull();
  });

  it("are not accepted from another signer", () => {
    expect(verifyToken(signToken("user-1", "other", NOW), "secret", NOW)).toBeNull();
  });

  it("are not accepted after a change", () => {
    const forged = Buffer.from(JSON.stringify({ userId: "user-2", iat: 0, exp: 9e9 })).toString("base64url");
    const unsigned = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
    expect(verifyToken(`${header}.${forged}.${signature}`, "secret", NOW)).toBeNull();
    expect(verifyToken(`${unsigned}.${payload}.`, "secret", NOW)).toBeNull();
    expect(verifyToken(`${header}.${payload}.${signature}.more`, "secret", NOW)).toBeNull();
    expect(verifyToken("", "secret", NOW)).toBeNull();
  });
});
