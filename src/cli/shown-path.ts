import { isAbsolute, relative, resolve, sep } from "node:path";

/** Annotations land on files only when their paths are relative to the repository. */
export function shownPath(given: string, from: string): string {
  if (!isAbsolute(given)) return given;
  const inside = relative(from, resolve(given));
  return inside.startsWith(`..${sep}`) || inside === ".." || isAbsolute(inside) ? given : inside === "" ? "." : inside;
}
