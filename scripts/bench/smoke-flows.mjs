// The same six steps for each runner: log in and capture the token, create and capture the id, read, list, update,
// delete; each checks the status, and the JSON where there is some.

export const STEPS = ["login", "create", "read", "list", "update", "delete"];
const USER = { email: "bench@example.com", password: "correct horse" };

/** For bash with curl: the fewest processes there can be, so the checks are patterns of bash itself. */
export const curlScript = (baseUrl) => `#!/bin/bash
call() { # method path pattern-of-status-and-body body
  answer=$(curl -sS -X "$1" -H 'content-type: application/json' -H "authorization: Bearer $token" -w ' %{http_code}' \${4:+-d "$4"} "${baseUrl}$2") || exit 1
  [[ $answer =~ $3 ]] || { echo "$1 $2: $answer" >&2; exit 1; }
}
call POST /api/login '"token":"([^"]+)".* 200$' '${JSON.stringify(USER)}'; token=\${BASH_REMATCH[1]}
name="Bench $RANDOM$RANDOM"
call POST /api/projects '"id":"([^"]+)","status":"new".* 201$' "{\\"name\\":\\"$name\\"}"; id=\${BASH_REMATCH[1]}
call GET "/api/projects/$id" "\\"name\\":\\"$name\\".* 200$"
call GET /api/projects "\\"id\\":\\"$id\\".* 200$"
call PUT "/api/projects/$id" '"status":"done".* 200$' '{"status":"done"}'
call DELETE "/api/projects/$id" ' 204$'
echo passed
`;

/** For newman, as Postman exports it. */
export function newmanCollection(baseUrl) {
  const item = (name, method, path, body, checks) => ({
    name,
    request: {
      method,
      header: [
        { key: "content-type", value: "application/json" },
        ...(name === "login" ? [] : [{ key: "authorization", value: "Bearer {{token}}" }]),
      ],
      url: `${baseUrl}${path}`,
      ...(body === null ? {} : { body: { mode: "raw", raw: JSON.stringify(body) } }),
    },
    event: [{ listen: "test", script: { type: "text/javascript", exec: checks.map(testOf) } }],
  });
  const testOf = (check, index) =>
    check.startsWith("set:") ? check.slice(4) : `pm.test("check ${index}", () => { ${check} });`;
  const status = (code) => `pm.response.to.have.status(${code});`;
  const equal = (actual, expected) => `pm.expect(pm.response.json().${actual}).to.eql(${expected});`;
  const capture = (name, path) => `set:pm.variables.set("${name}", pm.response.json().${path});`;
  const project = "/api/projects/{{projectId}}";
  return {
    info: { name: "bench", schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
    variable: [{ key: "name", value: "Bench project" }],
    item: [
      item("login", "POST", "/api/login", USER, [status(200), capture("token", "token")]),
      item("create", "POST", "/api/projects", { name: "{{name}}" }, [
        ...[status(201), equal("status", '"new"'), capture("projectId", "id")],
      ]),
      item("read", "GET", project, null, [status(200), equal("name", 'pm.variables.get("name")')]),
      item("list", "GET", "/api/projects", null, [status(200), equal("projects.length", "1")]),
      item("update", "PUT", project, { status: "done" }, [status(200), equal("status", '"done"')]),
      item("delete", "DELETE", project, null, [status(204)]),
    ],
  };
}

/** For Step CI: JSON is YAML. */
export function stepciWorkflow(baseUrl) {
  const headers = { authorization: `Bearer \${{captures.token}}` };
  const project = `${baseUrl}/api/projects/\${{captures.projectId}}`;
  const step = (name, http) => ({ name, http });
  const steps = [
    step("login", {
      ...{ url: `${baseUrl}/api/login`, method: "POST", json: USER },
      ...{ captures: { token: { jsonpath: "$.token" } }, check: { status: 200 } },
    }),
    step("create", {
      ...{ url: `${baseUrl}/api/projects`, method: "POST", headers, json: { name: "Bench project" } },
      captures: { projectId: { jsonpath: "$.id" } },
      check: { status: 201, jsonpath: { "$.status": "new" } },
    }),
    step("read", {
      ...{ url: project, method: "GET", headers },
      check: { status: 200, jsonpath: { "$.name": "Bench project" } },
    }),
    step("list", {
      ...{ url: `${baseUrl}/api/projects`, method: "GET", headers },
      check: { status: 200, jsonpath: { "$.projects[0].name": "Bench project" } },
    }),
    step("update", {
      ...{ url: project, method: "PUT", headers, json: { status: "done" } },
      check: { status: 200, jsonpath: { "$.status": "done" } },
    }),
    step("delete", { ...{ url: project, method: "DELETE", headers }, check: { status: 204 } }),
  ];
  return { version: "1.1", name: "bench", tests: { projects: { steps } } };
}

/** For schemaready. @param asCleanup the delete is the clean-up of the create, so that the run keeps a run file */
export function checkFile(asCleanup) {
  const headers = { authorization: "Bearer {{token}}" };
  const path = "/api/projects/{{projectId}}";
  const remove = { request: { method: "DELETE", path, headers } };
  const steps = {
    login: {
      request: { path: "/api/login", json: { email: "{{email}}", password: "{{password}}" } },
      ...{ capture: { token: "$.token" }, assert: { status: 200 } },
    },
    create: {
      request: { path: "/api/projects", headers, json: { name: "Bench {{runId}}" } },
      capture: { projectId: "$.id" },
      assert: { status: 201, jsonPath: { "$.status": "new" } },
      ...(asCleanup ? { cleanup: { ...remove, describes: "project {{projectId}}" } } : {}),
    },
    read: { request: { path, headers }, assert: { status: 200, jsonPath: { "$.name": "Bench {{runId}}" } } },
    list: {
      request: { path: "/api/projects", headers },
      assert: { status: 200, jsonPath: { "$.projects": { length: 1 } } },
    },
    update: {
      request: { method: "PUT", path, headers, json: { status: "done" } },
      assert: { status: 200, jsonPath: { "$.status": "done" } },
    },
    ...(asCleanup ? {} : { delete: { ...remove, assert: { status: 204 } } }),
  };
  const flows = { projects: { title: "A project from its creation to its end", steps } };
  return {
    ...{ version: 1, application: "bench" },
    smoke: { variables: { email: USER.email }, secrets: { password: USER.password }, flows },
  };
}
