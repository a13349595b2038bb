import { join } from "node:path";
import { expect, it } from "vitest";
import { makeFolder } from "../store/folder.ts";
import { differences } from "./year/compare.ts";
import { play } from "./year/play.ts";
import { makeYear } from "./year/story.ts";

const SEED = Number(process.env.YEAR_SEED ?? 7);
const CONNECTORS = Number(process.env.YEAR_CONNECTORS ?? 200);

it(`In a year with ${CONNECTORS} connectors everything is told where and when the rules say, once, and nothing else`, async () => {
  const year = makeYear(SEED, CONNECTORS);
  const played = await play(year, join(makeFolder(), "store.db"));
  expect(differences(SEED, year, played).join("\n\n")).toBe("");
}, 600_000);
