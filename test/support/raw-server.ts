/** A server that speaks bytes, not HTTP. */

import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

export interface RawServer {
  readonly port: number;
  /** How many connections have come. */
  connections(): number;
  close(): Promise<void>;
}

/** @param tls speaks TLS before the bytes */
export async function startRaw(onConnection: (socket: Socket) => void, tls?: TlsOptions): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const accept = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    connections += 1;
    onConnection(socket);
  };
  const server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept);
  // A client that does not like the certificate goes away; that is what is tested.
  server.on("tlsClientError", () => {});
  server.on("connection", (socket: Socket) => void sockets.add(socket.on("error", () => {})));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** What `socket.once("data")` answers with. */
export const OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n{}";
