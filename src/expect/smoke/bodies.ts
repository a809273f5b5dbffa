/** Bodies of requests as the runner takes them, files included. */
import path from "node:path";
import type { Part, RequestTemplate } from "../../model/flow.js";
import type { RequestSection } from "../schema/check-file.js";
import { toJson } from "../schema/values.js";
import type { Attachments } from "./attachments.js";
import { textOf, textsRecord } from "./texts.js";

type Section = Exclude<RequestSection, string>;
type PartsSection = Exclude<Section["multipart"], undefined>;
type PartSection = PartsSection extends Map<string, infer V> ? Exclude<V, readonly unknown[]> : never;

export function readBody(section: Section, attachments: Attachments): RequestTemplate["body"] {
  const { json, form, multipart, text, base64, file } = section;
  if (json !== undefined) return { kind: "json", value: toJson(json) };
  if (form !== undefined) return { kind: "form", value: textsRecord(form) };
  if (multipart !== undefined) return { kind: "multipart", parts: readParts(multipart, attachments) };
  if (base64 !== undefined) return { kind: "bytes", bytes: Buffer.from(base64, "base64"), contentType: OCTETS };
  if (file !== undefined) return { kind: "bytes", bytes: bytesOf(file, attachments), contentType: typeOf(file) };
  return text === undefined ? { kind: "none" } : { kind: "text", value: text };
}

function readParts(section: PartsSection, attachments: Attachments): Part[] {
  return [...section].flatMap(([name, entry]) => [entry].flat().map((part) => readPart(name, part, attachments)));
}

function readPart(name: string, section: PartSection, attachments: Attachments): Part {
  if (typeof section !== "object" || section === null) {
    return { name, content: textOf(section), fileName: null, contentType: null };
  }
  const { file, text = "", base64, contentType } = section;
  const fileName = section.fileName ?? (file === undefined ? null : path.basename(file));
  const content =
    file !== undefined ? bytesOf(file, attachments) : base64 === undefined ? text : Buffer.from(base64, "base64");
  return { name, content, fileName, contentType: contentType ?? (fileName === null ? null : typeOf(fileName)) };
}

/** Nothing for a file that could not be read: then the check files are refused anyway. */
function bytesOf(file: string, attachments: Attachments): Uint8Array {
  const attachment = attachments.get(file);
  return attachment !== undefined && "bytes" in attachment ? attachment.bytes : new Uint8Array();
}

const OCTETS = "application/octet-stream";

/** What applications look at before they take an upload; anything else is said with `contentType`. */
const TYPES: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
  ".pdf": "application/pdf",
  ".csv": "text/csv",
  ".txt": "text/plain",
  ".json": "application/json",
  ".xml": "application/xml",
  ".zip": "application/zip",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

function typeOf(name: string): string {
  return TYPES[path.extname(name).toLowerCase()] ?? OCTETS;
}
