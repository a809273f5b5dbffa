/** How a smoke run talks to the application: where requests may go, and how TLS is done. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createSecureContext } from "node:tls";
import type { SettingName } from "./definitions.js";
import type { SettingReader } from "./reader.js";

export interface HttpClientSettings {
  /** Empty: what the check files say. */
  readonly allowOrigins: readonly string[];
  readonly allowLinkLocal: boolean;
  readonly tls: {
    /** PEM text; null: only what Node trusts. */
    readonly ca: string | null;
    readonly certificate: { readonly cert: string; readonly key: string } | null;
    readonly serverName: string | null;
    readonly insecure: boolean;
  };
}

/** Files are read and tried here, so that a wrong one is a wrong setting and not a connection that fails. */
export function readHttpClient(reader: SettingReader, directory: string): HttpClientSettings {
  const ca = readPem("caFile", reader, directory, (text) => createSecureContext({ ca: requireCertificate(text) }));
  return {
    allowOrigins: reader.many("allowOrigin"),
    allowLinkLocal: reader.one("allowLinkLocal") ?? false,
    tls: {
      ca,
      certificate: readCertificate(reader, directory),
      serverName: reader.one("serverName"),
      insecure: reader.one("insecure") ?? false,
    },
  };
}

function readCertificate(reader: SettingReader, directory: string): HttpClientSettings["tls"]["certificate"] {
  const [certGiven] = reader.given("clientCert");
  const [keyGiven] = reader.given("clientKey");
  const lonely = certGiven === undefined ? keyGiven : keyGiven === undefined ? certGiven : undefined;
  if (lonely !== undefined) {
    const message = "a client certificate needs both --client-cert and --client-key";
    reader.problems.push({ place: lonely.place, message });
    return null;
  }
  const cert = readPem("clientCert", reader, directory, (text) =>
    createSecureContext({ cert: requireCertificate(text) }),
  );
  const key = readPem("clientKey", reader, directory, (text) => createSecureContext({ key: text }));
  if (cert === null || key === null) return null;
  const problem = refusalOf(() => createSecureContext({ cert, key }));
  if (problem === null) return { cert, key };
  const message = `does not fit the certificate of ${certGiven?.place}: ${problem}`;
  reader.problems.push({ place: keyGiven?.place ?? "--client-key", message });
  return null;
}

/** Node takes a text without any certificate for an empty list. */
function requireCertificate(text: string): string {
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new Error("it holds no certificate (-----BEGIN CERTIFICATE-----)");
}

function readPem(
  name: SettingName & ("caFile" | "clientCert" | "clientKey"),
  reader: SettingReader,
  directory: string,
  attempt: (text: string) => unknown,
): string | null {
  const path = reader.one(name);
  const [given] = reader.given(name);
  if (path === null || given === undefined) return null;
  try {
    const text = readFileSync(resolve(directory, path), "utf8");
    attempt(text);
    return text;
  } catch (error) {
    reader.problems.push({ place: given.place, message: `${path} cannot be used: ${reasonOf(error)}` });
    return null;
  }
}

function refusalOf(attempt: () => unknown): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
