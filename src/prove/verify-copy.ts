/** The verification of a copy: the same pipeline, without what a copy cannot have. */
import { parseConnectionString } from "../config/index.js";
import type { SessionLimits } from "../db/index.js";
import type { Contract } from "../model/contract.js";
import type { ScratchConnection } from "../scratch/index.js";
import { type Examination, examine } from "../verify.js";
import { forCopy } from "./left.js";

/** As examine; privileges and rows are not judged. */
export function examineCopy(
  contract: Contract,
  { url }: Pick<ScratchConnection, "url">,
  limits: SessionLimits,
): Promise<Examination> {
  return examine({ contract: forCopy(contract), connection: parseConnectionString(url), limits });
}
