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

const links = (node) => [...node.querySelectorAll("a[href],summary")];
const title = (details) => details.querySelector("summary").textContent;

// Whoever reads on keeps the place: what was open stays open, what had the focus has it again.
const swap = (before, after) => {
  const open = new Set([...before.querySelectorAll("details[open]")].map(title));
  for (const details of after.querySelectorAll("details")) details.open = open.has(title(details));
  const at = links(before).indexOf(document.activeElement);
  before.replaceWith(after);
  if (at >= 0) (links(after)[at] ?? main).focus();
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

const put = (text) => {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const heading = () => document.querySelector("h1").textContent;
  const before = heading();
  swap(document.getElementById("verdict"), fresh.getElementById("verdict"));
  merge(fresh.getElementById("main"));
  for (const name of ["facts", "icon"]) document.getElementById(name).replaceWith(fresh.getElementById(name));
  document.title = fresh.title;
  root.dataset.page = fresh.documentElement.dataset.page;
  if (heading() !== before) tell("Now: " + heading(), false);
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
