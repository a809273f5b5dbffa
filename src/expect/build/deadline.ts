/** An end to the patience with one check file. */
import type { ScratchConnection } from "../../scratch/index.js";
import { BuildTimeout } from "./tasks.js";

/** The connection, on which no statement begins more than `milliseconds` from now. */
export function withDeadline(connection: ScratchConnection, milliseconds: number): ScratchConnection {
  const end = performance.now() + milliseconds;
  const check = () => {
    if (performance.now() > end) throw new BuildTimeout(null);
  };
  return {
    ...connection,
    query: async (text, params) => {
      check();
      return connection.query(text, params);
    },
    execute: async (script) => {
      check();
      return connection.execute(script);
    },
  };
}
