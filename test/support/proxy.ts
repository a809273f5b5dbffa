/** A TCP proxy between us and a server: counts what passes, and fails as networks do. */
import { connect, createServer, type Server, type Socket } from "node:net";

export interface TcpProxy {
  /** The server's URL with the proxy's address in it. */
  readonly url: string;
  /** Bytes from the server since the last call. */
  takeBytes(): number;
  /** Connections that were made through it. */
  readonly connections: number;
  /** Connections that are open. */
  readonly open: number;
  /** Nothing passes any more, in either direction, and nobody is told: a cable that was cut. */
  blackHole(): void;
  /** Every connection is taken and closed at once: a proxy whose server is gone. */
  refuse(): void;
  /** New connections work again; those that there are are gone. */
  heal(): void;
  /** Every connection is reset. */
  cut(): void;
  /** Every connection is reset, and new ones go to another server: a failover. */
  pointTo(serverUrl: string): void;
  close(): Promise<void>;
}

export async function createProxy(serverUrl: string): Promise<TcpProxy> {
  let target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const state = { bytes: 0, connections: 0, swallow: false, refuse: false };
  const server = createServer((client) => {
    state.connections += 1;
    if (state.refuse) client.destroy();
    else join(client, target, sockets, state);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const url = new URL(serverUrl);
  url.hostname = "127.0.0.1";
  url.port = String(portOf(server));
  return {
    url: url.href,
    takeBytes: () => {
      const { bytes } = state;
      state.bytes = 0;
      return bytes;
    },
    get connections() {
      return state.connections;
    },
    get open() {
      return sockets.size / 2;
    },
    blackHole: () => {
      state.swallow = true;
    },
    refuse: () => {
      state.refuse = true;
      cut();
    },
    heal: () => {
      cut();
      state.swallow = false;
      state.refuse = false;
    },
    cut,
    pointTo: (other) => {
      target = new URL(other);
      cut();
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface State {
  bytes: number;
  swallow: boolean;
}

function join(client: Socket, target: URL, sockets: Set<Socket>, state: State): void {
  const server = connect(Number(target.port || 5432), target.hostname);
  const end = () => {
    client.destroy();
    server.destroy();
  };
  for (const socket of [client, server]) {
    sockets.add(socket);
    socket.on("error", end).on("close", () => {
      sockets.delete(socket);
      end();
    });
  }
  client.on("data", (chunk) => {
    if (!state.swallow) server.write(chunk);
  });
  server.on("data", (chunk) => {
    state.bytes += chunk.length;
    if (!state.swallow) client.write(chunk);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy does not listen");
  return address.port;
}
