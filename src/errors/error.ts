import { ERRORS, type ErrorCode, type ExitCode } from "./codes.js";

/** One problem at one place; a bad input gives all of its problems at once. */
export interface Problem {
  readonly message: string;
  /** `file:line:column`, when the problem has a place. */
  readonly place?: string;
}

/**
 * An error with the four parts that users need: what is wrong, why it matters, what to do, where to read more.
 * `message` is the first line; `text()` is the whole. Neither ever holds a secret: whoever throws has redacted.
 */
export class SchemareadyError extends Error {
  override readonly name = "SchemareadyError";
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];
  readonly fix: string;
  readonly sqlstate: string | null;

  constructor(
    code: ErrorCode,
    what: string,
    options: {
      readonly problems?: readonly Problem[];
      readonly fix?: string;
      readonly sqlstate?: string | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(what, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.problems = options.problems ?? [];
    this.fix = options.fix ?? ERRORS[code].fix;
    this.sqlstate = options.sqlstate ?? null;
  }

  get exitCode(): ExitCode {
    return ERRORS[this.code].exit;
  }

  get httpStatus(): number {
    return ERRORS[this.code].http;
  }

  /** The whole message for a terminal, several lines, no trailing newline. */
  text(): string {
    const places = this.problems.map(({ message, place }) => (place ? `  ${place}: ${message}` : `  ${message}`));
    return [
      `error ${this.code}: ${this.message}`,
      ...places,
      `  why it matters: ${ERRORS[this.code].why}`,
      `  what to do: ${this.fix}`,
      `  read more: docs/errors.md#${this.code.toLowerCase()}`,
    ].join("\n");
  }
}
