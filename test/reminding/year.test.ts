import { join } from "node:path";
import { expect, it } from "vitest";
import { makeFolder } from "../store/folder.ts";
import { differences } from "./year/compare.ts";
import { play } from "./year/play.ts";
import { makeYear } from "./year/story.ts";

const SEED = Number(process.env.YEAR_SEED ?? 7);
const CONNECTORS = Number(process.env.YEAR_CONNECTORS ?? 200);

it(`In a year with ${CONNECTORS} connectors everything is told where and when the rules say, once, and nothing else`, async () => {
  const t0 = Date.now();
  const year = makeYear(SEED, CONNECTORS);
  const t1 = Date.now();
  const played = await play(year, join(makeFolder(), "store.db"));
  console.error(t1 - t0, Date.now() - t1, year.events.length, played.told.length, played.restarts);
  expect(differences(SEED, year, played).join("\n\n")).toBe("");
}, 600_000);
