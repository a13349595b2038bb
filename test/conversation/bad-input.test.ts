import { describe, expect, it } from "vitest";
import { buttonsOf, NAME, openHouseAt, openHouseWith, textOf } from "../support.ts";

const BAD: [what: string, said: string][] = [
  ["nothing", ""],
  ["blanks", " \t \n "],
  ["a zero-width blank", "\u200b"],
  ["10,000 characters", "a".repeat(10_000)],
  ["10,000 characters after a command", `status ${"a b ".repeat(2500)}`],
  ["4,000 words", "to ".repeat(1300)],
  ["a control character", `mark ${NAME}\u0007 go-live`],
  ["an escape sequence", "track \u001b[31mred"],
  ["a zero", "track Con\u0000toso"],
  ["text turned round", "track \u202eevil"],
  ["a script", "<script>alert(1)</script>"],
  ["markup", "*bold*"],
  ["a number", "42"],
  ["no command", "frobnicate"],
  ["a connector that is not followed", "status Fabrikam Mail"],
  ["track without a name", "track"],
  ["a name of 101 letters", `track ${"x".repeat(101)}`],
  ["a heap of marks", `track Z${"\u0301".repeat(30)}`],
  ["rename without a new name", `rename ${NAME}`],
  ["rename to nothing", `rename ${NAME} to`],
  ["rename to 101 letters", `rename ${NAME} to ${"x".repeat(101)}`],
  ["rename to its own name", `rename ${NAME} to ${NAME}`],
  ["mark without a milestone", `mark ${NAME}`],
  ["an unknown milestone", `mark ${NAME} flying`],
  ["a milestone out of the language's own words", `mark ${NAME} constructor`],
  ["31 February", `mark ${NAME} go-live 31 Feb`],
  ["31 February in ISO", `mark ${NAME} go-live 2026-02-31`],
  ["a month 13", `mark ${NAME} go-live 2026-13-01`],
  ["25 o'clock", `mark ${NAME} go-live 2026-11-04 25:00`],
  ["a century ago", `mark ${NAME} go-live 1926-11-04`],
  ["in a century", `mark ${NAME} go-live 2126-11-04`],
  ["a time that is none", `mark ${NAME} go-live whenever`],
  ["a date that can be two", `mark ${NAME} go-live 03/04/26 or so`],
  ["a start without a date", `mark ${NAME} start`],
  ["a step that is none", `done ${NAME} dance`],
  ["a step's number that is none", `done ${NAME} 99`],
  ["evidence that is none", `evidence ${NAME} a lot`],
  ["an unknown key", `evidence ${NAME} speed=9`],
  ["a known and an unknown key", `evidence ${NAME} slo=99.6 speed=9`],
  ["a key of the language's own", `evidence ${NAME} constructor=9`],
  ["no key", `evidence ${NAME} =9`],
  ["more than 100 percent", `evidence ${NAME} availability=100.01`],
  ["less than 0 percent", `evidence ${NAME} availability=-1`],
  ["a share for a percentage", `evidence ${NAME} slo=0.996`],
  ["a word for a number", `evidence ${NAME} slo=high`],
  ["figures that contradict each other", `evidence ${NAME} success=99 responses=2xx:50,5xx:50`],
  ["the same key twice", `evidence ${NAME} slo=99 slo=98`],
  ["two weeks of users", `evidence ${NAME} users=510,530`],
  ["part of a connection", `evidence ${NAME} connections=1.5`],
  ["a status that is none", `evidence ${NAME} responses=9xx:5`],
  ["neither yes nor no", `evidence ${NAME} backend=perhaps`],
  ["live since a day that does not exist", `evidence ${NAME} live-since=31 Feb`],
  ["live since tomorrow", `evidence ${NAME} live-since=2026-12-24`],
  ["a place that is none", `eta ${NAME} Atlantis`],
  ["a what-if that is none", `eta ${NAME} if pigs fly`],
  ["a what-if of the language's own words", "eta if constructor"],
  ["a what-if on 31 February", "eta if go-live 31 Feb"],
  ["a cloud that is none", `request ${NAME} cumulus`],
  ["reminders and what is none", `reminders ${NAME} dance`],
  ["reminders and a word of the language's own", `reminders ${NAME} constructor`],
  ["a setting that is none", "settings colour red"],
  ["a zone that is none", "settings zone Mars/Base"],
  ["a freeze on 31 February", "settings freeze add 31 Feb to 3 Mar"],
  ["a freeze that ends before it begins", "settings freeze add 2026-12-24 to 2026-12-01"],
  ["a freeze of ten years", "settings freeze add 2026-12-24 to 2036-12-01"],
  ["a freeze whose end does not exist", "settings freeze add 2026-12-24 to 31 Feb"],
  ["a freeze that is not there", "settings freeze remove 7"],
  ["a reminder that is none", "settings remind birthdays 4"],
  ["a reminder in a thousand hours", "settings remind test-link 1000"],
  ["a reminder at minus one", "settings remind waves -1"],
  ["a page that is none", "list 99"],
  ["a page that is no number", "list everything"],
  ["help on nothing", "help flying"],
  ["an untrack that is not confirmed", `untrack ${NAME}`],
  ["a forget that is not confirmed", "forget"],
  ["a forget confirmed for something else", `forget ${NAME}`],
];

describe("Bad input changes nothing, and is answered with a sentence and what to type or press", () => {
  it.each(BAD)("%s", async (_, said) => {
    const house = await openHouseAt("testing");
    const before = await house.exported();
    const reply = await house.say(said);
    expect(await house.exported()).toEqual(before);
    expect(reply.title).not.toBe("");
    expect(reply.title).not.toMatch(/[\n\r]|undefined|\[object|NaN|function/);
    expect(reply.title.length).toBeLessThan(300);
    expect(buttonsOf(reply).length > 0 || JSON.stringify(reply.blocks).includes('"bold":')).toBe(true);
    expect(house.logged).toEqual([]);
  });

  it("even when the workspace is empty", async () => {
    for (const [, said] of BAD) {
      const house = await openHouseWith(NAME, [`untrack ${NAME} confirm`]);
      const before = await house.exported();
      await house.say(said);
      expect(await house.exported()).toEqual(before);
      expect(house.logged).toEqual([]);
    }
  });
});

describe("Input that only looks bad is taken", () => {
  it.each([
    [
      "a comma for a point, and percent signs",
      "availability=99,97% slo=99.6 %",
      { availability: 99.97, slo: 99.6 },
    ],
    [
      "counts by status",
      "responses=2xx:900,4xx:40,429:10",
      { responses: { "2xx": 900, "4xx": 40, "429": 10 } },
    ],
    ["three weeks", "users=510, 530, 505", { users: [510, 530, 505] }],
    ["a count with its commas", "connections=1,250", { connections: 1250 }],
    ["a day in words", "live-since=1 May", { liveSince: "2026-05-01" }],
    ["0 and 100 percent", "availability=100 slo=0", { availability: 100, slo: 0 }],
    [
      "both figures when they agree",
      "success=90 responses=2xx:90,5xx:10",
      { success: 90, responses: { "2xx": 90, "5xx": 10 } },
    ],
  ])("%s", async (_, given, evidence) => {
    const house = await openHouseWith(NAME, [`evidence ${NAME} ${given}`]);
    expect((await house.connector(NAME)).evidence).toEqual(evidence);
  });

  it.each(["Status contoso crm", "STATUS Contoso CRM", "statsu Contoso CRM", "  status   Contoso CRM"])(
    "“%s” leads to its status",
    async (said) => {
      const house = await openHouseAt("testing");
      const reply = await house.say(said);
      const answer = /testing/.test(reply.title) ? reply : await house.press(buttonsOf(reply)[0]);
      expect(answer.title).toMatch(/testing/);
    },
  );
});

describe("Long input", () => {
  it.each(["zzz", `status`, "help", `mark ${NAME}`, `evidence ${NAME}`, "eta if", "done foo"])(
    "is echoed without cutting a character in two: %s and many emoji",
    async (start) => {
      const house = await openHouseWith(NAME);
      for (const pad of ["", "a"]) {
        expect(textOf(await house.say(`${start} ${pad}${"🚀".repeat(100)}`)).isWellFormed()).toBe(true);
        expect(textOf(await house.say(`${start} ${pad}\ud800 x`)).isWellFormed()).toBe(true);
      }
    },
  );
});
