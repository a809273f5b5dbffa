/**
 * One PostgreSQL for the whole test run. Several vitest projects name this file and each gets its own copy of the
 * module, so what they share hangs on globalThis: the first to come starts the server, the last to go stops it.
 */
import type { TestProject } from "vitest/node";
import { startTestServer, type TestServer } from "./test-server.js";

declare module "vitest" {
  interface ProvidedContext {
    /** PostgreSQL URI of a role that may create databases and roles. */
    postgresUrl: string;
  }
}

interface Shared {
  users: number;
  server: Promise<TestServer> | null;
}

const KEY = Symbol.for("schemaready.test-server");

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = sharedState();
  shared.server ??= startTestServer(process.env, say).then((server) => {
    say(server.description);
    return server;
  });
  const server = await shared.server;
  shared.users += 1;
  project.provide("postgresUrl", server.url);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    shared.server = null;
    await server.stop();
  };
}

function sharedState(): Shared {
  const holder = globalThis as { [KEY]?: Shared };
  holder[KEY] ??= { users: 0, server: null };
  return holder[KEY];
}

function say(line: string): void {
  process.stderr.write(`PostgreSQL for the tests: ${line}\n`);
}
