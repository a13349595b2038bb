import { DateTime } from "luxon";
import { type Reply, spansText } from "../../../src/index.ts";

/** What a sentence is about, as the oracle calls it. */
const TOPICS: readonly [RegExp, (found: RegExpExecArray) => string][] = [
  [/the certification report (?:may be there|is due);/, () => "report"],
  [/the test link expires /, () => "link"],
  [/the test link expired /, () => "link expired"],
  [/for the rollout of \w{3} (\d+ \w{3} \d{4})/, (found) => `cut-off ${isoDay(found[1] ?? "")}`],
  [/wave (\d) of 6, /, (found) => `wave ${found[1]}`],
  [/day (\d+) since the first wave: /, (found) => `day ${found[1]}`],
  [/six months in preview are complete /, () => "six months"],
  [/six months in preview will be complete /, () => "six months"],
  [/days since the GA e-mail /, () => "ga request"],
  [/the package's SAS URI expires /, () => "sas"],
];

/** What a message tells: of which connector, about what, the latest first. */
export function hear(reply: Reply): { name: string; topics: string[]; late: boolean } {
  const name = reply.title.slice(0, reply.title.indexOf(":"));
  const also = reply.blocks.flatMap((block) =>
    block.kind === "list" && block.heading === "Also due" ? block.items.map((item) => spansText(item)) : [],
  );
  const topics = [reply.title, ...also].map(topicOf).toSorted();
  return { name, topics, late: /\(late: this was due .* ago\)/.test(reply.title) };
}

function topicOf(sentence: string): string {
  for (const [words, topic] of TOPICS) {
    const found = words.exec(sentence);
    if (found) return topic(found);
  }
  throw new Error(`no reminder says: ${sentence}`);
}

/** "20 Nov 2026" → "2026-11-20". */
function isoDay(day: string): string {
  return DateTime.fromFormat(day, "d LLL yyyy", { locale: "en-US" }).toISODate() ?? day;
}
