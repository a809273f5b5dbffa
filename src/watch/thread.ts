/** Entry of the thread that verifies: comparing ten thousand tables must not keep a probe waiting. */
import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Question } from "./messages.js";
import { createVerifier, type VerifierOptions } from "./verifier.js";

const port = parentPort;
if (port === null) throw new Error("this file is the entry of a worker thread");

const verifier = createVerifier(workerData as VerifierOptions);
const answer = (message: Answer) => port.postMessage(message);
let running = new AbortController();

port.on("message", ({ kind }: Question) => {
  if (kind === "verify") {
    running = new AbortController();
    verifier.verify(running.signal).then(
      (report) => answer({ kind: "report", report }),
      (error: unknown) => answer({ kind: "error", error: error instanceof Error ? error : new Error(String(error)) }),
    );
  } else if (kind === "abort") running.abort();
  else void verifier.close().finally(() => answer({ kind: "closed" }));
});
