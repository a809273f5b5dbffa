/** Secrets that a run knows before its first request. */
import { type ConnectionSettings, settingSecrets } from "../config/index.js";
import type { SmokeSuite } from "../model/flow.js";
import { soundsSecret } from "../model/secret-names.js";
import { templateNames } from "./template.js";

type Env = Readonly<Record<string, string | undefined>>;

/** What a run was given that may hold secrets. */
export interface Given {
  readonly suites: readonly SmokeSuite[];
  readonly env: Env;
  readonly connection: ConnectionSettings | null;
  readonly secrets: readonly string[];
}

/** Passwords of the connection and of every URL in the environment, and what the flows take from variables that sound secret. */
export function knownSecrets({ suites, env, connection, secrets }: Given): string[] {
  return [
    ...secrets,
    ...settingSecrets([], env),
    ...passwordOf(connection),
    ...suites.flatMap((suite) => [...secretVariables(suite, env), ...secretEnvironment(suite, env)]),
  ];
}

/** A password that is also the name of the user or the database is no secret as a word. */
function passwordOf(connection: ConnectionSettings | null): string[] {
  if (connection === null || connection.password === null) return [];
  const { password, user, host, database } = connection;
  return [user, host, database].includes(password) ? [] : [password];
}

/** `{{env.X}}` anywhere in a suite, when the name sounds secret. What the address is made of is no secret. */
function secretEnvironment({ baseUrl, ...suite }: SmokeSuite, env: Env): string[] {
  const address = new Set(templateNames(baseUrl));
  return templateNames(suite)
    .filter((name) => name.startsWith("env.") && soundsSecret(name) && !address.has(name))
    .flatMap((name) => worthHiding(env[name.slice("env.".length)]));
}

/** Variables that sound secret and come from the environment, whatever it calls them. */
function secretVariables({ variables }: SmokeSuite, env: Env): string[] {
  return Object.entries(variables)
    .filter(([name]) => soundsSecret(name))
    .flatMap(([, text]) => templateNames(text))
    .flatMap((name) => (name.startsWith("env.") ? worthHiding(env[name.slice("env.".length)]) : []));
}

/** `AUTH_ENABLED=true` and `AUTH_URL=http://auth.internal:8080` are settings; hiding every "true" would hide the run. */
function worthHiding(value: string | undefined): string[] {
  if (value === undefined || /^(?:true|false|null|none)$/i.test(value)) return [];
  return /^https?:\/\/[^/@?#]{1,300}\/?$/i.test(value) ? [] : [value];
}
