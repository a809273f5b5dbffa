/**
 * How a secret may stand in a text, by what writes it there. Every spelling treats each character in one way, as one
 * encoder does; a text that mixes encoders character by character is not what any application writes.
 */

/** Every text in which the secret may stand; some may be too short to be told from chance. */
export function spellings(secret: string): string[] {
  const percent = percentEscapes(secret);
  const json = jsonEscapes(secret);
  return [
    secret,
    ...percent,
    ...percent.map(lowerHex),
    // A URL that is itself a parameter.
    ...percent.map((text) => attempt(encodeURIComponent, text)),
    ...json,
    // A JSON text inside a JSON string: `{"message":"{\"token\":...}"}`.
    ...json.map(jsonEscape),
    ...xmlEscapes(secret),
    ...base64Cores(secret),
    ...hexadecimal(secret),
    // A literal in SQL, as PostgreSQL's log has it.
    secret.replaceAll("'", "''"),
  ];
}

/** Encoders differ in what they leave as it is: JavaScript's, RFC 3986's, Python's, and those that leave nothing. */
function percentEscapes(text: string): string[] {
  const component = attempt(encodeURIComponent, text);
  const strict = component.replace(/[!'()*]/g, percentOf);
  const all = [...Buffer.from(text, "utf8")].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`);
  return [
    component,
    attempt(encodeURI, text),
    formEncode(text),
    strict,
    strict.replaceAll("%20", "+"),
    // Python's urllib.parse.quote.
    strict.replaceAll("%2F", "/"),
    all.join(""),
  ];
}

function percentOf(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}

function formEncode(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1);
}

/** encodeURIComponent refuses lone surrogates; such a secret cannot have been sent that way either. */
function attempt(encode: (text: string) => string, text: string): string {
  try {
    return encode(text);
  } catch {
    return text;
  }
}

function lowerHex(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase());
}

function jsonEscape(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** What serializers write as \\uXXXX besides what JSON demands. */
const ESCAPED: readonly RegExp[] = [
  // Python's json.dumps and PHP's json_encode: everything outside ASCII.
  /[^\0-~]/g,
  // Go's encoding/json and Rails: what means something in HTML, and the two line ends of JavaScript.
  /[<>&\u2028\u2029]/g,
  // Gson.
  /[<>&'=\u2028\u2029]/g,
  // PHP with JSON_HEX_TAG, _AMP and _APOS, and Jackson for ASCII with HTML.
  /[<>&']|[^\0-~]/g,
  // .NET's System.Text.Json; it also writes the quote this way, where JSON has a backslash.
  /[<>&'+`]|\\"|[^\0-~]/g,
];

function jsonEscapes(text: string): string[] {
  const json = jsonEscape(text);
  const escaped = ESCAPED.map((characters) =>
    json.replace(characters, (found) => unicodeEscapes(found.replace(/^\\/, ""))),
  );
  const all = unicodeEscapes(text);
  const both = [...escaped, all].flatMap((each) => [each, upperHex(each)]);
  // PHP escapes the slash unless it is told not to.
  return [json, ...both].flatMap((each) => [each, each.replaceAll("/", "\\/")]);
}

function unicodeEscapes(text: string): string {
  return text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function upperHex(text: string): string {
  return text.replace(/\\u[0-9a-f]{4}/g, (sequence) => `\\u${sequence.slice(2).toUpperCase()}`);
}

/** Serializers differ in how they write the quotes, and in whether they write them at all. */
function xmlEscapes(text: string): string[] {
  const base = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const double = base.replaceAll('"', "&quot;");
  const numeric = base.replaceAll('"', "&#34;").replaceAll("'", "&#39;");
  const quotes = ["&#39;", "&#x27;", "&#039;", "&apos;"].map((quote) => double.replaceAll("'", quote));
  // Template engines for HTML: mustache and lodash escape these too.
  const html = double
    .replaceAll("'", "&#39;")
    .replaceAll("/", "&#x2F;")
    .replaceAll("`", "&#x60;")
    .replaceAll("=", "&#x3D;");
  const named = [base, double, ...quotes, numeric, html];
  return [...named, ...named.flatMap(asciiReferences), reference(text, 10), reference(text, 16)];
}

/** As serializers write for an output in ASCII. */
function asciiReferences(text: string): string[] {
  const outside = /[^\0-~]/gu;
  const upper = text.replace(outside, (char) => reference(char, 16).toUpperCase().replace("&#X", "&#x"));
  return [
    text.replace(outside, (char) => reference(char, 10)),
    text.replace(outside, (char) => reference(char, 16)),
    upper,
  ];
}

function reference(text: string, radix: 10 | 16): string {
  const prefix = radix === 16 ? "x" : "";
  return [...text].map((char) => `&#${prefix}${(char.codePointAt(0) ?? 0).toString(radix)};`).join("");
}

/** As PostgreSQL shows bytea, and as programs dump bytes. */
function hexadecimal(text: string): string[] {
  const hex = Buffer.from(text, "utf8").toString("hex");
  return [hex, hex.toUpperCase()];
}

/**
 * What is the same in every Base64 text that holds the secret, wherever it begins: a Base64 digit holds six bits, so
 * there are three alignments, and the digits at both ends also depend on the neighbours.
 */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const cores = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const whole = bytes.toString("base64");
  return [whole, ...cores].flatMap((text) => [
    text,
    text.replaceAll("+", "-").replaceAll("/", "_"),
    encodeURIComponent(text),
    lowerHex(encodeURIComponent(text)),
    text.replaceAll("/", "\\/"),
  ]);
}
