/** Something that the story needs did not happen; the message says what. The demo ends with exit code 1. */
export class StoryError extends Error {
  override readonly name = "StoryError";
}
