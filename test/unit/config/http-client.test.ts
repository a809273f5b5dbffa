import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smokeSettings } from "../../../src/config/index.js";
import { SchemareadyError } from "../../../src/errors/index.js";
import { makeCertificates } from "../../support/certificates.js";

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "schemaready-settings-"));
  writeFileSync(join(directory, "checks.yaml"), "");
  for (const [name, { pem, key }] of Object.entries(certificates)) {
    writeFileSync(join(directory, `${name}.pem`), pem);
    writeFileSync(join(directory, `${name}.key`), key);
  }
  writeFileSync(join(directory, "not.pem"), "canary: no certificate\n");
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const certificates = makeCertificates();
const at = (name: string) => join(directory, name);

function settings(flags: Record<string, unknown>, environment: Record<string, string> = {}) {
  return smokeSettings({ flags: { checks: ["checks.yaml"], ...flags }, environment, directory });
}

function problems(flags: Record<string, unknown>, environment: Record<string, string> = {}): string[] {
  try {
    settings(flags, environment);
  } catch (error) {
    if (error instanceof SchemareadyError) return error.problems.map(({ place, message }) => `${place}: ${message}`);
  }
  return [];
}

describe("how a smoke run talks to the application", () => {
  it("is careful when nobody says anything", () => {
    expect(settings({})).toMatchObject({
      allowOrigins: [],
      allowLinkLocal: false,
      tls: { ca: null, certificate: null, serverName: null, insecure: false },
      runFile: null,
      cleanupOnly: null,
    });
  });

  it("comes from options, and from variables where there is none", () => {
    const flags = { allowOrigin: ["https://a.example/", "http://b:8080"], insecure: true, caFile: at("ca.pem") };
    expect(settings(flags)).toMatchObject({
      allowOrigins: ["https://a.example", "http://b:8080"],
      tls: { ca: certificates.ca.pem, insecure: true },
    });
    const environment = {
      SCHEMAREADY_ALLOW_ORIGIN: "https://a.example, http://b:8080",
      SCHEMAREADY_ALLOW_LINK_LOCAL: "true",
      SCHEMAREADY_CLIENT_CERT: at("client.pem"),
      SCHEMAREADY_CLIENT_KEY: at("client.key"),
      SCHEMAREADY_SERVER_NAME: "app.internal",
      SCHEMAREADY_INSECURE: "0",
    };
    expect(settings({}, environment)).toMatchObject({
      allowOrigins: ["https://a.example", "http://b:8080"],
      allowLinkLocal: true,
      tls: {
        certificate: { cert: certificates.client.pem, key: certificates.client.key },
        serverName: "app.internal",
        insecure: false,
      },
    });
  });

  it("lists everything that is wrong, and quotes no file", () => {
    const found = problems({
      allowOrigin: ["https://u:canary@a", "https://a/path"],
      caFile: "not.pem",
      clientCert: at("client.pem"),
    });
    expect(found).toEqual([
      expect.stringMatching(/^--ca-file: not\.pem cannot be used: it holds no certificate/),
      "--allow-origin: expected an origin such as https://auth.example.com, without a path",
      "--allow-origin: expected an origin such as https://auth.example.com, without a path",
      "--client-cert: a client certificate needs both --client-cert and --client-key",
    ]);
    expect(found.join()).not.toContain("canary");
    expect(problems({ clientCert: at("client.pem"), clientKey: at("server.key") })).toEqual([
      expect.stringMatching(/^--client-key: does not fit the certificate of --client-cert: /),
    ]);
    expect(problems({ clientCert: "none.pem", clientKey: at("server.key") })).toEqual([
      expect.stringMatching(/^--client-cert: none\.pem cannot be used: ENOENT/),
    ]);
    expect(problems({}, { SCHEMAREADY_INSECURE: "perhaps" })).toEqual([
      'SCHEMAREADY_INSECURE: is "perhaps", expected true or false',
    ]);
  });
});

describe("the run file", () => {
  it("is where it is said, unless another run's list is there", () => {
    expect(settings({ runFile: "run.jsonl" }).runFile).toBe(join(directory, "run.jsonl"));
    expect(settings({}, { SCHEMAREADY_RUN_FILE: "run.jsonl" }).runFile).toBe(join(directory, "run.jsonl"));
    expect(problems({ runFile: "checks.yaml" })).toEqual([
      "--run-file: checks.yaml is there already: an earlier run has not cleaned up. Run `schemaready smoke --cleanup-only checks.yaml` first",
    ]);
    expect(problems({ runFile: "no/such/run.jsonl" })[0]).toContain("does not exist");
  });

  it("to clean up by counts alone", () => {
    expect(settings({ cleanupOnly: "checks.yaml" }, { SCHEMAREADY_RUN_FILE: "checks.yaml" })).toMatchObject({
      runFile: null,
      cleanupOnly: join(directory, "checks.yaml"),
    });
  });
});
