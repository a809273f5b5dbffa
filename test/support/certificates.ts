/** Certificates for tests of TLS, made when they are needed: no private key is committed. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export interface Certificate {
  readonly pem: string;
  /** The private key, PEM. */
  readonly key: string;
}

export type CertificateName = "ca" | "server" | "other" | "expired" | "client";

/** `server` and `expired` are for localhost and 127.0.0.1, `other` for other.example; `ca` has signed all of them. */
export function makeCertificates(): Readonly<Record<CertificateName, Certificate>> {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const here = [dnsName("localhost"), ipAddress([127, 0, 0, 1])];
  const signed = (subject: string, names: readonly Buffer[], years: Years = [2024, 2049]) => {
    const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const extensions = names.length === 0 ? [] : [extension([2, 5, 29, 17], false, sequence(...names))];
    return {
      pem: certificate(subject, keys.publicKey, authority.privateKey, extensions, years),
      key: pemOf(keys.privateKey),
    };
  };
  const isAuthority = extension([2, 5, 29, 19], true, sequence(tlv(0x01, Buffer.from([0xff]))));
  return {
    ca: {
      pem: certificate(ISSUER, authority.publicKey, authority.privateKey, [isAuthority], [2024, 2049]),
      key: pemOf(authority.privateKey),
    },
    server: signed("localhost", here),
    other: signed("other.example", [dnsName("other.example")]),
    expired: signed("localhost", here, [2020, 2021]),
    client: signed("client", []),
  };
}

type Years = readonly [from: number, to: number];
const ISSUER = "schemaready test CA";
let serial = 1;

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function certificate(
  subject: string,
  key: KeyObject,
  issuer: KeyObject,
  extensions: readonly Buffer[],
  years: Years,
): string {
  const algorithm = sequence(objectId([1, 2, 840, 10045, 4, 3, 2]));
  const body = sequence(
    tlv(0xa0, integer(2)),
    integer(serial++),
    algorithm,
    name(ISSUER),
    sequence(...years.map((year) => tlv(0x17, Buffer.from(`${String(year).slice(2)}0101000000Z`)))),
    name(subject),
    key.export({ type: "spki", format: "der" }),
    ...(extensions.length === 0 ? [] : [tlv(0xa3, sequence(...extensions))]),
  );
  const signature = sign("sha256", body, issuer);
  const der = sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

function name(text: string): Buffer {
  return sequence(tlv(0x31, sequence(objectId([2, 5, 4, 3]), tlv(0x0c, Buffer.from(text)))));
}

function extension(id: readonly number[], critical: boolean, value: Buffer): Buffer {
  return sequence(objectId(id), ...(critical ? [tlv(0x01, Buffer.from([0xff]))] : []), tlv(0x04, value));
}

function dnsName(host: string): Buffer {
  return tlv(0x82, Buffer.from(host));
}

function ipAddress(octets: readonly number[]): Buffer {
  return tlv(0x87, Buffer.from(octets));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function integer(value: number): Buffer {
  return tlv(0x02, Buffer.from([value]));
}

/** The first two numbers share a byte; the others have seven bits in each. */
function objectId([first = 0, second = 0, ...rest]: readonly number[]): Buffer {
  const groups = (value: number): number[] => (value < 128 ? [value] : [...groups(value >> 7), value & 127]);
  const bytes = rest.flatMap((value) => {
    const parts = groups(value);
    return parts.map((part, index) => (index < parts.length - 1 ? part | 128 : part));
  });
  return tlv(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

function tlv(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), value]);
}
