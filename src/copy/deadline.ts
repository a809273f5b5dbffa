import type { Trial } from "../model/trial.js";

/** The result, or `unknown` when it takes too long; what goes on then ends with the throwaway server. */
export async function within(milliseconds: number, work: Promise<Trial["result"]>): Promise<Trial["result"]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Trial["result"]>((resolve) => {
    const reason = `copy and trial took longer than ${Math.round(milliseconds / 1000)} s`;
    timer = setTimeout(() => resolve({ kind: "unknown", reason }), milliseconds);
  });
  // Nobody waits for it any more once it is late, so its failure is nobody's.
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
