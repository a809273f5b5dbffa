/**
 * The only script of the status page: it asks whether the page has changed, and puts the sections that differ in place
 * of the old ones. Without it the page says the same and is reloaded by hand. Plain JavaScript, because it is sent as it
 * stands here: its digest is in the page's Content-Security-Policy.
 */
import { createHash } from "node:crypto";

export const SCRIPT = `"use strict";
(() => {
const root = document.documentElement;
const live = document.getElementById("live");
const main = document.getElementById("main");
const made = new WeakMap();
const remember = (node) => (made.set(node, node.outerHTML), node);
for (const node of main.children) remember(node);
let timer = 0;
let asking = false;
let answeredAt = Date.now();

const ago = (seconds) =>
  (seconds < 120 ? seconds + " s" : seconds < 7200 ? Math.floor(seconds / 60) + " min" : Math.floor(seconds / 3600) + " h") + " ago";

const tell = (text, isTrouble) => {
  if (live.textContent !== text) live.textContent = text;
  live.className = isTrouble ? "notice bad" : "unseen";
};

const text = (node) => (node ? node.textContent : "");
const heading = (node) => {
  while (node && !(node.previousElementSibling && /^H[1-6]$/.test(node.previousElementSibling.tagName))) {
    node = node.previousElementSibling ?? node.parentElement;
  }
  return text(node?.previousElementSibling);
};

// What a link or a summary is: its words, those it stands with, and the heading above. Two of a kind are told apart by order.
const named = (node) => {
  const counts = new Map();
  return new Map([...node.querySelectorAll("a[href],summary")].map((each) => {
    const row = each.closest("tr,li");
    const name = [text(each), text(row?.querySelector("td:nth-child(2)>:first-child")), heading(row?.closest("table,ul,ol") ?? each)].join("\\n");
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return [name + counts.get(name), each];
  }));
};

// Whoever reads on keeps the place: what was open stays open, what had the focus has it again.
const swap = (before, after) => {
  const fresh = named(after);
  let focused = null;
  for (const [name, node] of named(before)) {
    if (node.parentElement.open === true && fresh.has(name)) fresh.get(name).parentElement.open = true;
    if (node === document.activeElement) focused = fresh.get(name) ?? main;
  }
  before.replaceWith(after);
  focused?.focus();
};

const merge = (fresh) => {
  const wanted = new Set([...fresh.children].map(({ id }) => id));
  for (const node of [...main.children]) if (!wanted.has(node.id)) node.remove();
  let at = main.firstElementChild;
  for (const node of [...fresh.children].map(remember)) {
    const before = document.getElementById(node.id);
    if (before === null) {
      main.insertBefore(node, at);
    } else {
      if (before !== at) main.insertBefore(before, at);
      at = before.nextElementSibling;
      if (made.get(before) !== made.get(node)) swap(before, node);
    }
  }
};

const news = (selector) => {
  const words = () => text(document.querySelector(selector));
  const before = words();
  return () => (words() === before ? "" : words());
};

const put = (html) => {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const verdict = news("h1");
  const smoke = news("#smoke-outcome");
  swap(document.getElementById("verdict"), fresh.getElementById("verdict"));
  merge(fresh.getElementById("main"));
  for (const name of ["facts", "icon"]) swap(document.getElementById(name), fresh.getElementById(name));
  document.title = fresh.title;
  root.dataset.page = fresh.documentElement.dataset.page;
  const told = [verdict() && "Now: " + verdict(), smoke() && "Smoke run: " + smoke()].filter(Boolean).join(". ");
  if (told) tell(told, false);
};

const look = (method) =>
  fetch(location.pathname, { method, headers: { accept: "text/html" }, cache: "no-store", signal: AbortSignal.timeout(8000) })
    .then((response) => (response.ok ? response : Promise.reject(new Error(String(response.status)))));

const ask = async () => {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  try {
    const { headers } = await look("HEAD");
    if (headers.get("schemaready-page") !== root.dataset.page) put(await (await look("GET")).text());
    const age = headers.get("age");
    const label = document.getElementById("age");
    if (age !== null && label !== null) {
      label.textContent = ago(Number(age));
      const at = new Date(Date.parse(headers.get("date")) - Number(age) * 1000);
      document.getElementById("at").textContent = at.toISOString().slice(0, 19).replace("T", " ") + " UTC";
    }
    if (live.className !== "unseen") tell("schemaready answers again.", false);
    answeredAt = Date.now();
  } catch {
    tell("schemaready has not answered for " + ago(Math.round((Date.now() - answeredAt) / 1000)).replace(" ago", "") +
      ": what stands here is old.", true);
  }
  asking = false;
  timer = setTimeout(ask, Number(root.dataset.every) * 1000);
};

for (const event of ["visibilitychange", "online"]) addEventListener(event, ask);
timer = setTimeout(ask, Number(root.dataset.every) * 1000);
})();
`;

/** SHA-256 of SCRIPT in Base64. */
export const SCRIPT_DIGEST = createHash("sha256").update(SCRIPT).digest("base64");
