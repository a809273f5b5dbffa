/** Contracts of other sources and the contract of the check files -> the one contract of all of it. */
import { SchemareadyError } from "../../errors/index.js";
import type { Application, Contract, ContractSource } from "../../model/contract.js";
import type { Provenance } from "../../model/provenance.js";
import { canonicalJson } from "../canonical-json.js";
import { contractId } from "../contract-id.js";
import { commonDefinitions } from "./definitions.js";
import { inOrder } from "./order.js";
import { bringsObjects, overlayApplication } from "./overlay.js";

export interface JoinInput {
  /** What the check files say: one application for each name. */
  readonly checks: Contract;
  /** The contract that the schema of an application is taken from; null: its check files say all of it. */
  readonly sourceOf: (application: string) => Contract | null;
  /** Contracts whose other applications stay, although no check file is about them. */
  readonly keep?: readonly Contract[];
}

/**
 * Joins each application of the check files with that of its source.
 * @throws SchemareadyError CHECK_FILE when they define a column otherwise than the source, and when a source has several
 *   applications and none of that name
 */
export function joinContract({ checks, sourceOf, keep = [] }: JoinInput): Contract {
  const joined = checks.applications.map((application): Part => {
    const contract = sourceOf(application.name);
    if (contract === null) return { application, source: checks.source, contract: null };
    const own = applicationFor(contract, application.name);
    const source = bringsObjects(application) && contract.source !== checks.source ? "mixed" : contract.source;
    return { application: overlayApplication(own, application), source, contract, own };
  });
  const rest = keep.flatMap((contract) =>
    contract.applications
      .filter((application) => !joined.some(({ own }) => own === application))
      .map((application): Part => ({ application, source: contract.source, contract })),
  );
  const parts = [...joined, ...rest];
  const contracts = new Set(parts.flatMap(({ contract }) => contract ?? []));
  const content = inOrder({
    source: commonSource(parts.map(({ source }) => source)),
    applications: parts.map(({ application }) => application),
    provenance: commonProvenance(contracts),
    ...commonDefinitions(contracts),
  });
  return { id: contractId(content), ...content };
}

interface Part {
  readonly application: Application;
  readonly source: ContractSource;
  readonly contract: Contract | null;
  /** The application of the contract that was joined. */
  readonly own?: Application;
}

/** A schema that was read serves whatever application asks for it; a contract of several knows them by name. */
export function applicationFor({ applications }: Contract, name: string): Application {
  const [first, ...others] = applications;
  const own =
    applications.find((application) => application.name === name) ?? (others.length === 0 ? first : undefined);
  if (own !== undefined) return own;
  const known = applications.map((each) => each.name).join(", ");
  const what = `The source has no application ${JSON.stringify(name)}.`;
  const message = `the contract that it is taken from describes ${known === "" ? "no application" : known}`;
  throw new SchemareadyError("CHECK_FILE", what, { problems: [{ place: `application ${name}`, message }] });
}

function commonSource(sources: readonly ContractSource[]): ContractSource {
  const [first = "check-files", ...others] = new Set(sources);
  return others.length === 0 ? first : "mixed";
}

/** Two directories of migrations may both make one object: then nobody can say which of them this database has it from. */
function commonProvenance(contracts: ReadonlySet<Contract>): Provenance[] {
  const known = new Map<string, Provenance | null>();
  for (const { provenance } of contracts) {
    for (const each of provenance) {
      const key = canonicalJson([each.subject, each.property]);
      const other = known.get(key);
      const agrees = other === undefined || (other !== null && canonicalJson(other) === canonicalJson(each));
      known.set(key, agrees ? each : null);
    }
  }
  return [...known.values()].filter((each) => each !== null);
}
