import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  compileSettings,
  type Sources,
  serveSettings,
  smokeSettings,
  verifySettings,
} from "../../../src/config/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";

const URL_WITH_PASSWORD = "postgresql://app:hunter2-secret@db.internal:5433/shop?schema=sales";
let directory = "";

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "schemaready-settings-"));
  mkdirSync(join(directory, "checks"));
  writeFileSync(join(directory, "token"), "from-the-file\n");
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function sources(flags: Sources["flags"] = {}, environment: Sources["environment"] = {}, at = directory): Sources {
  return { flags, environment, directory: at };
}

/** The problems of a refused setting, as `place: message`. */
function problemsOf(read: () => unknown): { code: string; problems: string[]; text: string } {
  try {
    read();
  } catch (error) {
    if (!(error instanceof SchemareadyError)) throw error;
    const problems = error.problems.map(({ place, message }) => `${place ?? ""}: ${message}`);
    return { code: error.code, problems, text: error.text() };
  }
  throw new Error("the settings were accepted");
}

describe("settings of verify", () => {
  it("have defaults", () => {
    const settings = verifySettings(sources({ databaseUrl: URL_WITH_PASSWORD }));
    expect(settings).toMatchObject({
      checks: ["checks"],
      scratchUrl: null,
      timeoutMs: 15_000,
      features: [],
      outputs: [{ format: "text", path: null }],
      strict: false,
      quiet: false,
    });
    expect(settings.connection).toMatchObject({ host: "db.internal", port: 5433, database: "shop", schema: "sales" });
  });

  it("prefer flags to the environment, and the environment to defaults", () => {
    const environment = { DATABASE_URL: URL_WITH_PASSWORD, SCHEMAREADY_TIMEOUT: "2s", SCHEMAREADY_CHECKS: "a, b" };
    const fromEnvironment = verifySettings(sources({}, environment));
    expect(fromEnvironment.connection.host).toBe("db.internal");
    expect(fromEnvironment.timeoutMs).toBe(2000);
    expect(fromEnvironment.checks).toEqual(["a", "b"]);
    const flags = { databaseUrl: "postgres://x@flag.host/y", timeout: "500ms", checks: ["c"], schema: "other" };
    const fromFlags = verifySettings(sources(flags, environment));
    expect(fromFlags.connection).toMatchObject({ host: "flag.host", schema: "other" });
    expect(fromFlags.timeoutMs).toBe(500);
    expect(fromFlags.checks).toEqual(["c"]);
  });

  it("take an empty variable as not set", () => {
    const environment = { DATABASE_URL: URL_WITH_PASSWORD, SCHEMAREADY_TIMEOUT: "", SCHEMAREADY_CHECKS: "" };
    expect(verifySettings(sources({}, environment)).timeoutMs).toBe(15_000);
  });

  it("list everything that is wrong at once", () => {
    const flags = { timeout: "5", format: ["xml", "json=nowhere/report.json"], scratchUrl: "mysql://x" };
    const { code, problems } = problemsOf(() => verifySettings(sources(flags, {}, join(directory, "checks"))));
    expect(code).toBe("SETTINGS");
    expect(problems).toEqual(
      [
        expect.stringMatching(/^--database-url: no database: /),
        expect.stringMatching(/^--checks: no check files: /),
        expect.stringMatching(/^--scratch-url: it does not begin with postgresql:/),
        '--timeout: is "5", expected a duration with its unit such as 500ms, 5s or 2m, at most 24h',
        '--format: is "xml", expected one of text, json, junit, markdown, github, html, tap, metrics, health, with =PATH for a file',
        expect.stringMatching(/^--format: the directory of .*report\.json does not exist$/),
      ].sort(() => 0),
    );
  });

  it("name the variable that holds the mistake", () => {
    const environment = { DATABASE_URL: URL_WITH_PASSWORD, SCHEMAREADY_TIMEOUT: "soon" };
    const { problems } = problemsOf(() => verifySettings(sources({}, environment)));
    expect(problems).toEqual([expect.stringMatching(/^SCHEMAREADY_TIMEOUT: is "soon"/)]);
  });

  it("say CONNECTION_STRING when only the URL is wrong, and never repeat it", () => {
    const { code, text } = problemsOf(() => verifySettings(sources({ databaseUrl: "mysql://u:hunter2-secret@h/d" })));
    expect(code).toBe("CONNECTION_STRING");
    expect(text).toContain("--database-url: it does not begin with postgresql://");
    expect(text).not.toContain("hunter2");
  });

  it.each([
    [["json", "junit"], "two formats for stdout"],
    [["json=a", "junit=a"], "two formats for the same file"],
    [["json="], "expected a path after json="],
    [["json=checks"], "is a directory"],
  ])("refuse --format %j", (format, expected) => {
    const flags = { databaseUrl: URL_WITH_PASSWORD, format };
    expect(problemsOf(() => verifySettings(sources(flags))).problems.join("\n")).toContain(expected);
  });

  it("say OUTPUT_FILE when only the file of a report is wrong", () => {
    const refused = (format: string[]) =>
      problemsOf(() => verifySettings(sources({ databaseUrl: URL_WITH_PASSWORD, format }))).code;
    expect(refused(["json=nowhere/report.json", "junit=checks"])).toBe("OUTPUT_FILE");
    expect(refused(["json=nowhere/report.json", "xml"])).toBe("SETTINGS");
  });

  it("say that --checks is repeated, unless a path really has a comma", () => {
    const checks = (path: string) => () => verifySettings(sources({ databaseUrl: URL_WITH_PASSWORD, checks: [path] }));
    expect(problemsOf(checks("checks,more")).problems).toEqual([
      '--checks: is "checks,more": several paths are given by repeating the option (--checks A --checks B)',
    ]);
    writeFileSync(join(directory, "a,b.yaml"), "");
    expect(checks("a,b.yaml")().checks).toEqual(["a,b.yaml"]);
  });

  it("resolve files against the working directory", () => {
    const flags = { databaseUrl: URL_WITH_PASSWORD, format: ["text", "junit=a=b.xml"] };
    expect(verifySettings(sources(flags)).outputs).toEqual([
      { format: "text", path: null },
      { format: "junit", path: join(directory, "a=b.xml") },
    ]);
  });
});

describe("the database", () => {
  it("may be given as libpq's variables", () => {
    const environment = {
      PGHOST: "pg.internal",
      PGPORT: "6543",
      PGUSER: "us er",
      PGPASSWORD: "p@ss/word#%",
      PGDATABASE: "a/b?c",
      PGSSLMODE: "require",
    };
    expect(verifySettings(sources({}, environment)).connection).toMatchObject({
      host: "pg.internal",
      port: 6543,
      user: "us er",
      password: "p@ss/word#%",
      database: "a/b?c",
      ssl: { mode: "require" },
    });
  });

  it("takes libpq's variables only when host or database is among them, and after DATABASE_URL", () => {
    expect(problemsOf(() => verifySettings(sources({}, { PGUSER: "x" }))).problems[0]).toContain("no database");
    const both = { DATABASE_URL: URL_WITH_PASSWORD, PGHOST: "other" };
    expect(verifySettings(sources({}, both)).connection.host).toBe("db.internal");
  });

  it("says what is wrong with them", () => {
    const { problems } = problemsOf(() => verifySettings(sources({}, { PGHOST: "h", PGPORT: "five" })));
    expect(problems).toEqual(['PGPORT: is "five", expected a port between 0 and 65535']);
  });

  it("gets its password from PGPASSWORD when the URL has none", () => {
    const environment = { DATABASE_URL: "postgres://app@h/d", PGPASSWORD: "pw" };
    expect(verifySettings(sources({}, environment)).connection.password).toBe("pw");
    const own = { ...environment, DATABASE_URL: "postgres://app:own@h/d" };
    expect(verifySettings(sources({}, own)).connection.password).toBe("own");
  });
});

describe("settings of serve", () => {
  const database = { DATABASE_URL: URL_WITH_PASSWORD };

  it("have defaults", () => {
    expect(serveSettings(sources({}, database))).toMatchObject({
      host: "127.0.0.1",
      port: 3000,
      refreshIntervalMs: 5_000,
      maxStaleMs: 300_000,
      readyRequires: "verification",
      token: null,
      logLevel: "info",
    });
  });

  it("come from the environment as well", () => {
    const environment = { ...database, PORT: "0", READY_REQUIRES: "schema", SCHEMAREADY_TOKEN: "abc" };
    expect(serveSettings(sources({}, environment))).toMatchObject({ port: 0, readyRequires: "schema", token: "abc" });
  });

  it("prefer the token file to the variable", () => {
    const settings = serveSettings(sources({ tokenFile: "token" }, { ...database, SCHEMAREADY_TOKEN: "abc" }));
    expect(settings.token).toBe("from-the-file");
  });

  it("never take a token from the command line", () => {
    expect(serveSettings(sources({}, database)).token).toBeNull();
    const flags = { tokenFile: "no-such-file" };
    expect(problemsOf(() => serveSettings(sources(flags, database))).problems.join()).toContain("ENOENT");
  });

  it.each([
    [{ port: "70000" }, "expected a port between 0 and 65535"],
    [{ logLevel: "loud" }, "expected one of fatal, error, warn"],
    [{ readyRequires: "luck" }, "expected one of verification, schema"],
    [{ maxStale: "5s", refreshInterval: "10s" }, "every verdict would expire"],
    [{ refreshInterval: "0s" }, "expected a duration"],
    [{ maxStale: "25h" }, "at most 24h"],
  ])("refuse %j", (flags, expected) => {
    expect(problemsOf(() => serveSettings(sources(flags, database))).problems.join("\n")).toContain(expected);
  });

  it("do not repeat a token that cannot be used", () => {
    const { text } = problemsOf(() => serveSettings(sources({}, { ...database, SCHEMAREADY_TOKEN: "two words" })));
    expect(text).not.toContain("two words");
  });
});

describe("settings of smoke", () => {
  it("need no database", () => {
    expect(smokeSettings(sources({ baseUrl: "http://localhost:8080/" }))).toMatchObject({
      connection: null,
      baseUrl: "http://localhost:8080",
      only: [],
    });
  });

  it("refuse an unusable database all the same", () => {
    expect(problemsOf(() => smokeSettings(sources({ databaseUrl: "nonsense" }))).code).toBe("CONNECTION_STRING");
  });

  it.each([
    ["127.0.0.1:8181", "127.0.0.1:8181"],
    ["localhost:3000/api", "localhost:3000"],
    ["app.example.com", "app.example.com"],
    ["[::1]:80", "[::1]:80"],
  ])("say that http:// is missing: %s", (baseUrl, host) => {
    expect(problemsOf(() => smokeSettings(sources({ baseUrl }))).problems).toEqual([
      `--base-url: expected http:// or https:// before the host, such as http://${host}`,
    ]);
  });

  it("refuse an address with a password, without repeating it", () => {
    const { problems } = problemsOf(() => smokeSettings(sources({ baseUrl: "http://u:hunter2@h" })));
    expect(problems.join()).toContain("without user name and password");
    expect(problems.join()).not.toContain("hunter2");
  });
});

describe("settings of compile", () => {
  it("have defaults", () => {
    expect(compileSettings(sources())).toMatchObject({
      checks: ["checks"],
      migrations: null,
      tool: null,
      fromDatabase: null,
      schema: null,
      output: join(directory, "contract.json"),
    });
  });

  it("join check files with another source only when somebody named them", () => {
    expect(compileSettings(sources({ migrations: "m" })).checks).toEqual([]);
    expect(compileSettings(sources({ migrations: "m", checks: ["c"] })).checks).toEqual(["c"]);
    const elsewhere = compileSettings(sources({ fromDatabase: URL_WITH_PASSWORD }, {}, tmpdir()));
    expect(elsewhere).toMatchObject({ checks: [], schema: "sales", fromDatabase: { host: "db.internal" } });
    expect(compileSettings(sources({ fromDatabase: URL_WITH_PASSWORD, schema: "x" })).schema).toBe("x");
  });

  it("take the password of the reference database from PGPASSWORD, and nothing from DATABASE_URL", () => {
    const environment = { PGPASSWORD: "from-the-environment", DATABASE_URL: URL_WITH_PASSWORD };
    expect(compileSettings(sources({}, environment)).fromDatabase).toBeNull();
    const { fromDatabase } = compileSettings(sources({ fromDatabase: "postgres://me@staging/app" }, environment));
    expect(fromDatabase).toMatchObject({ host: "staging", password: "from-the-environment" });
  });

  it("write to stdout for -", () => {
    expect(compileSettings(sources({ output: "-" })).output).toBeNull();
  });

  it("list everything that is wrong, and never a password", () => {
    const flags = { migrations: "m", fromDatabase: "postgres://a:hunter2@h:x/y", tool: "magic", output: "no/c.json" };
    const { code, problems, text } = problemsOf(() => compileSettings(sources(flags)));
    expect(code).toBe("SETTINGS");
    const places = problems.map((problem) => problem.split(": ")[0]);
    expect(new Set(places)).toEqual(new Set(["--from-database", "--tool", "--output"]));
    expect(problems.join("\n")).toContain("another source beside --migrations");
    expect(text).not.toContain("hunter2");
  });
});

describe("a contract", () => {
  const url = { databaseUrl: URL_WITH_PASSWORD };

  it("stands for the check files, so none need to be there", () => {
    const settings = verifySettings(sources({ ...url, contract: "c.json" }, {}, tmpdir()));
    expect(settings).toMatchObject({ contract: "c.json", checks: [] });
    expect(serveSettings(sources(url, { SCHEMAREADY_CONTRACT: "c.json" })).contract).toBe("c.json");
  });

  it("is served without flows when only a variable names the application, and with them when somebody asks", () => {
    const serve = (flags: Sources["flags"], environment: Sources["environment"] = {}) =>
      serveSettings(sources({ ...url, ...flags }, { SCHEMAREADY_BASE_URL: "http://app", ...environment }));
    const contract = { contract: "c.json" };
    const none = { contract: "c.json", checks: [], baseUrl: null, unusedBaseUrl: "SCHEMAREADY_BASE_URL" };
    expect(serve(contract)).toMatchObject(none);
    expect(serve({}, { SCHEMAREADY_CONTRACT: "c.json" })).toMatchObject(none);
    expect(() => serveSettings(sources({ ...url, ...contract }, { SCHEMAREADY_BASE_URL: "nonsense" }))).toThrow();
    const some = { baseUrl: "http://app", unusedBaseUrl: null };
    expect(serve({})).toMatchObject({ ...some, contract: null, checks: ["checks"] });
    expect(serve({ ...contract, checks: ["a"] })).toMatchObject({ ...some, ...contract, checks: ["a"] });
    expect(serve(contract, { SCHEMAREADY_CHECKS: "b" })).toMatchObject({ ...some, ...contract, checks: ["b"] });
    const option = { ...contract, baseUrl: "http://other" };
    expect(serve(option)).toMatchObject({ ...some, ...contract, baseUrl: "http://other", checks: ["checks"] });
  });

  it("beside check files: an option wins over a variable, two of a kind are a problem", () => {
    const flags = { ...url, checks: ["a"] };
    expect(verifySettings(sources(flags, { SCHEMAREADY_CONTRACT: "c" }))).toMatchObject({ contract: null });
    const other = verifySettings(sources({ ...url, contract: "c" }, { SCHEMAREADY_CHECKS: "a" }));
    expect(other).toMatchObject({ contract: "c", checks: [] });
    const both = problemsOf(() => verifySettings(sources({ ...flags, contract: "c" })));
    expect(both.problems).toEqual([expect.stringMatching(/^--contract: a contract and check files \(--checks\)/)]);
    const variables = { SCHEMAREADY_CONTRACT: "c", SCHEMAREADY_CHECKS: "a" };
    expect(problemsOf(() => verifySettings(sources(url, variables))).problems).toHaveLength(1);
  });

  it("leaves smoke its check files, for the flows", () => {
    const settings = smokeSettings(sources({ contract: "c", checks: ["a"] }));
    expect(settings).toMatchObject({ contract: "c", checks: ["a"] });
  });
});
