import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { COMMAND_NAMES, COMMANDS } from "../src/index.ts";

const readme = readFileSync(resolve(import.meta.dirname, "../README.md"), "utf8");

it.each(COMMAND_NAMES)("the README tells of %s as the help does", (name) => {
  const { usage, summary } = COMMANDS[name];
  expect(readme).toContain(`| \`${usage.replaceAll("|", "\\|")}\` | ${summary} |`);
});
