/** One `testsuite` with its counted test cases. */
import type { Suite, TestCase } from "./suites/index.js";
import { element, type XmlElement } from "./xml.js";

export function suite({ name, cases, timestamp, durationMs }: Suite): XmlElement {
  const count = (kind: TestCase["result"]["kind"]) => cases.filter(({ result }) => result.kind === kind).length;
  const attributes = {
    name,
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: seconds(durationMs),
    // The XSD wants local time without a zone.
    timestamp: timestamp.replace(/(\.\d+)?Z$/, ""),
  };
  return element("testsuite", attributes, cases.map(testCase));
}

function testCase({ classname, name, durationMs, result, output }: TestCase): XmlElement {
  const children = [...resultElement(result), ...(output === "" ? [] : [element("system-out", {}, [output])])];
  return element("testcase", { classname, name, time: seconds(durationMs) }, children);
}

function resultElement(result: TestCase["result"]): XmlElement[] {
  if (result.kind === "passed") return [];
  if (result.kind === "skipped") return [element("skipped", { message: result.message })];
  return [element(result.kind, { type: result.type, message: result.message }, [result.text])];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
