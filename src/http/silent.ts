/** Connections on which nothing was ever asked: browsers and load balancers open some ahead of need. */
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/**
 * Ends them when the service closes. Node calls a connection idle only when it has had an answer, so closing would wait
 * for those that have sent nothing yet, until it is cut off.
 */
export function endSilentConnections(app: FastifyInstance): void {
  const open = new Set<Socket>();
  app.server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  app.addHook("preClose", async () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  });
}
