import { afterEach, describe, expect, it, vi } from "vitest";
import { childEnvironment } from "../../../src/config/index.js";

afterEach(() => vi.unstubAllEnvs());

describe("childEnvironment", () => {
  it("hands on what a program needs to run, and nothing that redirects or betrays", () => {
    vi.stubEnv("PATH", "/bin");
    vi.stubEnv("TMPDIR", "/elsewhere");
    for (const name of ["PGDATA", "PGPASSWORD", "PGOPTIONS", "NODE_OPTIONS", "DATABASE_URL", "LD_PRELOAD", "TZ"]) {
      vi.stubEnv(name, "secret");
    }
    const environment = childEnvironment();
    expect(environment).toMatchObject({ PATH: "/bin", TMPDIR: "/elsewhere" });
    expect(Object.values(environment)).not.toContain("secret");
  });

  it("leaves out what is not set", () => {
    vi.stubEnv("TMPDIR", undefined);
    expect(childEnvironment()).not.toHaveProperty("TMPDIR");
  });
});
