/** Which index builds are at work, as far as PostgreSQL shows them. */
import { compareQualified, type QualifiedName } from "../model/names.js";
import type { IndexBuild } from "../model/surroundings.js";
import type { Facts } from "./rule.js";

/** The build of this index, or one on its relation that does not say of which index. */
export function buildOf({ surroundings }: Facts, relation: QualifiedName, index: string): IndexBuild | undefined {
  return surroundings?.builds.find(
    (build) => build.relation !== null && compareQualified(build.relation, relation) === 0 && build.index === index,
  );
}

/** A build on the relation whose index is not visible yet: a plain CREATE INDEX, whose transaction is still open. */
export function buildOn({ surroundings }: Facts, relation: QualifiedName): IndexBuild | undefined {
  return surroundings?.builds.find(
    (build) => build.relation !== null && compareQualified(build.relation, relation) === 0 && build.index === null,
  );
}

/**
 * A build of another role, of which PostgreSQL shows only the process, by a process that holds a lock on the relation:
 * every role sees the locks.
 */
export function hiddenBuildOn({ surroundings }: Facts, relation: QualifiedName): IndexBuild | undefined {
  const pids = (surroundings?.locks ?? [])
    .filter((lock) => lock.granted && compareQualified(lock, relation) === 0)
    .map(({ pid }) => pid);
  return surroundings?.builds.find((build) => build.relation === null && pids.includes(build.pid));
}
