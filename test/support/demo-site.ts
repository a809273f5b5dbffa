/** The demo application as one listening process whose database is exchanged: the same site in many states. */
import type { AddressInfo } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import { buildApp } from "../../demo/app/app.js";
import { type Database, type DatabasePool, openDatabase } from "../../demo/app/database.js";
import { signToken } from "../../demo/app/token.js";
import { startWorker, type Worker } from "../../demo/app/worker.js";

const SECRET = "secret of this site";
const WORKER_LOOKS_MS = 50;

/** What stands between a request and its answer. */
export interface Between {
  /** May answer instead of the application. */
  readonly before?: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** The work is done and the answer not sent yet. */
  readonly after?: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

export interface DemoSite {
  readonly url: string;
  /** What SMOKE_TOKEN holds for this account. */
  token(userId: string): string;
  /** From now on the application works on this database. @param options.worker whether generations are done; default: yes */
  use(url: string, options?: { readonly worker?: boolean; readonly between?: Between }): Promise<void>;
  /** Lets go of its database: no session of the application is left there. */
  release(): Promise<void>;
  close(): Promise<void>;
}

export async function startDemoSite(): Promise<DemoSite> {
  let pool: DatabasePool | null = null;
  let worker: Worker | null = null;
  let between: Between = {};
  const now = (): DatabasePool => {
    if (pool === null) throw new Error("the site has no database yet");
    return pool;
  };
  const database: Database = {
    run: (statement) => now().run(statement),
    query: (operation, text, params) => now().query(operation, text, params),
    transaction: (work) => now().transaction(work),
  };
  const app = buildApp({ database, secret: SECRET });
  app.addHook("onRequest", async (request, reply) => between.before?.(request, reply));
  app.addHook("onSend", async (request, reply) => between.after?.(request, reply));
  await app.listen({ port: 0, host: "127.0.0.1" });
  const release = async () => {
    await worker?.stop();
    await pool?.close();
    worker = null;
    pool = null;
  };
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    token: (userId) => signToken(userId, SECRET),
    use: async (url, options = {}) => {
      await release();
      pool = openDatabase(url);
      between = options.between ?? {};
      if (options.worker ?? true) worker = startWorker(pool, { error: () => {} }, WORKER_LOOKS_MS);
    },
    release,
    close: async () => {
      await app.close();
      await release();
    },
  };
}
