/** An application with accounts that holds its answer to one request, so that a test can kill the run right there. */
import { type Handler, type Received, send, startApp } from "./app-server.js";

export const HOLDING_PASSWORD = "canary-password-of-the-run";

/** Whether the held request has done its work by then. */
export type Hold = "before" | "after";

/** The steps of CHECK: four requests, then two that clean up. */
export const REQUESTS = [
  "POST /login",
  "POST /things",
  "PUT /named/*",
  "GET /things/*",
  "DELETE /named/*",
  "DELETE /things/*",
];

/** A thing that is known by what the application answers, and one whose name the run chooses. */
export const HOLDING_CHECK = `version: 1
application: things
schema: public
relations:
  things: { columns: { id: text } }
smoke:
  secrets: { password: "{{env.PASSWORD}}" }
  flows:
    login:
      steps:
        login:
          request: { path: /login, json: { password: "{{password}}" } }
          capture: { token: $.token }
    things:
      needs: [login]
      steps:
        create:
          request: { method: POST, path: /things, headers: { authorization: "Bearer {{token}}" } }
          capture: { id: $.id }
          cleanup:
            request: { method: DELETE, path: "/things/{{id}}", headers: { authorization: "Bearer {{token}}" } }
            describes: "thing {{id}}"
        put:
          request: { method: PUT, path: "/named/smoke-{{runId}}", headers: { authorization: "Bearer {{token}}" } }
          cleanup:
            request: { method: DELETE, path: "/named/smoke-{{runId}}", headers: { authorization: "Bearer {{token}}" } }
            describes: "named smoke-{{runId}}"
        read:
          request: { path: "/things/{{id}}", headers: { authorization: "Bearer {{token}}" } }
`;

export interface HoldingApp {
  readonly url: string;
  /** What is there; t0 was there before. */
  readonly stored: Set<string>;
  readonly tokens: readonly string[];
  /** Holds the answer to the next request of this route, once; resolves when it has come. */
  hold(route: string, when: Hold): Promise<void>;
  /** Answers what was held. */
  release(): void;
  close(): Promise<void>;
}

export async function startHoldingApp(): Promise<HoldingApp> {
  const stored = new Set(["t0"]);
  const tokens: string[] = [];
  let next = 0;
  let held: { route: string; when: Hold; arrived: () => void } | null = null;
  let release = () => {};
  const deeds: Record<string, (path: string) => unknown> = {
    "POST /things": () => {
      const id = `t${++next}`;
      stored.add(id);
      return { id };
    },
    "PUT /named/*": (path) => stored.add(path) && {},
    "GET /things/*": (path) => (stored.has(last(path)) ? {} : undefined),
    "DELETE /named/*": (path) => (stored.delete(path) ? {} : undefined),
    "DELETE /things/*": (path) => (stored.delete(last(path)) ? {} : undefined),
    "POST /login": () => {
      tokens.push(`canary-token-number-${tokens.length + 1}`);
      return { token: tokens.at(-1) };
    },
  };
  const answer =
    (route: string): Handler =>
    async (received, response) => {
      if (!allowed(route, received, tokens)) return send(response, 401, {});
      const path = received.line.split(" ")[1] ?? "";
      const mine = held?.route === route ? held : null;
      if (mine === null) return deeds[route]?.(path);
      held = null;
      const result = mine.when === "after" ? deeds[route]?.(path) : undefined;
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      mine.arrived();
      await gate;
      if (response.destroyed) return send(response, 500, {});
      return mine.when === "after" ? result : deeds[route]?.(path);
    };
  const app = await startApp(Object.fromEntries(Object.keys(deeds).map((route) => [route, answer(route)])));
  return {
    url: app.url,
    stored,
    tokens,
    hold: (route, when) =>
      new Promise((arrived) => {
        held = { route, when, arrived };
      }),
    release: () => release(),
    close: app.close,
  };
}

function allowed(route: string, { headers, body }: Received, tokens: readonly string[]): boolean {
  if (route === "POST /login") return body.includes(HOLDING_PASSWORD);
  return tokens.some((token) => headers.authorization === `Bearer ${token}`);
}

function last(path: string): string {
  return path.split("/").at(-1) ?? "";
}
