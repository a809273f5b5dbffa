/** Polls routes over connections that stay open, as monitors do, and hands over each answer. */
import { connect, type Socket } from "node:net";

export interface Polled {
  readonly path: string;
  readonly status: number;
  readonly body: string;
  /** Date.now() when the answer was here. */
  readonly at: number;
}

export interface PollOptions {
  readonly connections: number;
  readonly total: number;
  /** Asked in turns. */
  readonly paths: readonly string[];
  /** A connection is given up after so many answers, and another one opened. */
  readonly perConnection: number;
}

/** Asks `total` times over `connections` connections at once, each as soon as it has its answer. */
export async function poll(url: string, options: PollOptions, answered: (polled: Polled) => void): Promise<void> {
  const { connections, total, paths, perConnection } = options;
  const { hostname, port } = new URL(url);
  let asked = 0;
  const nextPath = (): string | null => {
    asked += 1;
    return asked > total ? null : (paths[asked % paths.length] ?? null);
  };
  const client = async () => {
    while (asked < total) {
      const socket = connect(Number(port), hostname);
      await ask(socket, { nextPath, perConnection }, answered);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
}

interface Asking {
  readonly nextPath: () => string | null;
  readonly perConnection: number;
}

/** Resolves when the connection is closed; rejects when it was not we who closed it. */
function ask(socket: Socket, { nextPath, perConnection }: Asking, answered: (polled: Polled) => void): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let path: string | null = null;
    let left = perConnection;
    const next = () => {
      path = left > 0 ? nextPath() : null;
      left -= 1;
      if (path === null) socket.end();
      else socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    };
    socket.on("connect", next).on("error", reject);
    socket.on("close", () => (path === null ? resolve() : reject(new Error(`no answer from ${path}`))));
    onAnswers(socket, (status, body) => {
      answered({ path: path ?? "", status, body, at: Date.now() });
      next();
    });
  });
}

function onAnswers(socket: Socket, answered: (status: number, body: string) => void): void {
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1]);
    if (text.length < end + 4 + length) return;
    const [status, body] = [Number(text.slice(9, 12)), text.slice(end + 4)];
    text = "";
    answered(status, body);
  });
}
