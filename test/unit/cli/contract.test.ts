import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { compileChecks } from "../../../src/cli/contract.js";
import { Stopped, StoppedEarly } from "../../../src/cli/stop.js";

it("a stop while starting up says that nothing was looked at, whatever was being done", async () => {
  const folder = mkdtempSync(join(tmpdir(), "schemaready-contract-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const good = join(folder, "good.yaml");
  writeFileSync(good, "version: 1\napplication: notes\n");
  const controller = new AbortController();
  const compile = (file: string) =>
    compileChecks(
      { checks: [file], scratchUrl: null, scratchVersion: null, scratchBinaries: null },
      "public",
      () => {},
      controller.signal,
    );
  await expect(compile(join(folder, "missing.yaml"))).rejects.toMatchObject({ code: "CHECK_FILE" });
  controller.abort(new Stopped("SIGINT"));
  for (const file of [good, join(folder, "missing.yaml")]) {
    const stopped = await compile(file).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(StoppedEarly);
    expect(stopped).toMatchObject({ message: "stopped before anything was looked at" });
  }
});
