/** Choices that fast-check makes: a schema and a drift are built step by step, and the seed alone says what comes out. */
import fc from "fast-check";

export interface Chooser {
  /** @throws Error for an empty list: whoever asks makes sure that there is something to choose */
  one<T>(from: readonly T[]): T;
  /** Different members, at most as many as there are. */
  some<T>(from: readonly T[], atMost: number): T[];
  chance(percent: number): boolean;
  between(least: number, most: number): number;
}

/** What a builder makes of a chooser, as an arbitrary. */
export function chosen<T>(build: (choose: Chooser) => T): fc.Arbitrary<T> {
  return fc.gen().map((generate) => build(chooserOf(generate)));
}

/** A value of the arbitrary that depends on the seed and on nothing else. */
export function sampleOf<T>(arbitrary: fc.Arbitrary<T>, seed: number): T {
  const [value] = fc.sample(arbitrary, { seed, numRuns: 1 });
  if (value === undefined) throw new Error("fast-check gave no value");
  return value;
}

function chooserOf(generate: fc.GeneratorValue): Chooser {
  const between = (least: number, most: number) => generate(fc.integer, { min: least, max: Math.max(least, most) });
  const one = <T>(from: readonly T[]): T => {
    const index = between(0, from.length - 1);
    if (index >= from.length) throw new Error("nothing to choose from");
    return from[index] as T;
  };
  return {
    one,
    between,
    chance: (percent) => between(1, 100) <= percent,
    some: <T>(from: readonly T[], atMost: number) => {
      const rest = [...from];
      const count = Math.min(atMost, rest.length);
      return Array.from({ length: count }, () => rest.splice(between(0, rest.length - 1), 1)).flat();
    },
  };
}
