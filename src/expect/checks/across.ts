/** What only shows when all files are looked at together. */
import type { CheckFile } from "../check-file.js";
import { displayPlace, type Path, type PlacedProblem } from "../load/place.js";
import { sourceIdentity } from "./expect.js";

interface Claim {
  readonly file: CheckFile;
  readonly path: Path;
  readonly part: "key" | "value";
}

/** Feature ids, endpoints and flows that two places claim, and files of one application that contradict each other. */
export function checkAcross(files: readonly CheckFile[]): PlacedProblem[] {
  return [
    ...repeatedFeatures(files),
    ...repeatedEndpoints(files),
    ...repeatedFlows(files),
    ...differingHeads(files),
    ...differingSources(files),
  ];
}

/** One file of an application may name its source, or all of them the same one. */
function differingSources(files: readonly CheckFile[]): PlacedProblem[] {
  const first = new Map<string, CheckFile>();
  return files.flatMap((file) => {
    const identity = sourceIdentity(file);
    if (identity === null) return [];
    const { application } = file.content;
    const other = first.get(application);
    if (other === undefined) first.set(application, file);
    if (other === undefined || sourceIdentity(other) === identity) return [];
    const where = displayPlace(other.locate(["expect"]));
    const message = `application ${JSON.stringify(application)} takes its schema from another source at ${where}: it has one`;
    return [{ place: file.locate(["expect"], "key"), message }];
  });
}

function repeatedFeatures(files: readonly CheckFile[]): PlacedProblem[] {
  const claims = new Claims((id: string) => `feature ${JSON.stringify(id)} is described twice`);
  for (const file of files) {
    for (const id of file.content.features?.keys() ?? []) {
      claims.add(id, id, { file, path: ["features", id], part: "key" });
    }
  }
  return claims.problems;
}

function repeatedEndpoints(files: readonly CheckFile[]): PlacedProblem[] {
  const claims = new Claims((endpoint: string) => `conflicting features: ${JSON.stringify(endpoint)} is listed twice`);
  for (const file of files) {
    for (const [id, feature] of file.content.features ?? []) {
      for (const [i, endpoint] of (feature.endpoints ?? []).entries()) {
        // The name of a path parameter does not tell two endpoints apart.
        const identity = JSON.stringify([file.content.application, endpoint.replaceAll(/\{[^{}]*\}/g, "{}")]);
        claims.add(identity, endpoint, { file, path: ["features", id, "endpoints", i], part: "value" });
      }
    }
  }
  return claims.problems;
}

function repeatedFlows(files: readonly CheckFile[]): PlacedProblem[] {
  const claims = new Claims((id: string) => `flow ${JSON.stringify(id)} of this application is described twice`);
  for (const file of files) {
    for (const id of file.content.smoke?.flows.keys() ?? []) {
      const identity = JSON.stringify([file.content.application, id]);
      claims.add(identity, id, { file, path: ["smoke", "flows", id], part: "key" });
    }
  }
  return claims.problems;
}

const MIGRATION_HEADS = ["tool", "schema", "table"] as const;
type Head = "schema" | "role" | `migrations.${(typeof MIGRATION_HEADS)[number]}`;

/** Several files may describe one application, if they agree on what it is. */
function differingHeads(files: readonly CheckFile[]): PlacedProblem[] {
  const first = new Map<string, CheckFile>();
  return files.flatMap((file) => {
    const { application } = file.content;
    const other = first.get(application);
    if (other !== undefined) return differences(file, other);
    first.set(application, file);
    return [];
  });
}

function differences(file: CheckFile, other: CheckFile): PlacedProblem[] {
  const heads: Head[] = ["schema", "role"];
  if (file.content.migrations !== undefined && other.content.migrations !== undefined) {
    heads.push(...MIGRATION_HEADS.map((head) => `migrations.${head}` as const));
  }
  return heads.flatMap((head) => {
    if (headOf(file, head) === headOf(other, head)) return [];
    const path = head.split(".");
    const message = `application ${JSON.stringify(file.content.application)} has another ${head} at ${displayPlace(other.locate(path))}`;
    return [{ place: file.locate(path), message }];
  });
}

function headOf({ content }: CheckFile, head: Head): unknown {
  if (head === "schema" || head === "role") return content[head];
  return MIGRATION_HEADS.filter((each) => head === `migrations.${each}`).map((each) => content.migrations?.[each])[0];
}

/** Remembers who came first; everybody else is a problem that names the first place. */
class Claims {
  readonly problems: PlacedProblem[] = [];
  private readonly first = new Map<string, Claim>();

  constructor(private readonly message: (name: string) => string) {}

  add(identity: string, name: string, claim: Claim): void {
    const other = this.first.get(identity);
    if (other === undefined) {
      this.first.set(identity, claim);
      return;
    }
    const where = displayPlace(other.file.locate(other.path, other.part));
    this.problems.push({
      place: claim.file.locate(claim.path, claim.part),
      message: `${this.message(name)}; the first is at ${where}`,
    });
  }
}
