/** The words people use for zones, days and lengths of time, as tables. when.ts says what they mean together. */

/**
 * Zone words and the wall clock they stand for. "PST" in July is a slip for Pacific time, so daylight saving is always
 * the place's own. What is not here (WAT, NZDT …) is left to chrono's fixed offsets.
 */
const ZONE_WORDS: readonly [words: string, zone: string][] = [
  ["pt|pst|pdt|pacific", "America/Los_Angeles"],
  ["mt|mst|mdt|mountain", "America/Denver"],
  ["ct|cst|cdt|central", "America/Chicago"],
  ["et|est|edt|eastern", "America/New_York"],
  ["utc|gmt", "UTC"],
  ["bst", "Europe/London"],
  ["wet|west", "Europe/Lisbon"],
  ["cet|cest|mez|mesz", "Europe/Brussels"],
  ["eet|eest", "Europe/Helsinki"],
  ["ist", "Asia/Kolkata"],
  ["aest|aedt", "Australia/Sydney"],
];
const ZONE_WORD = new RegExp(
  `\\b(?:${ZONE_WORDS.map(([words]) => `(${words})`).join("|")})\\b(?:\\s+(?:standard|daylight|summer)\\b)?(?:\\s+time\\b)?`,
  "gi",
);
/** "UTC+5:30"; or "+05:30", "+0530" and "Z" directly after a clock time. */
const OFFSET =
  /\b(?:utc|gmt)\s?([+-])(\d{1,2})(?::?(\d{2}))?\b|(?<=:\d\d(?:[.,]\d{1,9})?\s?)([+-])(\d{2}):?(\d{2})\b/i;
const ZULU = /(?<=:\d\d(?:[.,]\d{1,9})?\s?)Z\b/i;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const NUMBERS = /(?<![\d/.:-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d\d))?(?![\d/:])/;
const CLOCK = /(?<![\d:.+-])(\d{1,2}):(\d\d)(?!\d)/g;
const TWELVE_HOURS = /(?<![\d:.])(\d{1,2})(?::\d\d)?\s?[ap]\.?m\b/gi;
const DAY_OF_MONTH = new RegExp(
  `(?<![\\d:.])(\\d{1,3})(?:st|nd|rd|th)?\\s+${MONTH}\\b|(?<!\\d\\s*|\\d(?:st|nd|rd|th)\\s+)\\b${MONTH}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)`,
  "gi",
);

/** What is wrong with words that look like a part of a date. */
interface Wrong {
  wrong: "impossible" | "ambiguous" | "not-a-date";
  words: string;
}

/** Days counted from today. */
export const DAY_WORDS: Readonly<Record<string, number>> = {
  "day before yesterday": -2,
  yesterday: -1,
  "last night": -1,
  today: 0,
  tonight: 0,
  "this morning": 0,
  "this afternoon": 0,
  "this evening": 0,
  "day after tomorrow": 2,
  tomorrow: 1,
  tmrw: 1,
};

const UNITS = [
  ["s|secs?|seconds?", "seconds"],
  ["m|mins?|minutes?", "minutes"],
  ["h|hrs?|hours?", "hours"],
  ["d|days?", "days"],
  ["w|wks?|weeks?", "weeks"],
  ["mos?|months?", "months"],
  ["y|yrs?|years?", "years"],
] as const;
/** So much of each unit, as luxon takes it. */
type Amounts = Partial<Record<(typeof UNITS)[number][1], number>>;

const NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const COUNT = `\\d{1,4}(?:\\.\\d{1,2})?|an?|${NUMBER_WORDS.join("|")}`;
const AMOUNT = new RegExp(
  `\\s*(?:,|and\\b)?\\s*(${COUNT})\\s*(?:${UNITS.map(([words]) => `(${words})`).join("|")})(?![a-z])`,
  "iy",
);
/** A count of whole days, weeks, months or years, for use in a pattern. */
export const AMOUNT_OF_DAYS = `(?:\\d{1,4}|an?|${NUMBER_WORDS.join("|")})\\s*(?:d|days?|w|wks?|weeks?|mos?|months?|y|yrs?|years?)`;

/**
 * Takes the zone out of a text. `zone` is an IANA name or luxon's "UTC+5:30"; nothing when none is named.
 * An offset that no place has is impossible; two zones are no date.
 */
export function takeZone(text: string): { rest: string; zone?: string } | Wrong {
  const offset = OFFSET.exec(text);
  if (offset) {
    const words = offset[0];
    const [sign, hours, minutes] = [
      offset[1] ?? offset[4],
      Number(offset[2] ?? offset[5]),
      offset[3] ?? offset[6] ?? "00",
    ];
    if (hours > 14 || Number(minutes) > 59) return { wrong: "impossible", words };
    return { rest: text.replace(words, " "), zone: `UTC${sign}${hours}:${minutes}` };
  }
  if (ZULU.test(text)) return { rest: text.replace(ZULU, " "), zone: "UTC" };
  const [word, second] = text.matchAll(ZONE_WORD);
  if (!word) return { rest: text };
  if (second) return { wrong: "not-a-date", words: `${word[0]}, ${second[0]}` };
  const zone = ZONE_WORDS[word.slice(1).findIndex((group) => group !== undefined)]?.[1];
  return { rest: text.replace(word[0], " "), ...(zone && { zone }) };
}

/** Reads "1h 30m", "2 days and an hour", "a week": the whole text, each unit once; nothing for anything else. */
export function readAmounts(text: string): Amounts | undefined {
  const amounts: Amounts = {};
  AMOUNT.lastIndex = 0;
  for (let end = 0; end < text.length; end = AMOUNT.lastIndex) {
    const match = AMOUNT.exec(text);
    const unit = match && UNITS[match.slice(2).findIndex((group) => group !== undefined)]?.[1];
    if (!match || !unit || amounts[unit] !== undefined) return undefined;
    const count = (match[1] ?? "").toLowerCase();
    const word = NUMBER_WORDS.indexOf(count);
    amounts[unit] = /^an?$/.test(count) ? 1 : word >= 0 ? word : Number(count);
  }
  return text === "" ? undefined : amounts;
}

/**
 * "13/11" and "11/11/2026" can only mean one day and become one that chrono cannot mistake; "3/11" means March to some
 * and November to others. "24/7" is no date. "fri 9.15" is a time.
 */
export function spellNumbers(text: string): string | Wrong {
  const [found, first = "", sign, second = "", year] = NUMBERS.exec(text) ?? [];
  if (found === undefined) return text;
  if (sign === "." && !year && found === text && Number(second) <= 12)
    return { wrong: "ambiguous", words: found };
  if (sign !== "/" && year?.length !== 4) return text;
  if (found === "24/7") return { wrong: "not-a-date", words: "" };
  const [low, high] = [Number(first), Number(second)].sort((a, b) => a - b) as [number, number];
  if (low < 1 || low > 12 || high > 31) return { wrong: "impossible", words: found };
  if (high <= 12 && low !== high) return { wrong: "ambiguous", words: found };
  const day = `${high} ${MONTHS[low - 1]}`;
  return text.replace(found, year ? `${day} ${year.length === 2 ? `20${year}` : year}` : day);
}

/** Chrono passes over these or, worse, reads a part of them. */
export function findImpossible(text: string): string | undefined {
  for (const [found, hour, minute] of text.matchAll(CLOCK)) {
    if (Number(`${hour}${minute}`) > 2400 || Number(minute) > 59) return found;
  }
  for (const [found, hour] of text.matchAll(TWELVE_HOURS)) if (Number(hour) > 12) return found;
  for (const [found, before, after] of text.matchAll(DAY_OF_MONTH)) {
    const day = Number(before ?? after);
    if (day < 1 || day > 31) return found;
  }
  return undefined;
}
