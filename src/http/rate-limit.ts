/** Callers with access can make the service look at the database; this bounds how often. Probes are never limited: 429 is an outage to them. */
import rateLimit, { type RateLimitOptions } from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";

const REFRESHES_A_MINUTE = 60;

/** To be called before routes are registered; then a route is limited when its config says so. */
export async function registerRateLimit(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, { global: false });
}

/** For one route: all callers together, because it is one database that they ask. `counts` says which requests do. */
export function limited(what: string, counts: (request: FastifyRequest) => boolean): RateLimitOptions {
  return {
    max: REFRESHES_A_MINUTE,
    timeWindow: 60_000,
    keyGenerator: () => what,
    allowList: (request) => !counts(request),
    errorResponseBuilder: (_request, { ttl }) => {
      const seconds = Math.max(1, Math.ceil(ttl / 1000));
      const message = `More than ${REFRESHES_A_MINUTE} ${what} in a minute; again in ${seconds} s`;
      return Object.assign(new Error(message), { statusCode: 429 });
    },
  };
}
