/** Where a server of our own listens: in a folder that nobody else may enter, or, where that cannot be had, on loopback. */
import { chownSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Account } from "./account.js";

/** `any`: a socket where one can be had; `loopback`: a TCP port, for programs that understand nothing else. */
export type ListenPreference = "any" | "loopback";

export interface Listening {
  /** What clients connect to: the folder of the socket, or 127.0.0.1. */
  readonly host: string;
  readonly port: number;
  /** Null: on loopback. */
  readonly socketFolder: string | null;
}

/** Part of the socket's file name; no other server listens in that folder. */
const SOCKET_PORT = 5432;
/** `sockaddr_un` has room for 104 bytes on macOS and 108 on Linux, the final NUL included. */
const LONGEST_SOCKET_PATH = 103;

/** Decides where the server in `directory` is to listen. Asked again, it names another port. */
export async function chooseListening(
  directory: string,
  account: Account | null,
  preference: ListenPreference,
): Promise<Listening> {
  const folder = join(directory, "socket");
  const fits = Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_SOCKET_PATH;
  if (preference === "loopback" || process.platform === "win32" || !fits) {
    return { host: "127.0.0.1", port: await freePort(), socketFolder: null };
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account !== null) chownSync(folder, account.uid, account.gid);
  return { host: folder, port: SOCKET_PORT, socketFolder: folder };
}

/** Settings of the server that make it listen there and nowhere else. */
export function listenSettings({ port, socketFolder }: Listening): Readonly<Record<string, string>> {
  return {
    port: String(port),
    listen_addresses: socketFolder === null ? "127.0.0.1" : "",
    unix_socket_directories: socketFolder ?? "",
    unix_socket_permissions: "0700",
  };
}

/** PostgreSQL URI for a role and a database of that server. */
export function urlOf(
  { host, port, socketFolder }: Listening,
  user: string,
  password: string,
  database: string,
): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  if (socketFolder === null) return `postgresql://${login}@${host}:${port}/${database}?sslmode=disable`;
  // A URL has no room for a path in its host; libpq and its relatives read the parameter instead.
  return `postgresql://${login}@localhost:${port}/${database}?host=${encodeURIComponent(host)}&sslmode=disable`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, () => {
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
