/** Long output, cut for the story: a report names every gap of every feature, and the story shows how it begins. */

export interface ExcerptLimits {
  /** Lines of a section (sections are separated by empty lines). */
  readonly lines: number;
  /** Sections; the rest is only counted. */
  readonly sections: number;
}

export interface Excerpt {
  /** Takes the next line; returns what is to be shown for it. */
  next(line: string): readonly string[];
  /** What is to be shown when no more lines come. */
  end(): readonly string[];
}

/** Shows lines as they come, and says how many it left out wherever it did. */
export function createExcerpt(limits: ExcerptLimits): Excerpt {
  let section = 1;
  let shown = 0;
  let left = 0;
  const tellLeft = (): string[] => {
    const told = left === 0 ? [] : [`... ${left} more ${left === 1 ? "line" : "lines"}`];
    left = 0;
    return told;
  };
  return {
    next: (line) => {
      if (section > limits.sections) {
        left += 1;
        return [];
      }
      if (line === "") {
        section += 1;
        shown = 0;
        // The sections from here on are told at the end, with what is left of this one.
        return section > limits.sections ? [] : [...tellLeft(), line];
      }
      shown += 1;
      if (shown <= limits.lines) return [line];
      left += 1;
      return [];
    },
    end: tellLeft,
  };
}
