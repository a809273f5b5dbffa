/** Connections of the HTTP client: which addresses they may lead to, and how TLS is done. */
import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction, Socket } from "node:net";
import { rootCertificates } from "node:tls";
import type { buildConnector } from "undici";
import { addressProblem } from "./addresses.js";

/** How TLS is done; PEM texts. */
export interface TlsOptions {
  /** Certificates that are trusted besides those of Node. */
  readonly ca: string | null;
  /** What the client shows of itself. */
  readonly certificate: { readonly cert: string; readonly key: string } | null;
  /** The name in the certificate, when it is not the host's. */
  readonly serverName: string | null;
  /** Certificates are not looked at: anybody may answer. */
  readonly insecure: boolean;
}

export interface ConnectionOptions {
  readonly allowLinkLocal?: boolean | undefined;
  readonly tls?: TlsOptions | undefined;
  /** The resolver; a test gives one of its own. */
  readonly lookup?: LookupFunction | undefined;
}

/** An address to which nothing is sent; thrown before or right after connecting, never after sending. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
  readonly code = "ADDRESS_REFUSED";
}

/** The connection attempt itself; the step's own timeout is shorter in practice and always applies as well. */
const CONNECT_TIMEOUT_MS = 60_000;

export interface Connections {
  readonly connect: buildConnector.connector;
  /** Sockets that are not connected yet: undici looks at a signal only once it is connected. */
  readonly pending: ReadonlySet<Socket>;
  /** Whether an error ended an attempt to connect: then nothing was sent. */
  failedToConnect(error: unknown): boolean;
}

/**
 * Connects to the address that was looked at: the name is resolved once, addresses that are refused are left out, and
 * the address of the connected socket is looked at again.
 */
export function createConnections(
  build: typeof buildConnector,
  { allowLinkLocal = false, tls, lookup = resolve }: ConnectionOptions,
): Connections {
  const pending = new Set<Socket>();
  const failures = new WeakSet<object>();
  const problemOf = (address: string) => addressProblem(address, allowLinkLocal);
  const connect = build({
    timeout: CONNECT_TIMEOUT_MS,
    lookup: guardLookup(lookup, problemOf),
    ...(tls === undefined ? {} : tlsOf(tls)),
  });
  const watched: buildConnector.connector = (options, callback) => {
    const fail = (error: Error) => {
      failures.add(error);
      callback(error, null);
    };
    // A host that is an address already is never looked up.
    const problem = isIP(options.hostname) === 0 ? null : problemOf(options.hostname);
    if (problem !== null) return void queueMicrotask(() => fail(new AddressRefused(problem)));
    const named =
      tls?.serverName === undefined || tls.serverName === null ? options : { ...options, servername: tls.serverName };
    const socket: unknown = connect(named, (error, connected) => {
      if (socket instanceof Socket) pending.delete(socket);
      if (!connected) return fail(error ?? new Error("no connection"));
      const reached = problemOf(connected.remoteAddress ?? "");
      if (reached === null) return callback(null, connected);
      connected.destroy();
      fail(new AddressRefused(reached));
    });
    if (socket instanceof Socket) pending.add(socket);
  };
  const failedToConnect = (error: unknown) => typeof error === "object" && error !== null && failures.has(error);
  return { connect: watched, pending, failedToConnect };
}

const resolve: LookupFunction = (hostname, options, callback) => dnsLookup(hostname, options, callback as never);

/** A name may have good and bad addresses; only the good ones are tried. */
function guardLookup(lookup: LookupFunction, problemOf: (address: string) => string | null): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, []);
      const addresses: readonly LookupAddress[] = Array.isArray(found) ? found : [];
      const usable = addresses.filter(({ address }) => problemOf(address) === null);
      const [first] = usable;
      if (first === undefined) return callback(refusal(hostname, addresses, problemOf), []);
      if (options.all === true) callback(null, usable);
      else callback(null, first.address, first.family);
    });
  };
}

function refusal(
  hostname: string,
  addresses: readonly LookupAddress[],
  problemOf: (address: string) => string | null,
): NodeJS.ErrnoException {
  const [first] = addresses;
  if (first === undefined) return Object.assign(new Error(`${hostname} has no address`), { code: "ENOTFOUND" });
  return new AddressRefused(`${hostname}: ${problemOf(first.address)}`);
}

function tlsOf({ ca, certificate, insecure }: TlsOptions) {
  return {
    ...(ca === null ? {} : { ca: [...rootCertificates, ca] }),
    ...(certificate ?? {}),
    rejectUnauthorized: !insecure,
  };
}
