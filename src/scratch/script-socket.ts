import { Socket } from "node:net";
import { MessageFilter } from "./message-filter.js";

/** The socket of a connection on which scripts run: pg sees what the filter lets pass. Unencrypted connections only. */
export class ScriptSocket extends Socket {
  readonly messages = new MessageFilter();

  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (!Buffer.isBuffer(chunk)) return super.push(chunk, encoding);
    try {
      return super.push(this.messages.pass(chunk));
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
      return false;
    }
  }
}
