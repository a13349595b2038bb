import { describe, expect, it } from "vitest";
import type * as figures from "../../src/replies/figures.ts";
import type * as forms from "../../src/replies/forms.ts";
import { NAME, openHouseAt, type Stage } from "../support.ts";
import { formOf, problemsOf, submit, valuesOf } from "./form.ts";

/** Every form of the product: a new one has to be put into the table below. */
type FormName = Extract<keyof typeof forms | keyof typeof figures, `${string}Form`>;

interface Refused {
  it: string;
  /** The lines that lead to the form, the last of which shows it. */
  lines: string[];
  at?: Stage;
  filled: Record<string, string>;
  problems: Record<string, string | RegExp>;
}

const LONG = "x".repeat(101);
const NO_FREEZE = { from: "", to: "", why: "office move" };
/** As many freezes as are kept, of a day each. */
const FREEZES = Array.from({ length: 50 }, (_, index) => {
  const [month, day] = [1 + Math.floor(index / 25), 1 + (index % 25)];
  return `settings freeze add 2027-0${month}-${String(day).padStart(2, "0")}`;
});
/** No step takes it. */
const NO_ANSWER = `http://${"x".repeat(2900)}`;

const REFUSED: Record<FormName, Refused[]> = {
  trackForm: [
    { it: "no name", lines: ["hi"], filled: { name: "" }, problems: { name: "A name is missing." } },
    { it: "a long name", lines: ["track"], filled: { name: LONG }, problems: { name: /longer than 100/ } },
    {
      it: "a heap of marks",
      lines: ["track"],
      filled: { name: `Z${"\u0301".repeat(30)}`.normalize("NFC") },
      problems: { name: /marks/ },
    },
  ].map((one) => ({ ...one, lines: ["untrack Contoso CRM confirm", ...one.lines] })),
  renameForm: [
    { it: "no name", lines: [], filled: { to: "" }, problems: { to: "A name is missing." } },
    { it: "a long name", lines: [], filled: { to: LONG }, problems: { to: /longer than 100/ } },
    { it: "its own name", lines: [], filled: { to: NAME }, problems: { to: "It has that name already." } },
    {
      it: "another one's name",
      lines: ["track Fabrikam Mail"],
      filled: { to: "Fabrikam Mail" },
      problems: { to: "Another connector is called so." },
    },
  ].map((one) => ({ ...one, lines: [...one.lines, `rename ${NAME}`] })),
  stepForm: [
    ["offer-name", "", "Nothing was given."],
    ["oauth", "", "Nothing was given."],
    ["categories", "a, b, c, d", "4 categories were given, three at most are allowed."],
    ["eula", "our own", /not an HTTPS URL/],
    ["privacy-policy", "http://contoso.com", "“http://contoso.com” is not an HTTPS URL."],
    ["hidekey", "Contoso Beta", /lowercase letters and digits only/],
    ["notification-audience", "y".repeat(3000), "That is too long."],
  ].map(([step, given = "", problem = ""]) => ({
    it: `a bad ${step}`,
    at: "draft",
    lines: [`done ${NAME} ${step} ${step === "categories" ? "a, b, c, d, e" : NO_ANSWER}`],
    filled: { given: `${given}` },
    problems: { given: problem },
  })),
  markForm: [
    {
      it: "nothing chosen",
      lines: [`mark ${NAME}`],
      filled: { milestone: "", when: "2026-11-03T08:00:00.000-08:00" },
      problems: { milestone: "Choose one." },
    },
    {
      it: "a moment that is none",
      lines: [`mark ${NAME}`],
      filled: { milestone: "submitted", when: "31 Feb" },
      problems: { when: "“31 Feb” is a date that does not exist." },
    },
    {
      it: "a day that can be two",
      lines: [`mark ${NAME}`],
      filled: { milestone: "submitted", when: "3/4" },
      problems: { when: /^“3\/4” can be read as two different dates/ },
    },
    {
      it: "a moment ahead",
      lines: [`mark ${NAME}`],
      filled: { milestone: "submitted", when: "2026-11-30T09:00:00.000-08:00" },
      problems: { when: "This is still ahead." },
    },
    {
      it: "a moment at which it could not be",
      at: "testing",
      lines: [`mark ${NAME}`],
      filled: { milestone: "go-live", when: "2026-11-04T09:00:00.000-08:00" },
      problems: { when: "It was at Review then." },
    },
  ],
  startForm: [
    ["", "The day is missing."],
    ["soonish", "“soonish” is no time I understand."],
    ["3/4", /^“3\/4” can be read as two different dates/],
    ["2099-01-01", /^“2099-01-01” is too far away to be meant/],
    ["2026-11-02", "It is before Go live was confirmed."],
  ].map(([when, problem = ""]) => ({
    it: `the day “${when}”`,
    at: "publishing",
    lines: [`mark ${NAME} start`],
    filled: { when: `${when}` },
    problems: { when: problem },
  })),
  zoneForm: [
    { it: "no zone", lines: ["settings"], filled: { zone: "" }, problems: { zone: "A zone is missing." } },
    {
      it: "a zone that is none",
      lines: ["settings"],
      filled: { zone: "Mars" },
      problems: { zone: "“Mars” is no time zone." },
    },
  ],
  freezeForm: [
    {
      it: "no day",
      lines: ["settings freeze"],
      filled: NO_FREEZE,
      problems: { from: "The first day is missing.", to: "The last day is missing." },
    },
    {
      it: "one day only",
      lines: ["settings freeze"],
      filled: { ...NO_FREEZE, from: "2026-12-21" },
      problems: { to: "The last day is missing." },
    },
    {
      it: "a first day that does not exist",
      lines: ["settings freeze"],
      filled: { from: "2027-02-30", to: "2027-03-01", why: "office move" },
      problems: { from: "“2027-02-30” is a date that does not exist." },
    },
    {
      it: "days that are none, with our own word between them",
      lines: ["settings freeze"],
      filled: { from: "from here to there", to: "to the end", why: "to be told" },
      problems: { from: /^“from here to there” is no time/, to: /^“to the end” is no time/ },
    },
    {
      it: "an end before its beginning",
      lines: ["settings freeze"],
      filled: { from: "2026-12-24", to: "2026-12-01", why: "" },
      problems: { to: "A freeze ends on the day it begins or later." },
    },
    {
      it: "more than a year",
      lines: ["settings freeze"],
      filled: { from: "2026-12-24", to: "2028-12-24", why: "rest" },
      problems: { to: "A freeze of more than a year is hardly meant." },
    },
    {
      it: "a freeze that is there",
      lines: ["settings freeze add 2026-12-21 to 2027-01-04 year end", "settings freeze"],
      filled: { from: "2026-12-21", to: "4 Jan", why: "again" },
      problems: { from: "That freeze is there already." },
    },
    {
      it: "one too many",
      lines: [...FREEZES, "settings freeze"],
      filled: { from: "2026-12-21", to: "2026-12-22", why: "again" },
      problems: { from: "No more freezes can be kept; remove one first." },
    },
  ],
  remindForm: [
    {
      it: "nothing",
      filled: { topic: "", times: "" },
      problems: { topic: "The kind of reminder is missing.", times: "The times are missing." },
    },
    { it: "no kind", filled: { topic: "", times: "24 4" }, problems: { topic: /is missing/ } },
    {
      it: "no times",
      filled: { topic: "waves", times: "" },
      problems: { times: /^Which times for “Waves”/ },
    },
    {
      it: "an hour too far",
      filled: { topic: "test-link", times: "24 1000" },
      problems: { times: /^“24 1000” is no time for “Test link”\. It takes off, default, or .* 0 to 48/ },
    },
    {
      it: "days where hours are meant",
      filled: { topic: "report", times: "2d" },
      problems: { times: /^“2d” is no time for “Report”/ },
    },
  ].map((one) => ({ ...one, lines: ["settings remind"] })) as Refused[],
  evidenceForm: [
    {
      it: "three figures among good ones",
      lines: [`evidence ${NAME}`],
      filled: { availability: "lots", slo: "105", users: "-3", connections: "64", backend: "yes" },
      problems: {
        availability: "Not a percentage: “lots”. Such as 99.97.",
        slo: "More than 100 %: “105”. Such as 99.6.",
        users: "Not a whole number of 0 or more: “-3”. Such as 510,530,505.",
      },
    },
    {
      it: "every figure",
      lines: [`evidence ${NAME}`],
      filled: {
        availability: "0.9997",
        success: "1e2",
        responses: "2xx",
        users: "510,530",
        connections: "1.5",
        "live-since": "2026-12-24",
      },
      problems: {
        availability: /^A share of one, not percent: “0.9997”/,
        success: /^Not a percentage/,
        responses: /^Not counts by status, each once: “2xx”/,
        users: /^Neither one number nor three/,
        connections: /^Not a whole number/,
        "live-since": /^Still ahead/,
      },
    },
    {
      it: "two that contradict each other",
      lines: [`evidence ${NAME}`],
      filled: { success: "99", responses: "2xx:50,5xx:50" },
      problems: { responses: "Contradicts the success rate (99 % and 50 %); give one of them." },
    },
  ],
};

const CASES = Object.entries(REFUSED).flatMap(([name, cases]) =>
  cases.map((one) => [name, one.it, one] as const),
);

describe("A refused form comes back with all that was typed, and says at its field what is wrong", () => {
  it.each(CASES)("%s: %s", async (_name, _it, { at = "draft", lines, filled, problems }) => {
    const house = await openHouseAt(at);
    const asked = await house.sayAll(...lines);
    const before = await house.exported();
    const refused = await submit(house, asked, filled);

    expect(await house.exported()).toEqual(before);
    expect(valuesOf(refused)).toEqual({ ...valuesOf(asked), ...filled });
    expect(Object.keys(problemsOf(refused)).toSorted()).toEqual(Object.keys(problems).toSorted());
    for (const [id, problem] of Object.entries(problems)) expect(problemsOf(refused)[id]).toMatch(problem);

    const { action, fields } = formOf(refused);
    expect({ action, fields }).toEqual({ action: formOf(asked).action, fields: formOf(asked).fields });
    expect(refused.title).not.toMatch(/[\n\r]|undefined/);
    expect(refused.title.length).toBeLessThan(300);
    expect(house.logged).toEqual([]);
  });
});
