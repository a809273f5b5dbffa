/**
 * Polls are answered before the framework sees them: finding the route, making a request and a reply and running hooks
 * costs as much again as the answer. Routes answer their polls with the same function, so there is one mind about them.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import type { RequestCounts } from "./metrics.js";
import { type ReadyAnswer, writeReady } from "./ready-answer.js";

/** What a route answers to GET and HEAD of its bare path; null: let the framework find out. */
export type Poll = (request: IncomingMessage) => ReadyAnswer | null;

/** The polls of all routes that are registered from now on, by path. */
export function collectPolls(app: FastifyInstance): ReadonlyMap<string, Poll> {
  const polls = new Map<string, Poll>();
  app.addHook("onRoute", ({ url, config }) => {
    if (config?.poll !== undefined) polls.set(url, config.poll);
  });
  return polls;
}

/**
 * Puts polls in front of the framework, for requests that come from a socket. Not for inject(), nor for the second
 * socket that `localhost` gets: there the framework answers, and says the same. To be called before the app is ready.
 */
export function answerPollsFirst(
  app: FastifyInstance,
  polls: ReadonlyMap<string, Poll>,
  requests: RequestCounts,
): void {
  let closing = false;
  // From then on answers tell their connection to close, which the framework sees to.
  app.addHook("preClose", (done) => {
    closing = true;
    done();
  });
  app.server.removeAllListeners("request");
  app.server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const answer = closing ? null : pollAnswer(polls, request);
    if (answer === null) return app.routing(request, response);
    writeReady(response, answer);
    requests.count(request.url ?? "", answer.status);
  });
}

function pollAnswer(polls: ReadonlyMap<string, Poll>, request: IncomingMessage): ReadyAnswer | null {
  const { method, url = "" } = request;
  if (method !== "GET" && method !== "HEAD") return null;
  try {
    return polls.get(url)?.(request) ?? null;
  } catch {
    // The framework asks again, and knows how to answer and to log what breaks.
    return null;
  }
}
