import { remembering } from "../remembering.ts";
import { type Place, placeNamed } from "./places.ts";

/** What people say for a place beside its name: its people, its language's adjective, its big cities. Parts end at `;`. */
const SAID_FOR = `
  french, frenchmen, paris, lyon, marseille: France; german, germans, berlin, munich, hamburg, frankfurt, cologne, koln: Germany;
  italian, italians, milan, rome, turin: Italy; spanish, spaniards, madrid, barcelona: Spain; portuguese, lisbon, porto: Portugal;
  dutch, amsterdam, rotterdam: Netherlands; belgian, belgians, brussels, antwerp: Belgium; swiss, zurich, geneva: Switzerland;
  austrian, austrians, vienna: Austria; polish, poles, warsaw, krakow: Poland; prague: Czechia; hungarian, hungarians, budapest: Hungary;
  romanian, romanians, bucharest: Romania; bulgarian, bulgarians, sofia: Bulgaria; greek, greeks, athens: Greece; croatian, zagreb: Croatia;
  danish, danes, copenhagen: Denmark; swedish, swedes, stockholm: Sweden; norwegian, norwegians, oslo: Norway;
  finnish, finns, helsinki: Finland; icelandic, reykjavik: Iceland; irish, dublin: Ireland; estonian, tallinn: Estonia; latvian, riga: Latvia;
  lithuanian, vilnius: Lithuania; ukrainian, ukrainians, kyiv: Ukraine; russian, russians, moscow: Russia; serbian, belgrade: Serbia;
  slovak, bratislava: Slovakia; slovenian, ljubljana: Slovenia; european, europeans: Europe; nordic, scandinavian: Nordics;
  british, brits, english, scottish, welsh, london, manchester, edinburgh: United Kingdom;
  american, americans, new york, california, texas, seattle, chicago, boston, san francisco, washington, stateside: United States;
  australian, australians, aussie, aussies, sydney, melbourne, brisbane, perth: Australia;
  canadian, canadians, toronto, montreal, vancouver, ottawa: Canada; brazilian, brazilians, sao paulo, rio de janeiro: Brazil;
  japanese, tokyo, osaka, kyoto: Japan; indian, indians, mumbai, bangalore, bengaluru, delhi, new delhi, hyderabad, chennai, pune: India;
  asian, asians: Asia; chinese, beijing, shanghai, shenzhen: China; korean, koreans, seoul: South Korea; taiwanese, taipei: Taiwan;
  indonesian, jakarta: Indonesia; malaysian, kuala lumpur: Malaysia; thai, thais, bangkok: Thailand; vietnamese, hanoi: Vietnam;
  filipino, filipinos, manila: Philippines; singaporean, singaporeans: Singapore; pakistani, karachi: Pakistan; bangladeshi, dhaka: Bangladesh;
  nepali, nepalese: Nepal; sri lankan, colombo: Sri Lanka; kazakh: Kazakhstan;
  mexican, mexicans, mexico city: Mexico; argentinian, argentine, argentinians, buenos aires: Argentina; chilean, chileans: Chile;
  colombian, colombians, bogota: Colombia; peruvian, lima: Peru; african, africans: Africa; latin american: Latin America;
  south african, south africans, johannesburg, cape town: South Africa; nigerian, nigerians, lagos: Nigeria; kenyan, kenyans, nairobi: Kenya;
  egyptian, egyptians, cairo: Egypt; moroccan, casablanca: Morocco; emirati, emiratis: United Arab Emirates; saudis, riyadh: Saudi Arabia;
  israeli, israelis, tel aviv: Israel; turkish, turks, istanbul, ankara: Turkey; qatari, doha: Qatar; kuwaiti: Kuwait;
  middle eastern: Middle East; new zealander, new zealanders, kiwi, kiwis, auckland, wellington: New Zealand`;

/** Words that are a place by themselves only when nothing else can be meant. */
const ALSO_WORDS = new Set(
  "us states testing test reunion man polish poles english lima sofia washington porto ceylon hellas roc rok lao saba".split(
    " ",
  ),
);
/** Two capitals are a country after one of these; "ID", "IT" and "MY" are words all the same. */
const BEFORE_A_CODE = /(?:^|[\s(])(?:in|for|to|reach|reaches|hit|hits|gets|and|about|or)\s+(?:the\s+)?$/i;
const NEVER_CODES = new Set("ID IT MY IS CC PT ET CA HR TV NO SO BE AT DO ME GA LA".split(" "));
const CUSTOMERS =
  /^\s+(?:customers?|clients?|users?|tenants?|teams?|regions?|markets?|people|folks|companies|company|subsidiary|subsidiaries|office|offices|environments?|buyers|partners?|friends|side)\b/i;
const LONGEST_WORDS = 6;

/** A place within a sentence: what was said, and where it stands there. */
export interface PlaceSaid extends Place {
  words: string;
  index: number;
}

/**
 * The place that a sentence names: by name, by its people ("french customers") or by a big city ("users in tokyo"). Longer
 * names come first. `name` is the place's proper name.
 */
export function findPlace(text: string): PlaceSaid | undefined {
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}.'’&]*|[\u{1f1e6}-\u{1f1ff}]{2}/gu)].map(
    (match) => ({
      index: match.index,
      end: match.index + match[0].replace(/['’]s$|['’]$|\.+$/u, "").length,
    }),
  );
  for (let count = Math.min(LONGEST_WORDS, words.length); count > 0; count -= 1) {
    for (let first = 0; first + count <= words.length; first += 1) {
      const index = words[first]?.index ?? 0;
      const said = text.slice(index, words[first + count - 1]?.end);
      const place = placeSaid(said, text.slice(0, index), text.slice(index + said.length));
      if (place) return { ...place, words: said, index };
    }
  }
  return undefined;
}

const placeNamedOnce = remembering(placeNamed, 2000);

function placeSaid(said: string, before: string, after: string): Place | undefined {
  // The words that link places belong to none: "Germany and France" are two.
  if (/^and\b|\band$/i.test(said)) return undefined;
  const folded = said.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const bare = folded.replace(/^the\s+/, "");
  if (ALSO_WORDS.has(bare)) {
    const isNamed = bare !== folded && (bare === "us" || bare === "states");
    if (!isNamed && !/^U\.?S\.?$/.test(said) && !CUSTOMERS.test(after)) return undefined;
  }
  const code = said.replaceAll(".", "");
  if (/^[A-Z]{2}$/.test(code)) {
    if (code === "US" || code === "UK" || code === "EU") return placeNamed(code);
    return !NEVER_CODES.has(code) && BEFORE_A_CODE.test(before) && /[a-z]/.test(before)
      ? placeNamed(code)
      : undefined;
  }
  // Three capitals are rather a word of the trade (MAC, SLO, CAN) than a country.
  const isInitials = /^(?:[A-Z]\.?){3}$/.test(said);
  const place = placeNamedOnce(isInitials ? folded.replaceAll(".", "") : said);
  if (place) return place;
  const name = NAME_OF.get(bare);
  return name === undefined ? undefined : placeNamedOnce(name);
}

const NAME_OF: ReadonlyMap<string, string> = new Map(
  SAID_FOR.split(";").flatMap((entry) => {
    const [words = "", name = ""] = entry.split(":");
    return words.split(",").map((word): [string, string] => [word.trim(), name.trim()]);
  }),
);
