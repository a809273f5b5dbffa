import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayConnection, parseConnectionString } from "../../../src/config/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";

function problemsOf(text: string): string[] {
  try {
    parseConnectionString(text);
  } catch (error) {
    if (error instanceof SchemareadyError) return error.problems.map(({ message }) => message);
    throw error;
  }
  throw new Error("was accepted");
}

describe("parseConnectionString", () => {
  it("reads a Prisma URL with all of its parameters", () => {
    const url =
      "postgresql://app:s%40cret@db.internal:6543/shop?schema=app&connection_limit=5&pgbouncer=true&sslmode=require&connect_timeout=3&pool_timeout=0&statement_cache_size=0";
    expect(parseConnectionString(url)).toEqual({
      host: "db.internal",
      port: 6543,
      database: "shop",
      user: "app",
      password: "s@cret",
      schema: "app",
      connectTimeoutMs: 3000,
      applicationName: "schemaready",
      ssl: { mode: "require", rootCertificate: null, certificate: null, key: null },
    });
  });

  it("fills in libpq's defaults", () => {
    const connection = parseConnectionString("postgres://app@db/shop");
    expect(connection).toMatchObject({ port: 5432, password: null, schema: null, ssl: { mode: "prefer" } });
  });

  it.each([
    ["postgresql://u@/d?host=/var/run/postgresql", "/var/run/postgresql"],
    ["postgresql://u@[::1]:5433/d", "::1"],
    ["postgresql://u@%2Frun%2Fpg/d", "/run/pg"],
  ])("finds the host of %s", (url, host) => {
    expect(parseConnectionString(url).host).toBe(host);
  });

  it("takes the schema from options, as libpq users write it", () => {
    expect(parseConnectionString("postgresql://u@h/d?options=-c%20search_path%3Dapp,public").schema).toBe("app");
  });

  it.each([
    ["mysql://u:hunter2@h/d", /does not begin with postgresql/],
    ["prisma+postgres://accelerate.example/?api_key=hunter2", /Prisma's proxy/],
    ["postgresql://u:hunter2@h:port/d", /host or port/],
    ["postgresql://u:hunter2%zz@h/d", /the password holds a %/],
    ["postgresql://u:hunter2@h/d?sslmode=yes", /sslmode is "yes"/],
    ["postgresql://u:hunter2@h/d#x", /there is a #/],
    ["", /empty/],
  ])("refuses %s without repeating the password", (url, message) => {
    const problems = problemsOf(url);
    expect(problems.join("\n")).toMatch(message);
    expect(problems.join("\n")).not.toContain("hunter2");
  });

  it("lists every problem at once", () => {
    expect(problemsOf("postgresql://u@h/d?sslmode=yes&connect_timeout=soon#x")).toHaveLength(3);
  });

  it("gives back every percent-encoded user, password and database, and never shows the password", () => {
    const part = fc
      .string({ minLength: 1, unit: "grapheme" })
      .filter((text) => !text.includes("/") && text !== "." && text !== "..");
    fc.assert(
      fc.property(part, fc.uuid(), part, (user, password, database) => {
        const url = `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@h/${encodeURIComponent(database)}`;
        const connection = parseConnectionString(url);
        expect(connection).toMatchObject({ user, password, database });
        expect(displayConnection(connection)).not.toContain(password);
      }),
    );
  });
});
