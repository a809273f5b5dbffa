import { describe, expect, it } from "vitest";
import { parseRunFile } from "../../../src/smoke/run-file/format.js";

describe("a run file", () => {
  it("is refused as a whole, with every line that cannot be read", () => {
    const bad = '{"kind":"run","version":2}\nnot json\n{"kind":"gone","entry":"1"}\n';
    try {
      parseRunFile(bad, "run.jsonl");
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "RUN_FILE" });
      const { problems } = error as { problems: { place: string; message: string }[] };
      expect(problems.map(({ place }) => place)).toEqual(["run.jsonl:1", "run.jsonl:2", "run.jsonl:3"]);
      expect(problems[1]?.message).toBe("is not JSON");
    }
    expect(() => parseRunFile("", "run.jsonl")).toThrow("is not a run file that can be read");
  });

  it("lists what may still be there, in the order in which it was created", () => {
    const run = { kind: "run", version: 1, runId: "r", startedAt: "", baseUrls: {}, variables: {} };
    const thing = (kind: string, entry: number, values = {}) => ({
      ...{ kind, entry, application: "a", flow: "f", step: "s", describes: "it", values },
    });
    const lines = [
      run,
      thing("creating", 1),
      thing("creating", 2),
      thing("created", 1, { id: [1, null] }),
      { kind: "gone", entry: 2 },
    ];
    const text = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
    expect(parseRunFile(text, "x")).toEqual({ header: run, things: [thing("created", 1, { id: [1, null] })] });
    // Nobody has lost anything but the line that was not finished.
    for (let end = text.indexOf("\n") + 1; end < text.length; end++) {
      expect(parseRunFile(text.slice(0, end), "x").header).toEqual(run);
    }
  });
});
