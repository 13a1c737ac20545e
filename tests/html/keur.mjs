// Reads lines of JSON, each the HTML of a page, and answers each with a line: what is wrong with it.
import { createInterface } from "node:readline";
import { HtmlValidate } from "html-validate";

const keurder = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: { "no-inline-style": "error", "no-dup-id": "error", "form-dup-name": "off" },
});

for await (const regel of createInterface({ input: process.stdin })) {
  const { results } = await keurder.validateString(JSON.parse(regel));
  const fouten = results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${ruleId} op ${line}:${column}: ${message}`));
  process.stdout.write(`${JSON.stringify(fouten)}\n`);
}
