/** Verification that is repeated: one connection that stays open, an exact "nothing has changed", a thread for large contracts. */
import { createVerifierInThread } from "./in-thread.js";
import { countRelations, createVerifier, type Verifier, type VerifierOptions } from "./verifier.js";

export { createVerifierInThread } from "./in-thread.js";
export { createVerifier, type Verifier, type VerifierOptions } from "./verifier.js";

/** Comparing more takes longer than a probe should wait for its turn. */
const MOST_RELATIONS_HERE = 200;

/** In this thread, or in one of its own when the contract is large. */
export function verifierFor(options: VerifierOptions): Verifier {
  return countRelations(options.contract) > MOST_RELATIONS_HERE
    ? createVerifierInThread(options)
    : createVerifier(options);
}
