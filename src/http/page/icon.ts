/** The icon in the browser's tab: its colour and its shape are the verdict's, so that one tab among thirty can be read. */
import type { Style } from "../../report/index.js";

const CROSS = "M5 5l6 6M11 5l-6 6";
const SHAPES: Readonly<Partial<Record<Style, readonly [colour: string, path: string]>>> = {
  green: ["116329", "M4 8l3 3 5-6"],
  yellow: ["7d4e00", "M8 4v5M8 11.5v.5"],
  red: ["b3151f", CROSS],
};
const UNKNOWN = ["0a5c6b", "M6 6q0-2 2-2t2 2q0 1-2 2.500v.5M8 11.500v.5"] as const;

/** A data: URI, the only image that the page's policy allows. */
export function iconOf(style: Style): string {
  const [colour, path] = SHAPES[style] ?? UNKNOWN;
  const stroke = "fill='none' stroke='white' stroke-width='2' stroke-linecap='round'";
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='3' fill='#${colour}'/><path d='${path}' ${stroke}/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
