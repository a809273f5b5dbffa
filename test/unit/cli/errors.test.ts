import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { reportError } from "../../../src/cli/errors.js";
import { Stopped, StoppedEarly } from "../../../src/cli/stop.js";
import { redactSettings } from "../../../src/config/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";
import { fakeIo } from "../../support/fake-io.js";

const environment = { DATABASE_URL: "postgresql://app:hunter2-secret@db.internal/shop" };
const redact = redactSettings([], environment);

describe("reportError", () => {
  it("prints the four parts of an error and returns its code", () => {
    const io = fakeIo();
    const error = new SchemareadyError("SETTINGS", "The settings cannot be used.", {
      problems: [{ place: "--timeout", message: 'is "5"' }],
    });
    expect(reportError(error, io, redact)).toBe(2);
    expect(io.err()).toBe(`${error.text()}\n`);
    expect(io.out()).toBe("");
  });

  it("calls everything else a bug, without a stack unless it is asked for", () => {
    const quiet = fakeIo();
    expect(reportError(new TypeError("x is not a function"), quiet, redact)).toBe(70);
    expect(quiet.err()).toMatch(/^error INTERNAL: x is not a function\n/);
    expect(quiet.err()).not.toContain("    at ");
    const debug = fakeIo({ environment: { SCHEMAREADY_DEBUG: "1" } });
    reportError(new TypeError("x"), debug, redact);
    expect(debug.err()).toContain("    at ");
  });

  it("hides secrets and control characters, in stacks too", () => {
    const io = fakeIo({ environment: { SCHEMAREADY_DEBUG: "1" } });
    reportError(new Error("cannot use postgresql://app:hunter2-secret@h/d \u001b[2J"), io, redact);
    expect(io.err()).not.toContain("hunter2");
    expect(io.err()).toContain("\\u{1b}[2J");
  });

  it("prints nothing after help, and says so with the exit code", () => {
    const io = fakeIo();
    expect(reportError(new CommanderError(0, "commander.helpDisplayed", "(outputHelp)"), io, redact)).toBe(0);
    expect(reportError(new CommanderError(1, "commander.help", "(outputHelp)"), io, redact)).toBe(2);
    expect(io.err()).toBe("");
  });

  it("prints one line when a signal stopped the run before there was anything to print", () => {
    const controller = new AbortController();
    controller.abort(new Stopped("SIGINT"));
    const io = fakeIo({ signal: controller.signal });
    expect(reportError(new StoppedEarly("stopped before anything was looked at"), io, redact)).toBe(130);
    expect(io.err()).toBe("stopped before anything was looked at\n");
  });

  it("prints nothing when a signal stopped the run later", () => {
    const controller = new AbortController();
    controller.abort(new Stopped("SIGTERM"));
    const io = fakeIo({ signal: controller.signal });
    expect(reportError(new Error("connection ended"), io, redact)).toBe(143);
    expect(io.err()).toBe("");
  });
});
