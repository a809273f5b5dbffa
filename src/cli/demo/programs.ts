/** What the story runs: which program, with which arguments and which environment. */
import { randomBytes } from "node:crypto";
import type { Program } from "./children.js";

/** The check file of the sample application; relative to the package, as people type it. */
export const CHECKS = "checks/avatar-creator.yaml";
const FIX = "demo/fix";

export interface Programs {
  /** Builds the incident; prints one JSON line with the token of a customer. */
  readonly incident: Program;
  readonly seed: Program;
  readonly application: Program;
  /** demo/migrate.ts */
  migrate(...args: readonly string[]): Program;
  readonly deployWithFix: Program;
  readonly verify: Program;
  readonly service: Program;
  /** @param token of the customer, for the flow of somebody who is signed in already */
  smoke(application: string, token: string): Program;
}

/** Passwords and tokens go into the environment: command lines are visible to every process of the machine. */
export function createPrograms({ databaseUrl, colour }: { databaseUrl: string; colour: boolean }): Programs {
  const database = { DATABASE_URL: databaseUrl };
  const signing = { ...database, JWT_SECRET: randomBytes(32).toString("hex") };
  const tool = {
    ...database,
    // The server that runs already is good enough to build the expectations in.
    SCHEMAREADY_SCRATCH_URL: databaseUrl,
    ...(colour ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }),
  };
  const migrate = (...args: readonly string[]) => ({ script: "demo/migrate.js", args, env: database });
  const schemaready = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => ({
    script: "cli.js",
    args: [...args, "--checks", CHECKS],
    env: { ...tool, ...env },
  });
  return {
    incident: { script: "demo/prepare.js", args: ["incident"], env: signing },
    seed: { script: "demo/prepare.js", args: ["seed"], env: database },
    application: { script: "demo/app/server.js", args: [], env: { ...signing, PORT: "0", LOG_LEVEL: "error" } },
    migrate,
    deployWithFix: migrate("deploy", "--also", FIX),
    verify: schemaready(["verify"]),
    service: schemaready([
      "serve",
      "--port",
      "0",
      "--refresh-interval",
      "500ms",
      "--log-level",
      "error",
      "--drain-delay",
      "0s",
    ]),
    smoke: (application, token) => schemaready(["smoke", "--base-url", application], { SMOKE_TOKEN: token }),
  };
}
