/** What can be said about the files of deploy/ without their programs: they name routes, options, metrics and paths that exist. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { createService } from "../support/http-service.js";
import { failReport } from "../support/report-fixtures.js";
import { runCli } from "../support/run-cli.js";
import { isInstalled, ROOT, read } from "./programs.js";

const version = (JSON.parse(read("package.json")) as { version: string }).version;

/** Every value below a key, wherever it stands. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesOf(each, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [...(name === key ? [each] : []), ...valuesOf(each, key)]);
}

const KUBERNETES = readdirSync(join(ROOT, "deploy/kubernetes"));

describe.each(KUBERNETES)("kubernetes/%s", (name) => {
  const documents = parseAllDocuments(read(`deploy/kubernetes/${name}`)).map((each) => each.toJS() as unknown);

  it("asks routes that exist, and never the verdict for its own pods", async () => {
    const { app } = await createService();
    const paths = valuesOf(documents, "httpGet").map((probe) => (probe as { path: string }).path);
    for (const path of paths) {
      expect((await app.inject(path)).statusCode).not.toBe(404);
      expect(path).not.toBe("/schema/health");
    }
  });

  it("calls commands with options that they have, in the image of this version, without root", async () => {
    const containers = [...valuesOf(documents, "containers"), ...valuesOf(documents, "initContainers")].flat();
    const ours = containers.filter((each) => String((each as { image: string }).image).startsWith("schemaready:")) as {
      image: string;
      args: string[];
    }[];
    expect(ours.length).toBeGreaterThan(0);
    for (const { image, args } of ours) {
      expect(image).toBe(`schemaready:${version}`);
      await expectOptions(args);
    }
    expect(valuesOf(documents, "runAsNonRoot")).toContain(true);
  });
});

async function expectOptions([command = "", ...args]: readonly string[]): Promise<void> {
  const { code, stdout } = await runCli([command, "--help"]);
  expect(code).toBe(0);
  const options = args.filter((arg) => arg.startsWith("--")).map((arg) => arg.replace(/=.*/, ""));
  for (const option of options) expect(stdout).toContain(`${option} `);
}

it("compose.yaml starts the service with options that it has", async () => {
  const compose = parse(read("deploy/compose/compose.yaml")) as {
    services: Record<string, { image: string; command?: string[] }>;
  };
  expect(compose.services["schemaready"]?.image).toBe(`schemaready:${version}`);
  await expectOptions(compose.services["schemaready"]?.command ?? []);
});

it("action.yml runs a published version, and puts no input into a script", () => {
  const action = parse(read("action.yml")) as {
    inputs: Record<string, { default?: string }>;
    runs: { steps: { run: string }[] };
  };
  expect(action.inputs["version"]?.default).toBe(version);
  for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
});

it("the dashboard and the alerts ask for metrics that there are", async () => {
  const service = await createService();
  await service.give(failReport());
  await service.app.inject("/livez");
  const known = new Set((await service.app.inject("/metrics")).body.match(/^[a-z_]+(?=[{ ])/gm));
  const asked = [read("deploy/grafana/dashboard.json"), read("deploy/prometheus/rules.yml")].flatMap(
    (text) => text.match(/\bschemaready_[a-z_]+/g) ?? [],
  );
  expect(asked.length).toBeGreaterThan(10);
  expect([...new Set(asked)].filter((name) => !known.has(name))).toEqual([]);
});

describe("Dockerfile", () => {
  const text = read("Dockerfile");
  const lines = text
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

  it("has instructions that Docker knows, each with something to do", () => {
    const known = /^(?:FROM|WORKDIR|COPY|RUN|ARG|LABEL|ENV|USER|EXPOSE|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT|CMD) \S/;
    expect(lines.filter((line) => !known.test(line))).toEqual([]);
    for (const line of lines.filter((each) => /^(?:ENTRYPOINT|CMD)/.test(each))) {
      expect(JSON.parse(line.slice(line.indexOf(" ")))).toBeInstanceOf(Array);
    }
  });

  it("is built on a Node.js that package.json allows", () => {
    const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
    const floor = Number(/>=(\d+)/.exec(engines.node)?.[1]);
    const bases = lines.filter((line) => line.startsWith("FROM")).map((line) => Number(/node:(\d+)/.exec(line)?.[1]));
    expect(new Set(bases).size).toBe(1);
    expect(bases.every((major) => major >= floor && major % 2 === 0)).toBe(true);
  });

  it("copies what exists, and .dockerignore lets it in", () => {
    const sources = lines
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from="))
      .flatMap((line) => line.split(" ").slice(1, -1));
    const allowed = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    expect(sources.length).toBeGreaterThan(5);
    for (const source of sources) {
      expect(existsSync(join(ROOT, source)), source).toBe(true);
      expect(allowed, source).toContain(source);
    }
  });

  it("ends as a user without rights, with a health check and the version of the package", () => {
    expect(lines.findLast((line) => line.startsWith("USER"))).toBe("USER node");
    expect(text).toContain("/livez");
    expect(text).toContain(`ARG VERSION=${version}`);
    expect(text).toContain("--omit=dev --omit=optional");
  });
});

describe.skipIf(!isInstalled("systemd-analyze", "systemd"))("systemd", () => {
  it("finds nothing wrong with the unit", () => {
    const unit = "deploy/systemd/schemaready.service";
    const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", unit], { cwd: ROOT, encoding: "utf8" });
    expect(stderr.split("\n").filter((line) => line.includes("schemaready.service"))).toEqual([]);
  });
});
