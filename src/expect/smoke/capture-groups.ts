/** The groups of a regular expression. */

/** How many it has, and their names; null when it is no regular expression. */
export function groupsOf(regex: string): { readonly count: number; readonly names: readonly string[] } | null {
  try {
    // With an empty alternative it matches anything, and tells every group.
    const match = new RegExp(`${regex}|`, "u").exec("");
    return { count: (match?.length ?? 1) - 1, names: Object.keys(match?.groups ?? {}) };
  } catch {
    return null;
  }
}

/** The first group is what people put parentheses around; without one, the whole match is meant. */
export function defaultGroup(regex: string): 0 | 1 {
  return (groupsOf(regex)?.count ?? 0) > 0 ? 1 : 0;
}

/** Why a group cannot be kept, or null. */
export function groupProblem(regex: string, group: number | string): string | null {
  const groups = groupsOf(regex);
  if (groups === null) return null;
  const { count, names } = groups;
  if (typeof group === "string" ? names.includes(group) : group <= count) return null;
  const which = names.length === 0 ? "" : `, named ${names.join(", ")}`;
  const has = count === 0 ? "no group" : `${count} ${count === 1 ? "group" : "groups"}${which}`;
  return `there is no group ${group}: the regular expression has ${has}`;
}
