import type pg from "pg";
import type { MessageFilter } from "./message-filter.js";

/** The part of pg's connection that a query of our own uses. */
interface Wire {
  query(text: string): void;
  sendCopyFail(message: string): void;
}

/**
 * A script as one simple query whose rows nobody wants: pg would keep every row of every statement in memory.
 * Hand it to client.query(); `done` tells how it ended.
 */
export class DiscardingQuery implements pg.Submittable {
  readonly done: Promise<void>;
  readonly #text: string;
  readonly #messages: MessageFilter | null;
  /** Statements of the script that have run to their end. */
  completed = 0;
  #resolve: () => void = () => {};
  #reject: (error: unknown) => void = () => {};

  /** @param messages the filter of the socket, if it has one: then rows do not even reach pg */
  constructor(text: string, messages: MessageFilter | null) {
    this.#text = text;
    this.#messages = messages;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: unknown): void {
    // Set here and not earlier: only now it is this query's turn.
    if (this.#messages !== null) this.#messages.discardRows = true;
    (connection as Wire).query(this.#text);
  }

  handleError(error: unknown): void {
    if (this.#messages !== null) this.#messages.discardRows = false;
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    if (this.#messages !== null) this.#messages.discardRows = false;
    this.#resolve();
  }

  /** COPY ... FROM stdin waits for rows that nobody has. */
  handleCopyInResponse(connection: unknown): void {
    (connection as Wire).sendCopyFail("the replay sends no rows");
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCopyData(): void {}
  handleCommandComplete(): void {
    this.completed += 1;
  }

  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

const completedBefore = new WeakMap<object, number>();

/** Keeps how far the script came, for who catches the error. */
export function recordCompleted(error: unknown, { completed }: DiscardingQuery): void {
  if (typeof error === "object" && error !== null) completedBefore.set(error, completed);
}

/** How many statements of the script ran to their end before this error; null: not an error of a script. */
export function statementsCompleted(error: unknown): number | null {
  return typeof error === "object" && error !== null ? (completedBefore.get(error) ?? null) : null;
}
