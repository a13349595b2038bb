import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { wordsIn } from "../../src/questions/features.ts";
import type { Topic } from "../../src/questions/topic.ts";
import { isTopicId, TOPIC_IDS, TOPICS } from "../../src/questions/topics.ts";
import pages from "../fixtures/page-headings.json" with { type: "json" };
import wanted from "../fixtures/topics.json" with { type: "json" };

const ALL: [id: string, topic: Topic][] = TOPIC_IDS.map((id) => [id, TOPICS[id]]);
const NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
/** Number words beside what is measured; "one of the two" counts what stands in the answer itself. */
const MEASURED =
  /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?=(?: to \w+| \w+)?(?: \w+)? (?:hours?|days?|weeks?|months?|regions?|categories))/gi;
/** Numbers of our own readings and of later reports, which no page has; only `settled` and `reported` may hold them. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  // Three and four weeks in days · later reports.
  "deploy.duration": ["21", "28", "10", "14"],
  // The throttling status · no traffic.
  "ga.success-calc": ["1", "2", "4", "429", "0"],
  "ga.success": ["0"],
  // How long a link must live.
  "pkg.sas": ["4", "15"],
  // 48 business hours in days, and an example with clock times.
  "test.48h": ["2", "15", "00"],
};

function numbersIn(texts: readonly (string | undefined)[]): string[] {
  const text = texts.join(" ");
  const words = [...text.matchAll(MEASURED)].map(([word]) => NUMBER_WORDS.indexOf(word.toLowerCase()));
  return [...new Set([...(text.match(/\d+(?:\.\d+)?/g) ?? []), ...words.map(String)])];
}

function textsOf({ title, answer, more = [], settled, reported }: Topic): string[] {
  return [title, answer, ...more, settled ?? "", reported ?? ""].filter((text) => text !== "");
}

function pageOf(doc: string) {
  const page = pages.find((one) => one.doc === doc);
  if (!page) throw new Error(`no such page: ${doc}`);
  return page;
}

describe("the topics", () => {
  it("are the 72 that the pages answer, in the pages' order", () => {
    expect(wanted).toHaveLength(72);
    expect(TOPIC_IDS).toEqual(wanted.map(({ id }) => id));
  });

  it("are known by their ids, and nothing else is", () => {
    expect(TOPIC_IDS.every(isTopicId)).toBe(true);
    for (const text of ["", "ga", "ga.", "GA.MAC", "constructor", "toString", "__proto__"])
      expect(isTopicId(text)).toBe(false);
  });

  it("have titles of their own, short enough to be pressed", () => {
    const titles = ALL.map(([, { title }]) => title);
    expect(titles.filter((title) => title.length > 40 || title.trim() !== title || title === "")).toEqual([]);
    expect(new Set(titles.map((title) => title.toLowerCase())).size).toBe(titles.length);
  });
});

describe("what is cited", () => {
  it.each(wanted)("$id: its own section, “$section”", ({ id, doc, section }) => {
    const { title, href } = pageOf(doc);
    expect(isTopicId(id) && TOPICS[id].citations).toContainEqual({ document: title, href, section });
  });

  it("is a heading of its page, or a box under one", () => {
    const missing = ALL.flatMap(([id, { citations }]) =>
      citations
        .filter(({ document, href, section }) => {
          const page = pages.find((one) => one.title === document && one.href === href);
          const heading = section.replace(/ \((?:Note|Important)\)$/, "");
          return heading !== "Introduction" && !page?.headings.includes(heading);
        })
        .map(({ section }) => `${id}: ${section}`),
    );
    expect(missing).toEqual([]);
  });

  it("is cited once in each topic", () => {
    for (const [id, { citations }] of ALL) {
      const cited = citations.map(({ href, section }) => `${id}: ${href} ${section}`);
      expect(cited).toEqual([...new Set(cited)]);
    }
  });
});

describe("what is said", () => {
  it.each(ALL)("%s: short, in whole sentences, without shouting", (_, topic) => {
    expect(topic.answer.length).toBeLessThanOrEqual(220);
    expect(topic.answer).toMatch(/\.$/);
    const { title, ...sentences } = topic;
    for (const text of textsOf({ ...sentences, title: "" })) expect(text).toMatch(/\.$/);
    for (const text of textsOf(topic)) expect(text).not.toMatch(/!|^\s|\s$|\s{2}|'{2}|undefined/);
    expect(textsOf(topic)).toEqual([...new Set(textsOf(topic))]);
  });

  it.each(ALL)("%s: no number that the cited pages don't have", (id, topic) => {
    const cited = pages.filter(({ title }) => topic.citations.some(({ document }) => document === title));
    const known = cited.flatMap(({ numbers }) => numbers);
    const { title, answer, more = [], settled, reported } = topic;
    expect(numbersIn([title, answer, ...more]).filter((number) => !known.includes(number))).toEqual([]);
    const ours = [...known, ...(OURS[id] ?? [])];
    expect(numbersIn([settled, reported]).filter((number) => !ours.includes(number))).toEqual([]);
  });

  it("is our own reading only where the page is silent or contradicts itself, and says so", () => {
    const settled = ALL.flatMap(([id, topic]) => (topic.settled ? [`${id}: ${topic.settled}`] : []));
    expect(settled.length).toBeGreaterThan(0);
    const silent = /\bpages? (?:does|do)(?:n't| not) (?:say|list|explain|name)|\bcontradict/i;
    expect(settled.filter((text) => !silent.test(text))).toEqual([]);
  });
});

describe("what is related", () => {
  it.each(ALL)("%s: one to three other topics", (id, { related }) => {
    expect([1, 2, 3]).toContain(related.length);
    expect(new Set(related).size).toBe(related.length);
    expect(related).not.toContain(id);
    expect(related.filter((other) => !isTopicId(other))).toEqual([]);
  });

  it("leads to nearly every topic", () => {
    const reached = new Set(ALL.flatMap(([, { related }]) => related));
    expect(reached.size).toBeGreaterThanOrEqual(0.8 * TOPIC_IDS.length);
  });
});

describe("the phrasings that the matcher learns from", () => {
  const file = new URL("../../src/questions/phrasings/topics.json", import.meta.url);
  const phrasings: Record<string, string[]> = JSON.parse(readFileSync(file, "utf8"));

  it("are of all topics and of nothing else, at least twenty each", () => {
    expect(Object.keys(phrasings).toSorted()).toEqual(TOPIC_IDS.toSorted());
    const few = Object.entries(phrasings).filter(([, texts]) => texts.length < 20);
    expect(few.map(([id]) => id)).toEqual([]);
  });

  it("are each of one topic", () => {
    const topicOf = new Map<string, string>();
    const shared: string[] = [];
    for (const [id, texts] of Object.entries(phrasings))
      for (const text of texts) {
        const words = wordsIn(text).join(" ");
        const other = topicOf.get(words);
        if (other !== undefined) shared.push(`${other}, ${id}: ${text}`);
        topicOf.set(words, id);
      }
    expect(shared).toEqual([]);
  });
});
