import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { obtainContract } from "../../../src/cli/contract.js";
import { Stopped, StoppedEarly } from "../../../src/cli/stop.js";
import { parseConnectionString } from "../../../src/config/index.js";
import { fakeIo } from "../../support/fake-io.js";

it("a stop while starting up says that nothing was looked at, whatever was being done", async () => {
  const folder = mkdtempSync(join(tmpdir(), "schemaready-contract-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const good = join(folder, "good.yaml");
  writeFileSync(good, "version: 1\napplication: notes\n");
  const controller = new AbortController();
  const io = fakeIo({ signal: controller.signal });
  const target = parseConnectionString("postgresql://nobody@127.0.0.1:1/none");
  const compile = (file: string) => {
    const settings = {
      contract: null,
      checks: [file],
      namedSchema: null,
      scratchUrl: null,
      scratchVersion: null,
      scratchBinaries: null,
      timeoutMs: 15_000,
      quiet: true,
    };
    return obtainContract(settings, target, () => {}, io);
  };
  await expect(compile(join(folder, "missing.yaml"))).rejects.toMatchObject({ code: "CHECK_FILE" });
  controller.abort(new Stopped("SIGINT"));
  for (const file of [good, join(folder, "missing.yaml")]) {
    const stopped = await compile(file).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(StoppedEarly);
    expect(stopped).toMatchObject({ message: "stopped before anything was looked at" });
  }
});
