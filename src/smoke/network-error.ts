/** Why there was no answer, in words; told apart by the codes of Node and undici, never by their texts. */
import type { NoAnswer } from "./client/retry.js";
import type { PreparedRequest } from "./request.js";

/** Begins every failure in which the application never saw the request. */
export const NOT_CONNECTED = "could not connect: ";
export const STOPPED = "the run was stopped";

export interface NetworkContext {
  readonly request: PreparedRequest;
  readonly status: number | null;
  /** No connection yet. */
  readonly connecting: boolean;
  /** Who ended the exchange, when we did. */
  readonly ended: "stopped" | "timeout" | null;
}

export interface NetworkFailure {
  /** The sentence for the report. */
  readonly failure: string;
  /** Whether the application may have seen the request. */
  readonly sent: boolean;
  readonly ended: NoAnswer;
}

/** What an error of an exchange means. */
export function describeNetworkError(error: unknown, context: NetworkContext): NetworkFailure {
  const { request, status, connecting } = context;
  if (context.ended === "stopped") return { failure: STOPPED, sent: !connecting, ended: "final" };
  const code = codeOf(error);
  // undici's own clock may strike first: it is the same time.
  if (context.ended === "timeout" || TIME_IS_OVER.has(code)) {
    const notConnected = `${NOT_CONNECTED}no connection within ${request.timeoutMs} ms`;
    if (connecting) return { failure: notConnected, sent: false, ended: "final" };
    const seen = status === null ? "no answer" : `status ${status} came, but the answer did not end`;
    return { failure: `${seen} within ${request.timeoutMs} ms`, sent: true, ended: "final" };
  }
  const refusal = connectReason(code, request, error, connecting);
  if (refusal !== null) {
    const ended = code === "ADDRESS_REFUSED" || isTlsError(code) ? "final" : "not-connected";
    return { failure: NOT_CONNECTED + refusal, sent: false, ended };
  }
  const closed = ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"].includes(code) && status === null;
  const reason = ANSWER_REASONS[code] ?? (code.startsWith("HPE_") ? `the answer is not HTTP (${code})` : null);
  if (reason !== null) return { failure: reason, sent: true, ended: closed ? "unanswered" : "final" };
  const invalid = code === "UND_ERR_INVALID_ARG";
  const failure = `${invalid ? "the request cannot be sent" : "the exchange failed"}: ${messageOf(error)}`;
  return { failure, sent: !invalid, ended: "final" };
}

const TIME_IS_OVER: ReadonlySet<string> = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

const ANSWER_REASONS: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: "the application closed the connection before the answer was complete",
  ECONNRESET: "the application closed the connection before the answer was complete",
  EPIPE: "the application closed the connection before the request was complete",
  UND_ERR_HEADERS_OVERFLOW: "the headers of the answer are too large",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the answer is shorter or longer than its content-length says",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "the answer is larger than 1 MiB",
};

/** @param connecting the error ended an attempt to connect, whatever its code says */
function connectReason(code: string, { url }: PreparedRequest, error: unknown, connecting: boolean): string | null {
  switch (code) {
    case "ADDRESS_REFUSED":
      return messageOf(error);
    case "ECONNREFUSED":
      return `connection refused by ${url.host}; is the application running?`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `the host name ${url.hostname} is not known`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `${url.hostname} cannot be reached from here`;
    case "ETIMEDOUT":
    case "UND_ERR_CONNECT_TIMEOUT":
      return `${url.host} did not accept a connection in time`;
    default:
      if (isTlsError(code)) return tlsReason(url, code, error);
      return connecting ? `${url.host} closed the connection before it was set up` : null;
  }
}

/** https://nodejs.org/docs/latest-v20.x/api/tls.html#x509-certificate-error-codes, and OpenSSL's own. */
function isTlsError(code: string): boolean {
  return /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(
    code,
  );
}

/** An https request to a port of plain HTTP: the first bytes of the answer are no TLS record. */
function tlsReason(url: URL, code: string, error: unknown): string {
  const plain =
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST/.test(code) ||
    /wrong version number|packet length too long|unknown protocol|http request/i.test(messageOf(error));
  if (plain) return `TLS: this port does not speak TLS; try http://${url.host}`;
  return `TLS: ${messageOf(error)}`;
}

/** Connecting to a name with several addresses fails with one error for each of them. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (typeof error !== "object" || error === null) return "";
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: unknown };
  // undici's parser gives some of its errors no code.
  if (name === "HTTPParserError" && typeof code !== "string") return "HPE_INVALID";
  if (code === "UND_ERR_SOCKET" && cause !== undefined) return codeOf(cause) || code;
  return typeof code === "string" ? code : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.trim() : String(error);
}
