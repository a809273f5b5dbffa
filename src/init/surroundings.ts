/** What a project says about itself and its database: names only, never a value that may be a secret. */
import { readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parse } from "yaml";
import type { ProjectFolder } from "./walk.js";

/** A PostgreSQL in a Compose file. */
export interface DatabaseService {
  readonly file: string;
  readonly service: string;
  /** On this machine; null: none is published. */
  readonly port: number | null;
  /** Null: not said, or said by a variable. */
  readonly user: string | null;
  readonly database: string | null;
}

export interface VariableFile {
  readonly file: string;
  readonly names: readonly string[];
}

export interface Surroundings {
  /** What package.json calls it, without a scope; null: nothing usable. */
  readonly packageName: string | null;
  /** What the directory is called; never empty. */
  readonly directoryName: string;
  readonly services: readonly DatabaseService[];
  /** Variables that sound like a database, by the files that set them. */
  readonly variables: readonly VariableFile[];
  /** Whether schemaready is installed in the project. */
  readonly installed: boolean;
}

const MOST_BYTES = 512 * 1024;
const LONGEST_NAME = 100;

/** Reads package.json, Compose files and the names in .env files. Never throws: what cannot be read says nothing. */
export async function lookAround(root: string, [top]: readonly ProjectFolder[]): Promise<Surroundings> {
  const files = top?.files ?? [];
  const read = (file: string) => readText(join(root, file));
  const compose = files.filter((name) => /^(docker-)?compose(\.[\w-]+)*\.ya?ml$/i.test(name));
  const services = await Promise.all(compose.map(async (file) => servicesIn(file, await read(file))));
  const environment = files.filter((name) => /^\.env(\.[\w-]+)*$/.test(name));
  const variables = await Promise.all(
    environment.map(async (file) => ({ file, names: variablesIn(await read(file)) })),
  );
  const installed = await stat(join(root, "node_modules", "schemaready")).catch(() => null);
  return {
    packageName: applicationName(packageName(await read("package.json"))),
    directoryName: applicationName(basename(resolve(root))) ?? "application",
    services: services.flat(),
    variables: variables.filter(({ names }) => names.length > 0),
    installed: installed !== null,
  };
}

async function readText(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size > MOST_BYTES) return "";
  return readFile(path, "utf8").catch(() => "");
}

function packageName(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const name: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "name") : null;
    return typeof name === "string" ? name : "";
  } catch {
    return "";
  }
}

/** `@acme/shop` is `shop`. Null: nothing is left of it. */
export function applicationName(text: string): string | null {
  const name = text
    .replace(/^@[^/]*\//, "")
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
  return name === "" ? null : [...name].slice(0, LONGEST_NAME).join("");
}

const IMAGE = /(^|\/)(postgres|postgis|pgvector|timescaledb|timescaledb-ha|postgresql)(:|@|$)/;

/** https://github.com/compose-spec/compose-spec/blob/main/05-services.md */
export function servicesIn(file: string, text: string): DatabaseService[] {
  const services = properties(property(parsed(text), "services"));
  return services.flatMap(([service, value]) => {
    const image = property(value, "image");
    if (typeof image !== "string" || !IMAGE.test(image)) return [];
    const environment = property(value, "environment");
    return [
      {
        file,
        service,
        port: publishedPort(property(value, "ports")),
        user: setting(environment, "POSTGRES_USER"),
        database: setting(environment, "POSTGRES_DB"),
      },
    ];
  });
}

function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: "silent", maxAliasCount: 100 });
  } catch {
    return null;
  }
}

function property(value: unknown, name: string): unknown {
  return properties(value).find(([key]) => key === name)?.[1];
}

function properties(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** A map, or a list of NAME=value. Only what these two names hold is looked at. */
function setting(environment: unknown, name: "POSTGRES_USER" | "POSTGRES_DB"): string | null {
  const listed = Array.isArray(environment)
    ? environment.find((each) => typeof each === "string" && each.startsWith(`${name}=`))
    : undefined;
  const value = typeof listed === "string" ? listed.slice(name.length + 1) : property(environment, name);
  const text = typeof value === "string" ? withDefaults(value) : "";
  return /^[\w.-]+$/.test(text) ? text : null;
}

/** `${PORT:-5432}` is 5432 unless somebody says otherwise. */
function withDefaults(text: string): string {
  return text.replaceAll(/\$\{\w+:?-([^}]*)\}/g, "$1");
}

function publishedPort(ports: unknown): number | null {
  for (const each of Array.isArray(ports) ? ports : []) {
    const port = typeof each === "string" ? shortPort(each) : longPort(each);
    if (port !== null) return port;
  }
  return null;
}

/** `5433:5432`, `127.0.0.1:5433:5432/tcp` */
function shortPort(text: string): number | null {
  const [, published] = /(?:^|:)(\d+):5432(?:\/tcp)?$/.exec(withDefaults(text)) ?? [];
  return published === undefined ? null : Number(published);
}

function longPort(value: unknown): number | null {
  if (Number(property(value, "target")) !== 5432) return null;
  const published = Number(property(value, "published"));
  return Number.isInteger(published) && published > 0 ? published : null;
}

const LINE = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm;
const ABOUT_DATABASES = /(^|_)(DATABASE|POSTGRES|POSTGRESQL|PG|DB)(_|$)|^PG[A-Z]+$/;

/** Names of variables that sound like a database, each once. What stands behind `=` is not kept. */
export function variablesIn(text: string): string[] {
  const names = [...text.matchAll(LINE)].map(([, name = ""]) => name);
  return [...new Set(names.filter((name) => ABOUT_DATABASES.test(name)))];
}
