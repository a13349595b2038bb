import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeToWave } from "../../src/scheduling/places.ts";
import { findPlace } from "../../src/scheduling/places-in-text.ts";
import un from "../fixtures/un-members.json" with { type: "json" };

const SEED = { seed: 20261118 };

/** "France: french", or "nowhere". */
function placeIn(text: string): string {
  const place = findPlace(text);
  return place ? `${place.name}: ${place.words}` : "nowhere";
}

describe("the place that a sentence names", () => {
  it.each([
    ["when do french customers get it", "France: french"],
    ["is it there for our German users yet", "Germany: German"],
    ["do swedes have it?", "Sweden: swedes"],
    ["when can south africans use it", "South Africa: south africans"],
    ["the latin american team is waiting", "Latin America: the latin american"],
    ["what about new zealanders", "New Zealand: new zealanders"],
    ["american samoa, when", "American Samoa: american samoa"],
  ])("may be named by its people: %s", (text, place) => {
    expect(placeIn(text)).toBe(place);
  });

  it.each([
    ["users in tokyo", "Japan: tokyo"],
    ["our new york office", "United States: new york"],
    ["is it live in Zürich", "Switzerland: Zürich"],
    ["São Paulo users", "Brazil: São Paulo"],
    ["SAO PAULO users", "Brazil: SAO PAULO"],
    ["customers in new delhi", "India: new delhi"],
    ["our perth customers", "Australia: perth"],
    ["the kuala lumpur people", "Malaysia: the kuala lumpur"],
    ["anyone in mexico city", "Mexico: mexico city"],
    ["when does dubai get it", "United Arab Emirates: dubai"],
  ])("may be named by a city: %s", (text, place) => {
    expect(placeIn(text)).toBe(place);
  });

  it.each([
    ["does it reach the US on monday", "United States: the US"],
    ["can you tell us about the US", "United States: the US"],
    ["is it in the us yet", "United States: the us"],
    ["not in US", "United States: US"],
    ["our us tenants", "United States: us"],
    ["in the U.S. already", "United States: the U.S"],
    ["customers in the States", "United States: the States"],
    ["US-based customers", "United States: US"],
    ["USA?", "United States: USA"],
    ["when does it reach the UK?", "United Kingdom: the UK"],
    ["uk customers", "United Kingdom: uk"],
    ["the EU's customers", "Europe: the EU"],
    ["when does it reach DE", "Germany: DE"],
    ["when will it be in GB", "United Kingdom: GB"],
    ["the rollout for DE customers", "Germany: DE"],
    ["when does the PRC get it", "China: the PRC"],
  ])("may be abbreviated: %s", (text, place) => {
    expect(placeIn(text)).toBe(place);
  });

  it.each([
    ["South Korea, not just Korea", "South Korea: South Korea"],
    ["papua new guinea", "Papua New Guinea: papua new guinea"],
    ["the isle of man", "Isle of Man: the isle of man"],
    ["Asia except Japan and India", "Asia except Japan and India: Asia except Japan and India"],
    ["the us preview region", "US preview: the us preview region"],
    ["Korea, Republic of", "South Korea: Korea, Republic of"],
    ["Bosnia & Herzegovina", "Bosnia and Herzegovina: Bosnia & Herzegovina"],
    ["India first, then South Africa", "South Africa: South Africa"],
  ])("is the longest of those it could be: %s", (text, place) => {
    expect(placeIn(text)).toBe(place);
  });

  it.each([
    ["Germany's rollout", "Germany: Germany"],
    ["germany’s customers", "Germany: germany"],
    ["people in paris's offices", "France: paris"],
    ["America's users", "United States: America"],
    ['does it reach "Germany"?', "Germany: Germany"],
    ["customers (UK)", "United Kingdom: UK"],
    ["is it in Germany.", "Germany: Germany"],
    ["when, Germany!", "Germany: Germany"],
  ])("is given without what clings to it: %s", (text, place) => {
    expect(placeIn(text)).toBe(place);
  });

  it.each([
    ["when does it reach Côte d'Ivoire", "Côte d'Ivoire: Côte d'Ivoire"],
    ["cote d’ivoire", "Côte d'Ivoire: cote d’ivoire"],
    ["reunion island rollout", "Réunion: reunion island"],
    ["our curacao date", "Curaçao: curacao"],
    ["Türkiye", "Türkiye: Türkiye"],
    ["españa", "Spain: españa"],
    ["o\u0308sterreich".normalize("NFD"), `Austria: ${"österreich".normalize("NFD")}`],
    ["St. Lucia", "Saint Lucia: St. Lucia"],
  ])("is found with its accents and without: %s", (text, place) => {
    expect(placeIn(text)).toBe(place);
  });
});

describe("regions and places that the page does not list", () => {
  it.each([
    ["when does Europe get it", 4],
    ["in the nordics", 4],
    ["ASEAN users", 3],
    ["the asian markets", 3],
    ["has the testing region got it", 1],
    ["is it in US preview", 2],
    ["brazilian users", 5],
    ["the uk", 6],
    ["EMEA date", undefined],
    ["apac customers", undefined],
    ["latam", undefined],
    ["when does South Africa get it", undefined],
    ["emirati customers", undefined],
    ["mexican customers", undefined],
    ["the middle eastern offices", undefined],
    ["kiwis", undefined],
  ])("%s: wave %s", (text, wave) => {
    expect(findPlace(text)).toMatchObject({ wave });
  });
});

describe("words that could be a place and are none", () => {
  it.each([
    "tell us when",
    "let us know",
    "get us there",
    "MAC requirement",
    "SLO for GA",
    "what does the SLO say",
    "can we ask",
    "CAN we ask",
    "VAT number",
    "client ID and secret",
    "leave client ID blank",
    "is IT done",
    "ask in IT",
    "MY customers are waiting",
    "NO idea",
    "we want to go to GA",
    "how do we get to AI",
    "adatum HR",
    "test your connector",
    "is testing over",
    "polish the description",
    "an english description",
    "who is the man",
    "what states are there",
    "GCC-H and DoD",
    "is it in my region",
    "a reunion of old friends",
    "porto, or what the stamp costs",
    "",
    "???",
  ])("%s", (text) => {
    expect(findPlace(text)).toBeUndefined();
  });
});

describe("the 193 members of the United Nations", () => {
  it.each([
    (name: string) => `when does ${name} get it`,
    (name: string) => `our customers in ${name.toLowerCase()}, when?`,
    (name: string) => `when do ${name}'s customers see it`,
  ])("are found in a sentence (%#)", (sentence) => {
    const lost = un.members
      .filter(({ name }) => {
        const place = findPlace(sentence(name));
        return JSON.stringify(place && placeToWave(place.name)) !== JSON.stringify(placeToWave(name));
      })
      .map(({ name }) => sentence(name));
    expect(lost).toEqual([]);
  });
});

describe("any text at all", () => {
  const pieces = fc.constantFrom(
    ...["the", "US", "us", "and", "of", "republic", "french", "new", "york", "customers", "South", "Korea"],
    ...["São", "Paulo", "'s", "’", "(", ")", ",", ".", "-", "&", "\u0301", "in", "DE", "GA", "I.D.", "St."],
    ...["asia", "except", "japan", "testing", "region", "united", "kingdom", "emea", "côte", "d'Ivoire"],
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(pieces, { maxLength: 12 }).map((words) => words.join(" ")),
    fc.array(pieces, { maxLength: 12 }).map((words) => words.join("")),
  );

  it("names a place of the list where it says so, in the very words that stand there", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const place = findPlace(text);
        if (!place) return;
        const { name, wave, words, index } = place;
        expect(words).not.toBe("");
        expect(text.slice(index, index + words.length)).toBe(words);
        expect(placeToWave(name)).toEqual(wave ? { wave } : { unlisted: name });
      }),
      { ...SEED, numRuns: 500 },
    );
  });

  it.each([
    "a".repeat(4000),
    "a-".repeat(2000),
    "the ".repeat(1000),
    "d'".repeat(2000),
    "\u0301a".repeat(2000),
    "republic of ".repeat(330),
  ])("is read to its end, long as it is (%#)", (text) => {
    expect(findPlace(text)).toBeUndefined();
    expect(findPlace(`${text} Germany`)).toMatchObject({ name: "Germany" });
  });
});

describe("words that link places", () => {
  it.each([
    "testing and go live",
    "is the testing over",
    "what do you need from us and our team",
    "the reunion",
    "client I.D.",
    "users in LA",
  ])("make no place of a word that is none: %s", (text) => {
    expect(findPlace(text)).toBeUndefined();
  });

  it("part two places: the first is found", () => {
    expect(findPlace("Germany, France and Spain")?.name).toBe("Germany");
  });
});
