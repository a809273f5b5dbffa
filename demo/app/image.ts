/** Stands in for the image service: a picture made from the text, or a refusal. */
import { createHash } from "node:crypto";

const REFUSED = /\b(nude|gore)\b/i;

/** Returns a `data:` URL of an SVG picture; the same prompt and seed give the same picture. Throws when it refuses. */
export function drawAvatar(prompt: string, seed: number): string {
  if (REFUSED.test(prompt)) throw new Error("The image service refused the prompt.");
  const digest = createHash("sha256").update(`${seed}:${prompt}`).digest();
  const hue = (index: number) => Math.round(((digest[index] ?? 0) / 255) * 360);
  const svg = [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">',
    `<rect width="100" height="100" fill="hsl(${hue(0)} 60% 85%)"/>`,
    `<circle cx="50" cy="40" r="20" fill="hsl(${hue(1)} 45% 60%)"/>`,
    `<path d="M15 100a35 35 0 0 1 70 0z" fill="hsl(${hue(2)} 50% 45%)"/>`,
    "</svg>",
  ].join("");
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
