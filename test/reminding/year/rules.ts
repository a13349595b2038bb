import type { Chance } from "./chance.ts";
import type { Rule } from "./deeds.ts";
import { moment } from "./life.ts";
import type { House } from "./matters.ts";
import { ZONES } from "./world.ts";

/** What people decide for their workspace next. */
export function ruleOf(chance: Chance, { freezes }: House, at: number): Rule {
  const chosen = chance.weigh({
    zone: 2,
    freeze: freezes.length < 4 ? 4 : 0,
    unfreeze: freezes.length > 0 ? 2 : 0,
    offsets: 4,
    quiet: 3,
    days: 3,
  });
  switch (chosen) {
    case "freeze":
      return { do: "freeze", freeze: freezeSoon(chance, at) };
    case "unfreeze":
      return { do: "unfreeze", number: chance.whole(1, freezes.length) };
    case "offsets":
      return { do: "offsets", ...chance.pick(OFFSETS) };
    case "quiet":
      return { do: "quiet", quiet: chance.pick(QUIETS) };
    case "days":
      return { do: "days", days: chance.pick(DAYS) };
    default:
      return { do: "zone", zone: chance.pick(ZONES) };
  }
}

function freezeSoon(chance: Chance, at: number): { from: string; to: string } {
  const from = moment(at).plus({ days: chance.whole(0, 20) });
  return { from: from.toISODate() ?? "", to: from.plus({ days: chance.whole(0, 9) }).toISODate() ?? "" };
}

const OFFSETS: readonly { topic: string; offsets: readonly number[] | "default" }[] = [
  { topic: "report", offsets: [36] },
  { topic: "report", offsets: [72, 24, 12] },
  { topic: "report", offsets: "default" },
  { topic: "test-link", offsets: [30, 4, 1, 0] },
  { topic: "test-link", offsets: [12] },
  { topic: "test-link", offsets: "default" },
  { topic: "cut-off", offsets: [15, 6] },
  { topic: "cut-off", offsets: "default" },
  { topic: "waves", offsets: [] },
  { topic: "waves", offsets: [7] },
  { topic: "waves", offsets: "default" },
  { topic: "all-regions", offsets: [35, 14] },
  { topic: "all-regions", offsets: "default" },
  { topic: "six-months", offsets: [30, 7, 0] },
  { topic: "six-months", offsets: "default" },
  { topic: "ga-request", offsets: [45, 20] },
  { topic: "ga-request", offsets: "default" },
  { topic: "sas-uri", offsets: [5, 2] },
  { topic: "sas-uri", offsets: "default" },
];

const at = (hours: number, minutes = 0) => hours * 60 + minutes;
const QUIETS: readonly Extract<Rule, { do: "quiet" }>["quiet"][] = [
  ...(["off", "default", "default"] as const),
  { from: at(22, 30), to: at(6, 45) },
  { from: at(18), to: at(9, 15) },
  { from: at(0), to: at(7) },
  { from: at(12), to: at(13) },
  { from: at(1, 30), to: at(10) },
];

const DAYS: readonly (readonly number[] | "default")[] = [
  "default",
  "default",
  [1, 2, 3, 4, 7],
  [1, 2, 3, 4, 5, 6, 7],
  [2, 4],
  [6],
];
