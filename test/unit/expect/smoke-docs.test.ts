import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { loadCheckFiles } from "../../../src/expect/index.js";
import { directory } from "./support.js";

const page = readFileSync(fileURLToPath(new URL("../../../docs/smoke.md", import.meta.url)), "utf8");

it("docs/smoke.md shows flows that can be loaded, without a warning", async () => {
  const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ""]) => text);
  expect(examples.length).toBeGreaterThanOrEqual(4);
  const folder = directory();
  writeFileSync(join(folder, "pixel.png"), "png");
  const features = "version: 1\napplication: demo\nfeatures: { login: {} }\n";
  writeFileSync(join(folder, "a.yaml"), features + examples.join(""));
  const { suites, warnings } = await loadCheckFiles([join(folder, "a.yaml")]);
  expect(warnings).toEqual([]);
  const flows = suites[0]?.flows.map(({ id, title }) => `${id}: ${title}`);
  expect(flows).toEqual([
    "login: login",
    "generate: Generate an avatar",
    "credits: credits",
    "images: images",
    "upload[1]: Upload a png",
    "upload[2]: Upload a pdf",
    "job: job",
  ]);
});
