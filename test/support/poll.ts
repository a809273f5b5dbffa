/** Polls one route over connections that stay open, as monitors do, and hands over each answer. */
import { connect, type Socket } from "node:net";

export interface Polled {
  readonly status: number;
  readonly body: string;
  /** Date.now() when the answer was here. */
  readonly at: number;
}

/** Asks `total` times over `connections` connections, each as soon as it has its answer. */
export async function poll(
  url: string,
  { connections, total }: { readonly connections: number; readonly total: number },
  answered: (polled: Polled) => void,
): Promise<void> {
  const { hostname, port, pathname } = new URL(url);
  const request = `GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`;
  let left = total;
  const client = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      const next = () => {
        left -= 1;
        if (left < 0) socket.end();
        else socket.write(request);
      };
      socket.on("connect", next).on("error", reject).on("close", resolve);
      onAnswers(socket, (status, body) => {
        answered({ status, body, at: Date.now() });
        next();
      });
    });
  await Promise.all(Array.from({ length: connections }, client));
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
