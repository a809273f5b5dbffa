import { describe, expect, it } from "vitest";
import { withActivity } from "../../../src/history/running.js";
import type { RecordTool } from "../../../src/model/migrations.js";
import type { MigrationActivity } from "../../../src/model/observation.js";
import { migration } from "../../support/builders.js";

const HOLDER: MigrationActivity = {
  pid: 77,
  holder: "pgbouncer",
  since: null,
  lock: "advisory lock 72707369",
  idleSeconds: null,
};
const pending = [migration("a", "applied"), migration("b", "pending"), migration("c", "pending")];
const statuses = (tool: RecordTool, holders: readonly MigrationActivity[], migrations = pending) =>
  withActivity(migrations, { tool, activity: { known: true, value: holders } });

describe("withActivity", () => {
  it("takes the first that is not applied for the one that runs while the lock is held", () => {
    expect(statuses("prisma", [HOLDER]).map(({ status }) => status)).toEqual(["applied", "running", "pending"]);
  });

  it("does not take a lock that a dead deploy left behind for a migration that runs", () => {
    const [, b, c] = statuses("prisma", [{ ...HOLDER, idleSeconds: 7200 }]);
    expect(b).toMatchObject({ status: "pending", note: expect.stringContaining("session 77 (pgbouncer) holds the") });
    expect(b?.note).toContain("the next deploy waits for it in vain (P1002)");
    expect(c).toMatchObject({ status: "pending", note: null });
    const [begun] = statuses("prisma", [{ ...HOLDER, idleSeconds: 7200 }], [migration("b", "running")]);
    expect(begun).toMatchObject({ status: "failed", blocks: true, note: expect.stringContaining("session 77") });
  });

  it("believes a session that idles for a moment, another one that works, and tools that lock in a session of its own", () => {
    const idle = { ...HOLDER, idleSeconds: 7200 };
    expect(statuses("prisma", [{ ...HOLDER, idleSeconds: 2 }])[1]?.status).toBe("running");
    expect(statuses("prisma", [idle, { ...HOLDER, pid: 78 }])[1]?.note).toContain("session 78");
    expect(statuses("flyway", [idle])[1]?.status).toBe("running");
  });
});
