import { describe, expect, it } from "vitest";
import { createExcerpt, type ExcerptLimits } from "../../../src/cli/demo/excerpt.js";

function excerptOf(text: string, limits: ExcerptLimits): string {
  const excerpt = createExcerpt(limits);
  return [...text.split("\n").flatMap(excerpt.next), ...excerpt.end()].join("\n");
}

const REPORT = "FAIL\n\nWhy\n 1\n 2\n 3\n\nNext\n 1";

describe("createExcerpt", () => {
  it("shows short output whole", () => {
    expect(excerptOf(REPORT, { lines: 4, sections: 3 })).toBe(REPORT);
  });

  it("cuts each section, and says by how much", () => {
    const cut = "FAIL\n\nWhy\n 1\n... 2 more lines\n\nNext\n 1";
    expect(excerptOf(REPORT, { lines: 2, sections: 9 })).toBe(cut);
    expect(excerptOf("Why\n 1", { lines: 1, sections: 9 })).toBe("Why\n... 1 more line");
  });

  it("counts what comes after the last section, empty lines included", () => {
    expect(excerptOf(REPORT, { lines: 3, sections: 2 })).toBe("FAIL\n\nWhy\n 1\n 2\n... 3 more lines");
    expect(excerptOf("a\n\nb\n\nc", { lines: 9, sections: 1 })).toBe("a\n... 3 more lines");
  });

  it("shows lines as they come", () => {
    const excerpt = createExcerpt({ lines: 1, sections: 1 });
    expect(excerpt.next("first")).toEqual(["first"]);
    expect(excerpt.next("second")).toEqual([]);
  });
});
