import { type Handler, send } from "./app-server.js";

/** An application that keeps things; `stored` is what a run has left behind. */
export function things() {
  const stored = new Set<string>();
  let next = 0;
  const routes: Record<string, Handler> = {
    "POST /things": () => {
      const id = `t${++next}`;
      stored.add(id);
      return { id };
    },
    "DELETE /things/*": ({ line }, response) =>
      stored.delete(line.split("/").at(-1) ?? "") ? {} : send(response, 404, {}),
  };
  return { stored, routes };
}
