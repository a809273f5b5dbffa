import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "../../../demo/app/password.js";

describe("hashPassword", () => {
  it("gives a text that only its own password fits", async () => {
    const stored = await hashPassword("correct horse battery staple");
    expect(stored).toMatch(/^scrypt\$16384\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(await verifyPassword("correct horse battery staple", stored)).toBe(true);
    expect(await verifyPassword("correct horse battery stapler", stored)).toBe(false);
    expect(await verifyPassword("", stored)).toBe(false);
  });

  it("salts: the same password gives another text each time", async () => {
    expect(await hashPassword("twelve chars")).not.toBe(await hashPassword("twelve chars"));
  });
});

describe("verifyPassword", () => {
  it.each(["", "plain text", "bcrypt$10$8$1$c2FsdA$aGFzaA", "scrypt$16384$8$1$c2FsdA$", "scrypt$3$8$1$c2FsdA$aGFzaA"])(
    "lets nobody in with the stored text %j",
    async (stored) => {
      expect(await verifyPassword("plain text", stored)).toBe(false);
    },
  );
});
