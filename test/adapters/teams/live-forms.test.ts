import { describe, expect, test } from "vitest";
import { asked, goLiveInTwo } from "./live.ts";
import type { Person } from "./world/person.ts";
import type { Message } from "./world/places.ts";
import { buttonsOf, inputsOf } from "./world/teams-world.ts";

const NAME = "Name of the connector";

/** What stands in a form, by its labels; what is empty is left out. */
function filled({ card }: Message): Record<string, string> {
  const given = inputsOf(card).filter(({ value }) => value !== "");
  return Object.fromEntries(given.map(({ label, value }) => [label, value]));
}

const sentence = (person: Person, message: Message) => person.reads(message).split("\n")[0];

describe("A form in a card", () => {
  test("follows a connector, in each tenant its own", async () => {
    const live = await goLiveInTwo();
    const { a, b, followed } = live;
    for (const { someone, tenant } of [a, b]) {
      const greeting = await asked(live, someone, undefined, "hi");
      await expect(someone.presses(greeting, "Follow it")).rejects.toThrow(`${NAME} is required`);
      await someone.presses(greeting, "Follow it", { inputs: { [NAME]: `  CRM of ${tenant.name} ` } });
      expect(sentence(someone, greeting)).toContain(`Now following CRM of ${tenant.name}, which is`);
      expect(someone.sees().filter(({ isFromBot }) => isFromBot)).toHaveLength(1);
    }
    expect(await followed(a)).toMatchObject([{ name: "CRM of contoso", owner: { name: "Ana of contoso" } }]);
    expect(await followed(b)).toMatchObject([
      { name: "CRM of fabrikam", owner: { name: "Cleo of fabrikam" } },
    ]);
  });

  test("by a client that only sends messages does the same", async () => {
    const live = await goLiveInTwo();
    const { a, b, world, followed } = live;
    const greeting = await asked(live, a.someone, undefined, "hi");
    await a.someone.presses(greeting, "Follow it", { as: "submit", inputs: { [NAME]: "Contoso CRM" } });
    await world.until(() => a.someone.reads(greeting).startsWith("Now following Contoso CRM"));
    expect(await followed(a)).toMatchObject([{ name: "Contoso CRM" }]);
    expect(await followed(b)).toEqual([]);
  });

  test("that was not taken is asked again, with what was typed and what is wrong with it", async () => {
    const live = await goLiveInTwo();
    const { someone: ana } = live.a;
    const typed = `${"x".repeat(100)}y`;
    const greeting = await asked(live, ana, undefined, "hi");
    await ana.presses(greeting, "Follow it", { inputs: { [NAME]: typed } });
    const again = ana.last();
    expect(sentence(ana, again)).toBe("That name is longer than 100 characters. Nothing was changed.");
    expect(ana.reads(again)).toContain("⚠ That name is longer than 100 characters.");
    expect(filled(again)).toEqual({ [NAME]: typed });
    await ana.presses(again, "Follow it", { inputs: { [NAME]: "Contoso CRM" } });
    expect(sentence(ana, again)).toContain("Now following Contoso CRM");
  });

  test("of a step checks what is given, and ticks it off", async () => {
    const live = await goLiveInTwo();
    const { someone: ana } = live.a;
    const account = await asked(live, ana, undefined, "track Contoso CRM", "next contoso");
    await ana.presses(account, "All of it is done");
    const refused = await asked(live, ana, undefined, "done contoso privacy-policy ftp://nope");
    expect(ana.reads(refused)).toContain("⚠ “ftp://nope” is not an HTTPS URL.");
    expect(filled(refused)).toEqual({ "Give the privacy policy": "ftp://nope" });
    const inputs = { "Give the privacy policy": "https://contoso.com/privacy" };
    await ana.presses(refused, "Check and tick off", { inputs });
    expect(sentence(ana, refused)).toContain("Give the privacy policy: https://contoso.com/privacy.");
    expect((await live.followed(live.a))[0]?.steps).toHaveProperty("privacy-policy");
  });
});

describe("The figures of a connector", () => {
  test("are all kept as typed when one of them is wrong, and saved when none is", async () => {
    const live = await goLiveInTwo();
    const { a, b, followed } = live;
    const { someone: ana } = a;
    await asked(live, b.someone, undefined, "track Contoso CRM");
    const form = await asked(
      live,
      ana,
      undefined,
      "track Contoso CRM",
      "evidence contoso slo=99.6",
      "evidence",
    );
    expect(filled(form)).toEqual({ SLO: "99.6" });
    const inputs = { Availability: "abc", "Weekly active users": "510, 530", "Backend in production": "Yes" };
    await ana.presses(form, "Save the figures", { inputs });
    const again = ana.last();
    expect(sentence(ana, again)).toMatch(
      /^2 figures were not taken: .+ Nothing was changed for Contoso CRM\.$/,
    );
    expect(ana.reads(again)).toContain("⚠ Not a percentage: “abc”. Such as 99.97.");
    expect(filled(again)).toEqual({ ...inputs, SLO: "99.6", "Backend in production": "yes" });
    await ana.presses(again, "Save the figures", {
      inputs: { Availability: "99.97", "Weekly active users": "510,530,505" },
    });
    expect(ana.reads(again)).toContain("Availability\nunknown → 99.97 %");
    expect((await followed(a))[0]?.evidence).toEqual({
      availability: 99.97,
      slo: 99.6,
      backend: true,
      users: [510, 530, 505],
    });
    expect((await followed(b))[0]?.evidence).toEqual({});
  });

  test("that someone else has noted meanwhile are not put back by an old form", async () => {
    const live = await goLiveInTwo();
    const { a, followed } = live;
    const form = await asked(
      live,
      a.someone,
      a.group,
      "track Contoso CRM",
      "evidence contoso slo=99.6 backend=yes",
      "evidence",
    );
    await asked(live, a.other, a.group, "evidence contoso slo=99.9 backend=");
    await a.someone.presses(form, "Save the figures", { inputs: { Availability: "99.97" } });
    await live.world.until(() => a.other.reads(form).includes("By Ana of contoso."));
    expect((await followed(a))[0]?.evidence).toEqual({ availability: 99.97, slo: 99.9 });
  });
});

describe("A milestone with its moment", () => {
  const ASKED = ["track Contoso CRM", "mark contoso submitted 2026-11-02 06:00", "mark contoso"];
  const passed = (When: string, Time: string) => ({ inputs: { Milestone: "Report passed", When, Time } });

  test("is read in the zone of who presses", async () => {
    const live = await goLiveInTwo();
    const { a, b, followed } = live;
    for (const { channel, someone, other } of [a, b]) {
      const form = await asked(live, someone, channel, ...ASKED);
      await other.presses(form, "Record it", passed("2026-11-03", "09:00"));
      expect(sentence(other, form)).toContain(
        "Report passed, Tue, Nov 3, 2026 9:00 AM (Tue 3 Nov, 6:00 AM PST)",
      );
      await live.world.until(() =>
        sentence(someone, form)?.includes("Report passed, Tue, 3 Nov 2026 15:00 (Tue 3 Nov"),
      );
    }
    const ofB = await asked(live, b.someone, b.channel, "undo contoso", "mark contoso");
    await b.someone.presses(ofB, "Record it", passed("2026-11-03", "09:00"));
    expect((await followed(a))[0]?.moves[1]).toMatchObject({ at: "2026-11-03T14:00:00.000Z" });
    expect((await followed(b))[0]?.moves[1]).toMatchObject({ at: "2026-11-03T08:00:00.000Z" });
  });

  test("is asked again with the day, the time and the choice that were not taken", async () => {
    const live = await goLiveInTwo();
    const { a, followed } = live;
    const form = await asked(live, a.someone, undefined, ...ASKED);
    await expect(a.someone.presses(form, "Record it")).rejects.toThrow("Milestone is required");
    await a.someone.presses(form, "Record it", passed("2032-12-01", "09:00"));
    const again = a.someone.last();
    expect(sentence(a.someone, again)).toContain("“2032-12-01 09:00” is too far away to be meant");
    expect(filled(again)).toEqual({ Milestone: "report-passed", When: "2032-12-01", Time: "09:00" });
    await a.someone.presses(again, "Record it", { inputs: { When: "", Time: "09:00" } });
    expect((await followed(a))[0]?.moves[1]).toMatchObject({ at: "2026-11-03T08:00:00.000Z" });
  });
});

describe("Settings", () => {
  test("are changed by forms, for one tenant, and refused with what was typed", async () => {
    const live = await goLiveInTwo();
    const { a, b } = live;
    const { someone: ana, other: bob } = a;
    const zone = await asked(live, ana, undefined, "settings");
    expect(filled(zone)).toEqual({ "Time zone": "Europe/Berlin" });
    await ana.presses(zone, "Set the zone", { inputs: { "Time zone": "Mars/Olympus" } });
    expect(filled(ana.last())).toEqual({ "Time zone": "Mars/Olympus" });
    expect(ana.reads(ana.last())).toContain("⚠ “Mars/Olympus” is no time zone.");
    await ana.presses(ana.last(), "Set the zone", { inputs: { "Time zone": "Asia/Kolkata" } });

    const typed = { "First day": "2026-12-21", "Last day": "nonsense", Why: "year end" };
    await ana.presses(await asked(live, ana, undefined, "settings freeze"), "Add the freeze", {
      inputs: typed,
    });
    expect(filled(ana.last())).toEqual(typed);
    await ana.presses(ana.last(), "Add the freeze", { inputs: { "Last day": "2027-01-04" } });

    const times = { "Kind of reminder": "Test link", Times: "soon" };
    await bob.presses(await asked(live, bob, undefined, "settings remind"), "Set the times", {
      inputs: times,
    });
    expect(filled(bob.last())).toEqual({ "Kind of reminder": "test-link", Times: "soon" });
    await bob.presses(bob.last(), "Set the times", { inputs: { Times: "24 4" } });

    const settings = bob.reads(await asked(live, bob, undefined, "settings"));
    expect(settings).toContain("Zone\nAsia/Kolkata");
    expect(settings).toContain("Mon 21 Dec 2026 to Mon 4 Jan 2027 (year end)");
    expect(settings).toContain("Test link\n24 and 4 business hours before");
    const theirs = await asked(live, b.someone, undefined, "settings");
    expect(theirs.summary).toBe("Settings: zone not set, 0 freezes, reminders at their defaults.");
    expect(buttonsOf(theirs.card)).toContain("Set the zone");
  });
});
