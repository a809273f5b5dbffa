import { describe, expect, it } from "vitest";
import { advisoryKeys } from "../../../src/history/lock-keys.js";

const TABLE = { schema: "public", name: "schema_migrations" };

describe("advisoryKeys", () => {
  // Of database "app", computed outside this project with zlib's CRC-32 and a plain FNV-1.
  it.each([
    ["prisma", 72_707_369n],
    ["node-pg-migrate", 7_241_865_325_823_964n],
    ["goose", 4_097_083_626n],
    ["flyway", 77_431_708_279_161n + 123_456_789n],
    ["flyway", 77_431_708_279_161n - 123_456_789n],
    ["rails", 6_939_591_962_871_035_475n],
    ["sqlx", 3_469_795_979_745_788_610n],
    ["golang-migrate", 346_699_726n],
    ["atlas", 2_686_470_616n],
  ] as const)("knows the lock of %s, %s, and no other", (tool, key) => {
    const isLock = advisoryKeys(tool, "app", TABLE);
    expect(isLock(key)).toBe(true);
    expect(isLock(key + 2n ** 33n)).toBe(false);
    expect(isLock(1n)).toBe(false);
  });

  it("depends on the database where the tool's does", () => {
    expect(advisoryKeys("rails", "other", TABLE)(6_939_591_962_871_035_475n)).toBe(false);
  });

  it("knows none of tools that take none", () => {
    for (const tool of ["knex", "drizzle", "dbmate", "django"] as const) {
      expect(advisoryKeys(tool, "app", TABLE)(72_707_369n)).toBe(false);
    }
  });
});
