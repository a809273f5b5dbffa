/**
 * The PostgreSQL for a test run, by this order: a running server (TEST_DATABASE_URL), a container
 * (TEST_POSTGRES=testcontainers, when Docker answers), the embedded one (of TEST_POSTGRES_BINARIES, when given).
 */
import pg from "pg";
import { SchemareadyError } from "../../src/errors/index.js";
import { startPostmaster } from "../../src/scratch/index.js";

export interface TestServer {
  /** A role that may create databases and roles; with its password. */
  readonly url: string;
  readonly description: string;
  stop(): Promise<void>;
}

type Settings = Readonly<Record<string, string | undefined>>;

/** @throws Error whose whole text is a message for people: what was tried, and the command that mends it */
export async function startTestServer(settings: Settings, say: (line: string) => void): Promise<TestServer> {
  const given = settings["TEST_DATABASE_URL"];
  if (given) return useServer(given);
  if (settings["TEST_POSTGRES"] === "testcontainers") {
    const container = await startContainer().catch((error: unknown) => {
      say(`no container (${firstLine(error)}); using the embedded PostgreSQL instead`);
      return null;
    });
    if (container !== null) return container;
  }
  return startEmbedded(settings["TEST_POSTGRES_BINARIES"] || null);
}

async function useServer(url: string): Promise<TestServer> {
  try {
    return { url, description: `${await readVersion(url)} of TEST_DATABASE_URL`, stop: async () => {} };
  } catch (error) {
    throw readable(
      `TEST_DATABASE_URL cannot be used: ${firstLine(error)}`,
      "unset TEST_DATABASE_URL, which starts a PostgreSQL here, or give a role that may create databases",
    );
  }
}

async function startContainer(): Promise<TestServer> {
  const { GenericContainer, Wait } = await import("testcontainers");
  const password = "throwaway";
  const container = await new GenericContainer("postgres:17")
    .withEnvironment({ POSTGRES_PASSWORD: password })
    .withExposedPorts(5432)
    .withCommand(["postgres", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"])
    // The image starts a server for its own setup first, and then the one that stays.
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
    .start();
  const url = `postgresql://postgres:${password}@${container.getHost()}:${container.getMappedPort(5432)}/postgres`;
  return {
    url,
    description: `${await readVersion(url)} in a container`,
    stop: async () => {
      await container.stop();
    },
  };
}

async function startEmbedded(binaries: string | null): Promise<TestServer> {
  try {
    // On a port: tests stand in its way with proxies, and change the parts of its URL.
    const postmaster = await startPostmaster(binaries, { listen: "loopback" });
    return {
      url: postmaster.url,
      description: `embedded ${await readVersion(postmaster.url)}`,
      stop: () => postmaster.stop(),
    };
  } catch (error) {
    throw readable(
      `no PostgreSQL for the tests: ${firstLine(error)}`,
      error instanceof SchemareadyError && !error.fix.includes("--scratch-url")
        ? error.fix
        : "npm install --include=optional, or TEST_DATABASE_URL=postgresql://USER:PASSWORD@HOST/DATABASE npm test",
    );
  }
}

async function readVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
    return `PostgreSQL ${rows[0]?.version}`;
  } finally {
    await client.end().catch(() => {});
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message || ((error as NodeJS.ErrnoException).code ?? error.name) : "";
  return (message || String(error)).split("\n")[0] ?? "";
}

/** An error without a stack: vitest prints the stack, and where in our support code it was thrown helps nobody. */
function readable(what: string, fix: string): Error {
  const error = new Error(`${what}\n  what to do: ${fix}`);
  error.stack = error.message;
  return error;
}
