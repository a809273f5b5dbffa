import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Projects that need a real PostgreSQL share one server for the whole run: test/support/global-setup.ts. */
const withPostgres = (name: string) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

const pure = (name: string) => ({ test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: 20_000 } });

export default defineConfig({
  test: {
    // A test that asks PostgreSQL waits for another process: on two processors two of them are faster than one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      pure("unit"),
      pure("architecture"),
      withPostgres("db"),
      withPostgres("incidents"),
      withPostgres("http"),
      withPostgres("smoke"),
      withPostgres("cli"),
      { test: { name: "browser", include: ["test/browser/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 } },
      withPostgres("deploy"),
      withPostgres("drift"),
    ],
  },
});
