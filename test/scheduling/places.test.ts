import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeToWave, WAVES } from "../../src/scheduling/places.ts";
import connectors from "../fixtures/connector-names.json" with { type: "json" };
import un from "../fixtures/un-members.json" with { type: "json" };

describe("the 193 members of the United Nations", () => {
  it("are all in the list, each once", () => {
    expect(new Set(un.members.map(({ name }) => name)).size).toBe(193);
  });

  it.each(un.members)("$name: wave $wave", ({ name, wave }) => {
    const expected = wave === null ? { unlisted: expect.any(String) } : { wave };
    expect(placeToWave(name)).toEqual(expected);
    expect(placeToWave(name.replace(/ \(.*\)$/, ""))).toEqual(expected);
    expect(placeToWave(`  the ${name.toUpperCase().normalize("NFD")}? `)).toEqual(expected);
    expect(placeToWave(`*${name.toLowerCase().replaceAll(" ", "  ")}*`)).toEqual(expected);
  });

  it("are found by the name that English has for their ISO code, and by the code", () => {
    const english = new Intl.DisplayNames("en", { type: "region" });
    const left = new Set(["AI", "AM", "GA", "MS", "NA", "PM", "PR"]);
    for (const code of listCodes()) {
      const byName = placeToWave(english.of(code) ?? "");
      expect([code, byName]).not.toEqual([code, undefined]);
      expect([code, placeToWave(code)]).toEqual([code, left.has(code) ? undefined : byName]);
    }
  });
});

describe("the waves", () => {
  it("are six, named as on Microsoft's page, and are places by their names", () => {
    expect(WAVES.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const { number, name } of WAVES) {
      expect(placeToWave(name)).toEqual({ wave: number });
      expect(placeToWave(name.toLowerCase().replaceAll(",", ""))).toEqual({ wave: number });
    }
  });

  it.each([
    { wave: 1, names: ["testing region", "TESTING"] },
    { wave: 2, names: ["us preview", "U.S. Preview", "preview region"] },
    {
      wave: 3,
      names: [
        "Asia",
        "asia, except japan and india",
        "Asia excluding Japan & India",
        "rest of Asia",
        "Southeast Asia",
        "South Korea",
        "Korea",
        "Republic of Korea",
        "Korea, Republic of",
        "Korea (the Republic of)",
        "North Korea",
        "DPRK",
        "Taiwan",
        "Hong Kong SAR",
        "Macao",
        "PRC",
        "People's Republic of China",
        "People’s Republic of China",
        "Republic of China",
        "Viet Nam",
        "Vietnam",
        "Lao PDR",
        "Laos",
        "Burma",
        "Republic of the Union of Myanmar",
        "East Timor",
        "Timor-Leste",
        "Brunei",
        "Kazakhstan",
        "SG",
        "SGP",
        "Ceylon",
      ],
    },
    {
      wave: 4,
      names: [
        "Europe",
        "europe except the UK",
        "EU",
        "eu",
        "the European Union",
        "Nordics",
        "Germany",
        "germany??",
        "Federal Republic of Germany",
        "Deutschland",
        "DE",
        "DEU",
        ":flag-de:",
        "🇩🇪",
        "Holland",
        "the Netherlands",
        "Kingdom of the Netherlands",
        "Czech Republic",
        "Czechia",
        "Macedonia",
        "Bosnia",
        "Slovak Republic",
        "Cyprus",
        "Russia",
        "Moldova",
        "Kosovo",
        "Vatican",
        "Holy See",
        "Republic of Ireland",
        "Åland",
        "España",
        "Osterreich",
        "FR",
        "IT",
        "NO",
        "BE",
        "AT",
        "IS",
      ],
    },
    { wave: 5, names: ["Brazil", "Canada", "Japan", "India", "IN", "Republic of India", "JP", "brasil"] },
    {
      wave: 6,
      names: [
        "UK",
        "uk",
        "U.K.",
        "u.k",
        "GB",
        "Great Britain",
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
        "USA",
        "usa",
        "U.S.",
        "us",
        "US",
        "U.S.A.",
        "U S A",
        "America",
        "the States",
        "United States of America",
        "Australia",
        "Commonwealth of Australia",
        "AU",
        "AUS",
      ],
    },
  ])("wave $wave", ({ wave, names }) => {
    for (const name of names) expect([name, placeToWave(name)]).toEqual([name, { wave }]);
  });
});

describe("what the page does not list is told by its proper name", () => {
  it.each([
    ["South Africa", "RSA", "south africa", "ZA", "Republic of South Africa"],
    ["United Arab Emirates", "UAE", "u.a.e.", "the Emirates", "AE"],
    ["Saudi Arabia", "KSA", "Kingdom of Saudi Arabia"],
    ["Türkiye", "Turkey", "turkiye", "Republic of Türkiye", "TR"],
    ["Iran", "Islamic Republic of Iran", "Iran, Islamic Republic of"],
    ["Palestine", "State of Palestine", "Palestine, State of"],
    ["Georgia", "GE"],
    ["Côte d'Ivoire", "Ivory Coast", "Cote d’Ivoire"],
    ["Eswatini", "Swaziland"],
    ["Cape Verde", "Cabo Verde"],
    ["Democratic Republic of the Congo", "DRC", "DR Congo", "Congo, The Democratic Republic of the"],
    ["Republic of the Congo", "Congo", "Congo-Brazzaville"],
    ["Saint Lucia", "St. Lucia", "st lucia"],
    ["Trinidad and Tobago", "Trinidad & Tobago"],
    ["Mexico", "México", "United Mexican States"],
    ["Greenland"],
    ["Puerto Rico", "Commonwealth of Puerto Rico"],
    ["New Zealand", "NZ"],
    ["Europe and the Middle East and Africa", "EMEA", "emea"],
    ["Asia-Pacific", "APAC", "apac"],
    ["Middle East", "the middle east", "Gulf states"],
    ["North America"],
    ["South America"],
    ["Americas", "the Americas"],
    ["Latin America", "LATAM"],
    ["Africa", "Sub-Saharan Africa"],
    ["Oceania"],
    ["South Asia"],
  ])("%s", (...names) => {
    for (const name of names) expect([name, placeToWave(name)]).toEqual([name, { unlisted: names[0] }]);
  });
});

describe("what is no place", () => {
  it.each([
    "",
    " ",
    "?",
    "the",
    "and",
    "in",
    "it",
    "no",
    "is",
    "at",
    "be",
    "so",
    "to",
    "my",
    "de",
    "gb",
    "can",
    "and",
    "are",
    "per",
    "car",
    "png",
    "sea",
    "GA",
    "PR",
    "MS",
    "AI",
    "NA",
    "ZZ",
    "XX",
    "Atlantis",
    "Germany and France",
    "Germany France",
    "everywhere",
    "all regions",
    "republic of",
    "kingdom of the",
    "Germanyy",
    "constructor",
    "__proto__",
    "toString",
    "preview",
    "GA readiness",
    "when is it live",
  ])("%j", (text) => {
    expect(placeToWave(text)).toBeUndefined();
  });

  it("is a connector's name", () => {
    const taken = connectors.filter((name) => placeToWave(name) !== undefined);
    expect(taken).toEqual([]);
  });

  it("never throws, and never answers a long text", () => {
    const words = fc.constantFrom(
      "Korea",
      "republic of",
      "the",
      ", ",
      "(",
      ")",
      " ",
      "united",
      "state",
      "st",
      "DE",
      "é",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.array(words, { maxLength: 400 }).map((each) => each.join(" ")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const place = placeToWave(text);
        expect(place === undefined || text.trim().length <= 120).toBe(true);
      }),
    );
  });
});

/** The two-letter codes that ISO 3166 has given out, and Kosovo's. */
function listCodes(): string[] {
  return `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF
    CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL
    GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ
    OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC
    TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`.split(
    /\s+/,
  );
}
