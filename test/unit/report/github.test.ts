import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { expectGolden } from "../../support/golden.js";
import {
  columnSubject,
  failReport,
  gapWith,
  HOSTILE_NAME,
  smokeReport,
  stepWith,
} from "../../support/report-fixtures.js";
import { REPORTS, smokeReportSaying } from "../../support/report-set.js";

const NONCE = "0d4f5c6e-unguessable";
const options = { colour: false, width: 80, nonce: NONCE };

interface Annotation {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** The log as the runner reads it: a command may stand behind white space; none is obeyed between the two marks. */
function runner(log: string): { readonly commands: Annotation[]; readonly shown: string[] } {
  const commands: Annotation[] = [];
  const shown: string[] = [];
  let stopped: string | null = null;
  for (const line of log.split(/\r\n|\n|\r/)) {
    if (stopped !== null) {
      if (line.trimStart() === `::${stopped}::`) stopped = null;
      else shown.push(line);
      continue;
    }
    const match = /^\s*::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line);
    if (match === null) {
      expect(line).toBe("");
      continue;
    }
    const [, command = "", list = "", message = ""] = match;
    if (command === "stop-commands") stopped = message;
    const pairs = list
      .split(",")
      .filter((each) => each !== "")
      .map((each) => each.split("="));
    const properties = Object.fromEntries(pairs.map(([name = "", ...value]) => [name, decode(value.join("="))]));
    commands.push({ command, properties, message: decode(message) });
  }
  expect(stopped).toBeNull();
  return { commands, shown };
}

function decode(text: string): string {
  const codes: Record<string, string> = { "%0A": "\n", "%0D": "\r", "%3A": ":", "%2C": ",", "%25": "%" };
  return text.replace(/%(?:0A|0D|3A|2C|25)/g, (found) => codes[found] ?? found);
}

const annotations = (report: Report) => runner(reporters.github(report, options)).commands;

describe("github", () => {
  it.each(["fail", "smoke", "unverified", "unreachable", "hostile"])("%s is the golden text", (name) => {
    const report = REPORTS[name];
    if (report === undefined) throw new Error(name);
    expectGolden(reporters.github(report, options), new URL(`golden/${name}.github.txt`, import.meta.url));
  });

  it("says nothing where nothing is wrong", () => {
    expect(reporters.github(failReport(), options)).not.toBe("");
    expect(reporters.github(REPORTS["pass"] ?? failReport(), options)).toBe("");
  });

  it("points at the step in its check file, with the cause first", () => {
    const [first] = annotations(smokeReport());
    expect(first).toMatchObject({
      command: "error",
      properties: { file: "checks/avatars.yaml", line: "42", title: "avatar-creator / avatars / generate" },
    });
    expect(first?.message.split("\n")[0]).toBe("Create an avatar is broken because table public.avatars is missing.");
    expect(first?.message).toContain("To send it again: curl ");
  });

  it("puts a proved cause before steps that failed earlier without one", () => {
    const report = smokeReport();
    const [flow] = report.smoke?.flows ?? [];
    if (report.smoke === null || flow === undefined) throw new Error("the fixture has a flow");
    const steps = [...flow.steps].reverse();
    const titles = annotations({ ...report, smoke: { ...report.smoke, flows: [{ ...flow, steps }] } })
      .filter(({ command }) => command === "error")
      .map(({ properties }) => properties["title"]);
    expect(titles.slice(0, 2)).toEqual(["avatar-creator / avatars / generate", "avatar-creator / avatars / wait"]);
  });

  it("does not make an error of what only warns or is optional", () => {
    const report = smokeReport();
    const [flow] = report.smoke?.flows ?? [];
    if (report.smoke === null || flow === undefined) throw new Error("the fixture has a flow");
    const steps = [
      stepWith({ id: "a", outcome: "failed", severity: "warning" }),
      stepWith({ id: "b", outcome: "failed", severity: "info" }),
      stepWith({ id: "c", warnings: ["it took 3.0 s, more than 2.0 s"] }),
    ];
    const cleanup = { outcome: "nothing-to-do", steps: [], leftovers: [] } as const;
    const all = annotations({ ...report, smoke: { ...report.smoke, cleanup, flows: [{ ...flow, steps }] } });
    expect(all.map(({ command, properties }) => [command, properties["title"]?.split(" / ").at(-1)])).toEqual([
      ["warning", "a"],
      ["warning", "c"],
      ["notice", "b"],
    ]);
  });

  it("has at most ten of a kind, the last of which counts the others", () => {
    const gaps = Array.from({ length: 30 }, (_, at) =>
      gapWith({ subject: columnSubject("t", `c${at}`), severity: at % 2 === 0 ? "error" : "warning" }),
    );
    const all = annotations({ ...failReport(), causes: [], gaps });
    for (const kind of ["error", "warning"]) {
      const some = all.filter(({ command }) => command === kind);
      expect(some).toHaveLength(10);
      expect(some.at(-1)?.properties["title"]).toBe("6 more");
      expect(some.at(-1)?.message).toBe("6 more, all of them in the job summary: MISSING_COLUMN (6)");
    }
  });

  it("shows answers only where no command is obeyed, and not at all without the word that ends that", () => {
    const answer = "::add-mask::a\n::set-output name=x::y\n::0d4f5c6e::\n  ##[error]z";
    const report = smokeReport();
    const [flow] = report.smoke?.flows ?? [];
    if (report.smoke === null || flow === undefined) throw new Error("the fixture has a flow");
    const steps = [stepWith({ id: "a", outcome: "failed", body: answer })];
    const answering = { ...report, smoke: { ...report.smoke, flows: [{ ...flow, steps }] } };
    const { commands, shown } = runner(reporters.github(answering, options));
    expect(commands.map(({ command }) => command)).toEqual(["error", "error", "group", "stop-commands", "endgroup"]);
    expect(shown.join("\n")).toContain("::add-mask::a");
    const without = reporters.github(answering, { colour: false, width: 80 });
    expect(without).not.toContain("add-mask");
    expect(without).not.toContain("stop-commands");
  });

  it("obeys nothing that a name, an error or an answer says", () => {
    const texts = fc.oneof(
      fc.constantFrom(
        HOSTILE_NAME,
        "::error::x",
        "a\n::add-mask::b",
        "a\r::stop-commands::c",
        "%0A::error::x",
        "a,file=b:c",
      ),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { commands } = runner(reporters.github(smokeReportSaying(text), options));
        const names = commands.map(({ command }) => command);
        expect(names.slice(0, 2)).toEqual(["error", "error"]);
        expect(names.slice(2).filter((name) => !["group", "stop-commands", "endgroup"].includes(name))).toEqual([]);
        expect(Object.keys(commands[0]?.properties ?? {})).toEqual(["file", "line", "title"]);
      }),
      { numRuns: 150 },
    );
  });
});
