/**
 * A database of its own for each test, on the server that global-setup.ts provides. Names are unique, so test files run
 * in parallel and in any order. With KEEP_TEST_DATABASES set, a database whose test failed stays for a look (on the
 * server of TEST_DATABASE_URL; the embedded one ends with the run).
 */
import { createHash, randomBytes } from "node:crypto";
import { basename } from "node:path";
import pg from "pg";
import { afterEach, expect, inject, TestRunner } from "vitest";

export interface TestRole {
  readonly name: string;
  /** Connects to the test database as this role. */
  readonly url: string;
}

export interface RoleOptions {
  /** As in CREATE ROLE: `superuser`, `bypassrls`, `noinherit`, `in role x`, ... */
  readonly attributes?: string;
  /** Statements to run for the role as the superuser; `ROLE` in them is its quoted name. */
  readonly grants?: string;
}

export interface TestDatabase {
  readonly name: string;
  /** Connects as the administrator (the owner of the database). */
  readonly url: string;
  /** `server_version_num` */
  readonly serverVersion: number;
  /** Runs a script of one or more statements as the administrator. */
  sql(script: string): Promise<void>;
  query<R extends pg.QueryResultRow>(text: string, params?: readonly unknown[]): Promise<R[]>;
  /** Another session as the administrator, for locks and concurrency; ended by drop(). */
  connect(): Promise<pg.Client>;
  /** A login role that owns nothing and may nothing, with a random password; dropped by drop(). */
  createRole(options?: RoleOptions): Promise<TestRole>;
  /** Ends its sessions, so that it can be the template of others; then only drop() is of use. */
  disconnect(): Promise<void>;
  /** Drops the database and its roles; resolves when they are gone. May be called twice. */
  drop(): Promise<void>;
}

const keep = Boolean(process.env["KEEP_TEST_DATABASES"]);
let someTestFailed = false;
// Registered for the file that imports this module: each test file has its own copy.
if (keep) {
  afterEach(({ task }) => {
    someTestFailed ||= task.result?.state === "fail";
  });
}

/** The administrator's URL of the server for this run. */
export function serverUrl(): string {
  const url = inject("postgresUrl");
  if (url) return url;
  throw new Error("This vitest project has no PostgreSQL: name test/support/global-setup.ts in its globalSetup.");
}

export interface DatabaseOptions {
  /** Name of a database without sessions, to be copied with all that is in it; default: nothing is in it. */
  readonly template?: string;
}

/**
 * Creates a database (UTF8, locale C), by default an empty one.
 * @param name what it is for; becomes part of the database's name
 */
export async function createTestDatabase(
  name: string,
  { template = "template0" }: DatabaseOptions = {},
): Promise<TestDatabase> {
  const database = uniqueName(name);
  await asAdministrator((admin) =>
    admin.query(`create database "${database}" template "${template}" encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`),
  );
  const url = urlFor(database);
  const clients: pg.Client[] = [];
  const roles: string[] = [];
  const connect = async () => {
    const client = await openClient(url);
    clients.push(client);
    return client;
  };
  const main = await connect();
  let dropping: Promise<void> | null = null;
  return {
    name: database,
    url,
    serverVersion: await readServerVersion(main),
    sql: async (script) => {
      await main.query(script);
    },
    query: async <R extends pg.QueryResultRow>(text: string, params: readonly unknown[] = []) =>
      (await main.query<R>(text, [...params])).rows,
    connect,
    createRole: (options = {}) => createRole(main, database, roles, options),
    disconnect: async () => {
      await Promise.all(clients.map(endClient));
    },
    drop: () => {
      dropping ??= dropDatabase(database, clients, roles);
      return dropping;
    },
  };
}

async function createRole(
  main: pg.Client,
  database: string,
  roles: string[],
  { attributes = "", grants = "" }: RoleOptions,
): Promise<TestRole> {
  const name = `${database.slice(0, 50)}_r${randomBytes(4).toString("hex")}`;
  const password = randomBytes(12).toString("base64url");
  await main.query(`create role "${name}" login ${attributes} password '${password}'`);
  roles.push(name);
  if (grants !== "") await main.query(grants.replaceAll(/\bROLE\b/g, `"${name}"`));
  return { name, url: urlFor(database, { name, password }) };
}

async function dropDatabase(database: string, clients: readonly pg.Client[], roles: readonly string[]): Promise<void> {
  const failed = someTestFailed || TestRunner.getCurrentTest()?.result?.state === "fail";
  if (keep && failed) {
    process.stderr.write(`kept: database ${database}${roles.map((role) => `, role ${role}`).join("")}\n`);
    await Promise.all(clients.map(endClient));
    return;
  }
  await Promise.all(clients.map(endClient));
  if (roles.length > 0) await dropOwned(database, roles);
  await asAdministrator(async (admin) => {
    await admin.query(`drop database if exists "${database}" with (force)`);
    for (const role of roles) await admin.query(`drop role if exists "${role}"`);
  });
}

/** Roles belong to the whole server: what they own or were granted here must go before they can. */
async function dropOwned(database: string, roles: readonly string[]): Promise<void> {
  const client = await openClient(urlFor(database));
  try {
    await client.query(`drop owned by ${roles.map((role) => `"${role}"`).join(", ")} cascade`);
  } finally {
    await endClient(client);
  }
}

async function asAdministrator<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = await openClient(serverUrl());
  try {
    return await work(admin);
  } finally {
    await endClient(admin);
  }
}

async function openClient(url: string): Promise<pg.Client> {
  // The timeout ends what hangs before vitest does; it also keeps PGOPTIONS of whoever runs the tests out.
  const client = new pg.Client({ connectionString: url, options: "-c statement_timeout=50s" });
  // Tests cut connections on purpose; without a listener Node would end the process.
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function endClient(client: pg.Client): Promise<void> {
  await client.end().catch(() => {});
}

async function readServerVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  return rows[0]?.version ?? 0;
}

function urlFor(database: string, role?: { name: string; password: string }): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  if (role !== undefined) {
    url.username = role.name;
    url.password = role.password;
  }
  return url.href;
}

/** Test file, what it is for, a digest of the test's title, and chance: at most 63 bytes. */
function uniqueName(purpose: string): string {
  const { testPath = "", currentTestName = "" } = expect.getState();
  const slug = (text: string, length: number) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_|_$/g, "")
      .slice(0, length);
  const digest = createHash("sha256").update(currentTestName).digest("hex").slice(0, 4);
  const file = slug(basename(testPath).replace(/\.test\.ts$/, ""), 18);
  return `t_${file}_${slug(purpose, 20)}_${digest}${randomBytes(4).toString("hex")}`;
}
