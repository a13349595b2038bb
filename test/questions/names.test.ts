import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readQuestions } from "../../bench/questions/sets.ts";
import { learned } from "../../src/questions/learned.ts";
import { findName } from "../../src/questions/names.ts";
import titles from "../fixtures/connector-names.json" with { type: "json" };

const SEED = { seed: 20261118 };
const FOLLOWED = [
  ...["Litware Sign", "Northwind Orders", "Woodgrove Bank", "Tailspin Toys", "Contoso CRM"],
  ...["Adatum HR", "Live Metrics", "Proseware DocGen", "Fabrikam Invoicing"],
];

function nameIn(text: string, connectors: readonly string[] = FOLLOWED) {
  return findName(text, connectors, (word) => learned().words.has(word));
}

describe("the connector that a sentence speaks of", () => {
  it.each([
    ["is Contoso CRM ready", "Contoso CRM", "Contoso CRM"],
    ["is CONTOSO CRM ready", "Contoso CRM", "CONTOSO CRM"],
    ["where is contoso-crm now", "Contoso CRM", "contoso-crm"],
    ["“tailspin  toys” deadline", "Tailspin Toys", "tailspin  toys"],
    ["what of cóntoso crm", "Contoso CRM", "cóntoso crm"],
    ["when is live metrics live in the UK", "Live Metrics", "live metrics"],
    ["how far is adatum hr?", "Adatum HR", "adatum hr"],
  ])("by its whole name: %s", (text, name, words) => {
    expect(nameIn(text)).toEqual({ names: [name], words, index: text.indexOf(words) });
  });

  it.each([
    ["show me success rate for woodgrove", "Woodgrove Bank", "woodgrove"],
    ["where does proseware stand", "Proseware DocGen", "proseware"],
    ["next for Fabrikam?", "Fabrikam Invoicing", "Fabrikam"],
    ["is docgen ready", "Proseware DocGen", "docgen"],
    ["when do the toys expire", "Tailspin Toys", "toys"],
  ])("by a word of it: %s", (text, name, words) => {
    expect(nameIn(text)).toEqual({ names: [name], words, index: text.indexOf(words) });
  });

  it.each([
    ["contoso's deadline", "Contoso CRM", "contoso"],
    ["contoso’s deadline", "Contoso CRM", "contoso"],
    ["contosos deadline", "Contoso CRM", "contosos"],
    ["what about northwinds rollout", "Northwind Orders", "northwinds"],
    ["Adatum HR's link", "Adatum HR", "Adatum HR"],
    ["litware sign's link", "Litware Sign", "litware sign"],
  ])("in the possessive: %s", (text, name, words) => {
    expect(nameIn(text)).toMatchObject({ names: [name], words });
  });

  it.each([
    ["is contosso ready", "Contoso CRM"],
    ["is contsoo ready", "Contoso CRM"],
    ["contozo deadline", "Contoso CRM"],
    ["nothwind link", "Northwind Orders"],
    ["fabricam invoicing", "Fabrikam Invoicing"],
    ["is litwaer next", "Litware Sign"],
    ["lightware", "Litware Sign"],
    ["woodgrov's link", "Woodgrove Bank"],
    ["northwnid orders", "Northwind Orders"],
  ])("with a letter or two wrong: %s", (text, name) => {
    expect(nameIn(text)?.names).toEqual([name]);
  });

  it.each([
    ["livemetrics eta", "Live Metrics", "livemetrics"],
    ["is adatumhr ready", "Adatum HR", "adatumhr"],
    ["contosocrm link", "Contoso CRM", "contosocrm"],
    ["is north wind ready", "Northwind Orders", "north wind"],
    ["wood grove next step", "Woodgrove Bank", "wood grove"],
    ["tail spin link", "Tailspin Toys", "tail spin"],
    ["doc gen eta", "Proseware DocGen", "doc gen"],
  ])("without its blanks, or with one more: %s", (text, name, words) => {
    expect(nameIn(text)).toMatchObject({ names: [name], words });
  });
});

describe("a name that could be several", () => {
  const CONTOSOS = ["Contoso CRM", "Contoso Billing", "Adatum HR"];

  it("is all of them where only what they share was said", () => {
    expect(nameIn("where does contoso stand", CONTOSOS)?.names).toEqual(["Contoso CRM", "Contoso Billing"]);
    expect(nameIn("where does contosso stand", CONTOSOS)?.names).toEqual(["Contoso CRM", "Contoso Billing"]);
  });

  it("is one where enough was said", () => {
    expect(nameIn("where does contoso billing stand", CONTOSOS)?.names).toEqual(["Contoso Billing"]);
    expect(nameIn("is Jira ready", ["Jira", "Jira Search"])?.names).toEqual(["Jira"]);
    expect(nameIn("is Jira Search ready", ["Jira", "Jira Search"])?.names).toEqual(["Jira Search"]);
  });
});

describe("words that are no name", () => {
  it.each([
    "is it live in the UK",
    "is it Live in the UK",
    "how do i sign off",
    "what metrics count",
    "when do we go live",
    "does my bank need that",
    "hello there",
    "",
    "???",
  ])("%s", (text) => {
    expect(nameIn(text)).toBeUndefined();
  });

  it("but common ones are where they are written as the name is", () => {
    const plain = ["Ahead", "Every", "Live"];
    expect(nameIn("is Ahead ready for GA?", plain)?.names).toEqual(["Ahead"]);
    expect(nameIn("when does Every reach Germany", plain)?.names).toEqual(["Every"]);
    expect(nameIn("can we go ahead, every week counts", plain)).toBeUndefined();
    expect(nameIn("how many users every week, all day live", plain)).toBeUndefined();
  });

  it("are none of the development questions that speak of no connector", () => {
    const others = readQuestions("bench/questions/dev.json").filter(({ kind }) => kind !== "data");
    expect(others.length).toBe(58);
    expect(others.filter(({ q }) => nameIn(q)).map(({ q }) => q)).toEqual([]);
  });
});

describe("the 985 published titles, all followed at once", () => {
  const SENTENCES = [
    (title: string) => `is ${title} ready for GA?`,
    (title: string) => `when does ${title} reach Germany`,
    (title: string) => `what about ${title}'s deadline`,
  ];
  const lostIn = (sentence: (title: string) => string) =>
    titles.filter((title) => {
      const names = nameIn(sentence(title), titles)?.names ?? [];
      return names.length !== 1 || names[0] !== title;
    });

  it.each(SENTENCES)("are found as they are written, each alone (%#)", (sentence) => {
    expect(lostIn(sentence)).toEqual([]);
  });

  it.each(SENTENCES)("are found in small letters but for ten (%#)", (sentence) => {
    // Words of a sentence, or of the phrasings; in small letters "JIRA" and "Jira" are the same.
    const words = ["Ahead", "Every", "Unique", "Verified", "JIRA", "Jira"];
    const learnedAsWords = ["GitLab", "OpenAI", "Postman", "Shopify"];
    const allowed = new Set([...words, ...learnedAsWords]);
    const lost = lostIn((title) => sentence(title).toLowerCase());
    expect(lost.filter((title) => !allowed.has(title))).toEqual([]);
  });

  it("are still among those found in nine of ten cases with a letter left out", () => {
    const long = titles.flatMap((title) => {
      const [word = ""] = title.split(/[^\p{L}]+/u).toSorted((a, b) => b.length - a.length);
      return word.length < 7 ? [] : [{ title, typo: title.replace(word, word.slice(0, 3) + word.slice(4)) }];
    });
    const found = long.filter(({ title, typo }) =>
      nameIn(`is ${typo} ready?`, titles)?.names.includes(title),
    );
    expect(long.length).toBeGreaterThan(700);
    expect(found.length / long.length).toBeGreaterThan(0.9);
  });
});

describe("any text and any names", () => {
  const pieces = fc.oneof(
    fc.constantFrom("contoso", "live", "metrics", "’s", "'s", "north", "wind", "hr", "-", "é", "\u0301", "."),
    fc.constantFrom(...titles),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  const texts = fc.array(pieces, { maxLength: 10 }).map((words) => words.join(" "));
  const names = fc.oneof(
    fc.constant(FOLLOWED),
    fc.constant(titles),
    fc.uniqueArray(fc.string({ unit: "binary" }), { maxLength: 5 }),
  );

  it("find names that are followed, each once, in the very words that stand there", () => {
    fc.assert(
      fc.property(texts, names, (text, connectors) => {
        const said = nameIn(text, connectors);
        if (!said) return;
        expect(said.names.length).toBeGreaterThan(0);
        expect(new Set(said.names).size).toBe(said.names.length);
        expect(connectors).toEqual(expect.arrayContaining([...said.names]));
        expect(said.words).not.toBe("");
        expect(text.slice(said.index, said.index + said.words.length)).toBe(said.words);
      }),
      { ...SEED, numRuns: 300 },
    );
  });
});

describe("two names", () => {
  const isWord = (word: string) => learned().words.has(word);

  it("in one sentence are both possible", () => {
    const found = findName("contoso crm or adatum hr?", ["Contoso CRM", "Adatum HR", "Live Metrics"], isWord);
    expect(found?.names).toEqual(["Contoso CRM", "Adatum HR"]);
  });

  it("are not mixed: a part of another name is none of this one", () => {
    expect(findName("when does contoso crm reach germany", ["CRM Bot"], isWord)).toBeUndefined();
  });
});
