/** /schema/changes: when the verdict changed, as far as this process remembers. */
import type { FastifyInstance } from "fastify";
import type { ChangeLog } from "../changes.js";
import { changesSchema } from "../schemas.js";
import { answer, operation, problems, sendBytes } from "./route.js";

const CHANGES = operation({
  operationId: "schemaChanges",
  tag: "Schema",
  summary: "The last changes of the verdict, newest first",
  description: "Of this process, since it started; at most a hundred. `total` counts all of them.",
  details: true,
  responses: { 200: answer("The changes.", { "application/json": changesSchema }), ...problems(500) },
});

export function registerChanges(app: FastifyInstance, log: ChangeLog): void {
  app.get("/schema/changes", { config: { access: "details" }, schema: CHANGES }, (_request, reply) => {
    const body = Buffer.from(JSON.stringify({ total: log.total, changes: log.changes }));
    return sendBytes(reply, 200, "application/json", body);
  });
}
