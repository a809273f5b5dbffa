/** What those see who may not see details: that there are some, and how to get at them. */
import { code, element, type Html, section } from "../../report/index.js";
import type { Problem } from "../problem.js";

const WAY_IN =
  "Your browser will ask for a user name and a password. The password is the token; the user name can be anything.";

/** The section in place of the details. No form: the browser's own question works without a script, and nothing is kept. */
export function doorPart({ code: problem, detail }: Problem): Html[] {
  const words =
    problem === "TOKEN_WRONG"
      ? "The token that was sent is not the one of this service."
      : "Details need the token of this service.";
  const content =
    problem === "DETAILS_CLOSED"
      ? [element("p", {}, detail)]
      : [
          element("p", {}, `${words} They say which features are affected, why, and what to do.`),
          element("p", {}, element("a", { href: "?details" }, "Show details"), ". ", WAY_IN),
          element("p", { class: "dim" }, "Programs send ", code("Authorization: Bearer TOKEN"), "."),
        ];
  return section("details", "Details", ...content);
}
