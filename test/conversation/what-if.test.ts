import { describe, expect, it } from "vitest";
import type { Reply } from "../../src/reply.ts";
import { openHouse, textOf } from "../support.ts";

describe("The place of a what-if", () => {
  it.each([
    "eta Germany if go-live friday",
    "eta if go-live friday Germany",
    "eta if go-live friday in Germany",
    "eta if go-live germany",
    "eta if go-live 9 Nov 3pm for Germany",
  ])("may stand before or after the date: %s", async (line) => {
    const house = await openHouse();
    expect((await house.say(line)).title).toMatch(/^It would reach germany \w+ \d+ Nov 2026/i);
  });

  it("that is none is told apart from the date", async () => {
    const house = await openHouse();
    expect((await house.say("eta if go-live friday in Atlantis")).title).toContain(
      "“Atlantis” is no place I know",
    );
    expect((await house.say("eta if go-live soonish")).title).toContain("“soonish” is no time I understand");
  });

  it.each([
    ["eta if go-live friday 1am PT", "Fri 6 Nov 2026, 01:00 PST"],
    ["eta if go-live 2026-11-05 22:00 EST", "Thu 5 Nov 2026, 19:00 PST"],
    ["eta if go-live 5 MAR", "Fri 5 Mar 2027, 12:00 PST"],
  ])("is never a part of the date: %s", async (line, supposed) => {
    const house = await openHouse();
    expect(textOf(await house.say(line))).toContain(`Supposing Go live confirmed ${supposed}`);
  });

  it("is named without the marks around it", async () => {
    const house = await openHouse();
    for (const place of ["Germany?", "“South Korea”", "Germany,"]) {
      const { title } = await house.say(`eta ${place} if go-live friday`);
      expect(title).toMatch(/reach (?:Germany|South Korea) \w/);
    }
  });
});

describe("What a rollout asks of its publisher", () => {
  const dueOf = (reply: Reply) => /By when +(.*)/.exec(textOf(reply))?.[1] ?? "";
  const missedOf = (reply: Reply) => /If missed +(.*)/.exec(textOf(reply))?.[1] ?? "";

  it("is to confirm before the link dies, when that comes before the cut-off", async () => {
    const house = await openHouse({ now: "2026-11-06T16:00" });
    await house.sayAll("track Fleet", "mark Fleet report-passed 2026-11-06 15:00 already");
    const eta = await house.say("eta Fleet");
    expect(dueOf(eta)).toBe("confirm Go live before the test link expires, Tue 10 Nov 2026, 15:00 PST");
    expect(missedOf(eta)).toContain("resubmitted");
    const late = textOf(await house.say("eta Fleet if go-live wednesday"));
    expect(late).toContain(
      "the test link expires Tue 10 Nov 2026, 15:00 PST: Go live after that is not possible",
    );
    expect(dueOf(await house.say("eta Fleet if report-passed 2026-11-09 noon"))).toBe(
      "confirm Go live before the test link expires, Thu 12 Nov 2026, 12:00 PST",
    );
  });

  it("is never the next Friday when the link dies before", async () => {
    const house = await openHouse({ now: "2026-11-03T09:15" });
    await house.sayAll("track Fleet", "mark Fleet report-passed already", "done Fleet test");
    for (const line of ["status", "eta", "forecast"]) {
      const text = textOf(await house.say(line));
      expect(text).toContain("the test link dies before the next Friday");
      expect(text).not.toContain("it starts");
    }
    const [reminder] = await house.wait("2026-11-04T09:00");
    expect(textOf(reminder?.reply ?? (await house.say("status")))).not.toContain("13 Nov");
  });

  it.each(["eta if start 2026-11-20", "eta if go-live 2026-10-28", "eta if start 2026-10-01"])(
    "is nothing for what is past or named by Microsoft: %s",
    async (line) => {
      const house = await openHouse();
      expect(dueOf(await house.say(line))).toBe("nothing is due from you");
    },
  );
});
