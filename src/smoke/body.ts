/** The body of a request as it is sent. */
import { randomUUID } from "node:crypto";
import type { Part, RequestTemplate } from "../model/flow.js";
import { type Lookup, renderJson, renderPairs, renderText } from "./template.js";

export interface RenderedBody {
  readonly body: string | Buffer | null;
  readonly contentType: string | null;
}

/** Replaces the templates; an upload becomes the bytes that are sent, so its length is known before. */
export function renderBody(body: RequestTemplate["body"], lookup: Lookup): RenderedBody {
  switch (body.kind) {
    case "none":
      return { body: null, contentType: null };
    case "json":
      return { body: JSON.stringify(renderJson(body.value, lookup)), contentType: "application/json" };
    case "form": {
      const pairs = new URLSearchParams(renderPairs(body.value, lookup));
      return { body: pairs.toString(), contentType: "application/x-www-form-urlencoded" };
    }
    case "multipart":
      return renderMultipart(body.parts, lookup);
    case "bytes":
      return { body: Buffer.from(body.bytes), contentType: body.contentType };
    case "text":
      return { body: renderText(body.value, lookup), contentType: "text/plain; charset=utf-8" };
  }
}

/** https://www.rfc-editor.org/rfc/rfc7578 */
function renderMultipart(parts: readonly Part[], lookup: Lookup): RenderedBody {
  // 122 random bits: no content can hold the boundary by accident, and none was written for it.
  const boundary = `schemaready-${randomUUID()}`;
  const chunks = parts.flatMap((part) => [
    `--${boundary}\r\n${partHeaders(part, lookup)}\r\n\r\n`,
    typeof part.content === "string" ? renderText(part.content, lookup) : part.content,
    "\r\n",
  ]);
  const buffers = [...chunks, `--${boundary}--\r\n`].map((chunk) => Buffer.from(chunk as string));
  return { body: Buffer.concat(buffers), contentType: `multipart/form-data; boundary=${boundary}` };
}

function partHeaders({ name, fileName, contentType }: Part, lookup: Lookup): string {
  const file = fileName === null ? "" : `; filename="${quoted(renderText(fileName, lookup))}"`;
  const type = contentType ?? (fileName === null ? null : "application/octet-stream");
  const header = `Content-Disposition: form-data; name="${quoted(name)}"${file}`;
  return type === null ? header : `${header}\r\nContent-Type: ${type}`;
}

/** As browsers write names: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function quoted(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "%0D%0A").replaceAll('"', "%22");
}
