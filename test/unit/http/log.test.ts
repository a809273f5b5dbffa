import { describe, expect, it } from "vitest";
import { createLogger } from "../../../src/http/log.js";

const SECRET = 'p@ss/w"rd é+1';

function logged(level: "info" | "debug" | "silent", write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const logger = createLogger({
    level,
    secrets: [SECRET, null, "abc"],
    destination: { write: (line: string) => void lines.push(line) },
  });
  write(logger);
  return lines.join("");
}

describe("the log", () => {
  it("is one line of JSON an event, with time and level in words", () => {
    const line = JSON.parse(logged("info", (logger) => logger.info({ event: "start" }, "listening")));
    expect(line).toMatchObject({ level: "info", name: "schemaready", event: "start", msg: "listening" });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it("keeps quiet below its level", () => {
    expect(logged("info", (logger) => logger.debug("probe"))).toBe("");
    expect(logged("silent", (logger) => logger.fatal("end"))).toBe("");
  });

  it.each([
    ["a message", (logger) => logger.info(`it is ${SECRET}`)],
    ["a field", (logger) => logger.info({ any: { deep: [SECRET] } }, "x")],
    ["an error with its stack", (logger) => logger.error({ err: new Error(`refused ${SECRET}`) }, "x")],
    ["a percent-encoded URL", (logger) => logger.info(`/x?y=${encodeURIComponent(SECRET)}`)],
    ["Base64", (logger) => logger.info(Buffer.from(SECRET).toString("base64"))],
    ["a child logger", (logger) => logger.child({ bound: SECRET }).info("x")],
  ] as [string, (logger: ReturnType<typeof createLogger>) => void][])("never holds a secret: %s", (_name, write) => {
    const text = logged("info", write);
    expect(text).toContain("[redacted]");
    expect(text).not.toContain('w\\"rd');
    expect(text).not.toContain("rd%20");
    expect(text).not.toContain(Buffer.from(SECRET).toString("base64"));
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each(["authorization", "cookie", "password", "token", "databaseUrl", "connectionString"])(
    "never holds the field %s, whatever its value",
    (field) => {
      for (const fields of [{ [field]: "v4lue" }, { a: { [field]: "v4lue" } }, { a: { b: { [field]: "v4lue" } } }]) {
        const text = logged("info", (logger) => logger.info(fields, "x"));
        expect(text).not.toContain("v4lue");
      }
    },
  );
});
