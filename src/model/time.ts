/**
 * A time as people read it: `2025-10-16T02:10:34.123456Z` becomes `2025-10-16 02:10:34 UTC`. Text that is not an
 * ISO 8601 UTC time comes back as it is.
 */
export function displayTime(iso: string): string {
  const match = /^(\d{4,}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(iso);
  return match === null ? iso : `${match[1]} ${match[2]} UTC`;
}
