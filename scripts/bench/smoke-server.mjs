// The application that the smoke runners exercise, in a process of its own: projects behind a login. Says its port on
// standard output and ends when standard input does. /_begin?wrong=STEP counts from zero and answers one step wrongly.
import { createServer } from "node:http";

const TOKEN = "tok-0123456789abcdef";
const projects = new Map();
let seen = [];
let wrong = null;

/** Step -> answer, and what it is when it is wrong: always well-formed, so that only a check can notice it. */
const STEPS = {
  login: () => [200, wrong === "login" ? { token: "" } : { token: TOKEN }],
  create: (_id, body) => {
    const project = { ...body, id: String(projects.size + 1), status: wrong === "create" ? "failed" : "new" };
    projects.set(project.id, project);
    return [201, project];
  },
  read: (id) => [200, wrong === "read" ? { ...projects.get(id), name: "another" } : projects.get(id)],
  list: () => [200, { projects: wrong === "list" ? [] : [...projects.values()] }],
  update: (id, body) => {
    const project = { ...projects.get(id), ...(wrong === "update" ? {} : body) };
    projects.set(id, project);
    return [200, project];
  },
  delete: (id) => {
    projects.delete(id);
    return [wrong === "delete" ? 500 : 204, null];
  },
};

function stepOf({ method, url }) {
  if (url === "/api/login") return "login";
  if (method === "GET") return url === "/api/projects" ? "list" : "read";
  return { POST: "create", PUT: "update", DELETE: "delete" }[method];
}

function send(response, status, body) {
  const text = body === null ? "" : JSON.stringify(body);
  const headers =
    body === null ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  response.writeHead(status, headers).end(text);
}

function answer(request, response, text) {
  if (request.url.startsWith("/_begin")) {
    wrong = new URL(request.url, "http://localhost").searchParams.get("wrong");
    seen = [];
    projects.clear();
    return send(response, 200, {});
  }
  if (request.url === "/_seen") return send(response, 200, seen);
  const step = stepOf(request);
  seen.push(step);
  if (step !== "login" && request.headers.authorization !== `Bearer ${TOKEN}`) return send(response, 401, {});
  const [status, body] = STEPS[step](request.url.split("/")[3], text === "" ? {} : JSON.parse(text));
  send(response, status, body);
}

const server = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk) => {
    text += chunk;
  });
  request.on("end", () => answer(request, response, text));
});
// Whoever asks it now and then must not meet the end of an idle connection.
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit()).resume();
