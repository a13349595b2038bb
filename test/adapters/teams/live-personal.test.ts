import { describe, expect, test } from "vitest";
import { COMMAND_NAMES, commandOf } from "../../../src/commands/command.ts";
import { asked, goLiveInTwo, said } from "./live.ts";
import type { Activity } from "./world/activities.ts";
import type { Person } from "./world/person.ts";
import type { Message } from "./world/places.ts";
import { buttonsOf, inputsOf } from "./world/teams-world.ts";

const GREETING = "Hello. Which connector shall I follow? Type: track and its name.";

/** Something can be pressed or filled in, or the words say what to type. */
function leadsOn(person: Person, message: Message): boolean {
  const { card } = message;
  return (
    buttonsOf(card).length > 0 ||
    inputsOf(card).length > 0 ||
    /\b(?:Type|Begin with|Ask)\b/.test(person.reads(message))
  );
}

const firstLine = (person: Person, message: Message) => person.reads(message).split("\n")[0];

describe("In the chat with one person", () => {
  test.each(["hi", "Hello", "", " \n "])("%j is greeted with the first useful thing to do", async (line) => {
    const live = await goLiveInTwo();
    const { a, b } = live;
    const answer = await asked(live, a.someone, undefined, line);
    expect(answer.summary).toBe(GREETING);
    expect(inputsOf(answer.card)).toMatchObject([{ label: "Name of the connector" }]);
    expect(buttonsOf(answer.card)).toEqual(["Follow it", "If Go live were now", "Help"]);
    expect(b.someone.sees()).toEqual([]);
  });

  test("a greeting says how many are followed, and knows of no other tenant's", async () => {
    const live = await goLiveInTwo();
    const { a, b } = live;
    await asked(live, a.someone, undefined, "track Contoso CRM");
    const greeted = await asked(live, a.other, undefined, "good morning Shepherd");
    expect(greeted.summary).toBe("Hello. One connector is tracked here.");
    expect((await asked(live, b.someone, undefined, "hi")).summary).toBe(GREETING);
    const help = await asked(live, a.other, undefined, "help");
    expect(a.other.reads(help)).toContain("Certify\nnext · done · mark");
    expect(a.other.reads(help)).not.toContain("@Connector Shepherd");
  });

  test("a connector is taken from its first step to its figures, by words and by buttons", async () => {
    const live = await goLiveInTwo();
    const { a, b, world, followed } = live;
    const { someone: ana } = a;
    await asked(live, b.someone, undefined, "track Zebra");
    const tracked = await asked(live, ana, undefined, "track Contoso CRM");
    expect(tracked.summary).toContain("Now following Contoso CRM");
    await ana.presses(tracked, "Next step");
    const step = await world.until(() => ana.last().summary.startsWith("Next for") && ana.last());
    expect(ana.reads(step)).toContain("Then say\ndone Contoso CRM seller-account");
    expect(ana.toasts).toEqual(["The answer is below."]);
    await ana.presses(step, "All of it is done");
    expect(ana.reads(step)).toContain("Sign in to Partner Center.");
    const marked = await asked(live, ana, undefined, "mark contoso submitted yesterday 9am");
    expect(ana.reads(marked)).toContain("Stages · 3 of 9: Review");
    const status = await asked(live, ana, undefined, "contoso crm");
    expect(ana.reads(status)).toContain("Owner\nAna of contoso");
    const eta = await asked(live, ana, undefined, "eta contoso germany if go-live tomorrow");
    expect(eta.summary).toContain("would reach Germany Thu 12 Nov 2026, in 9 days");
    const noted = await asked(live, ana, undefined, "evidence contoso availability=99.97 backend=yes");
    expect(ana.reads(noted)).toContain("Availability\nunknown → 99.97 %");
    const list = await asked(live, ana, undefined, "list");
    expect(ana.reads(list)).toContain("Contoso CRM | Review | report due");
    expect(await followed(a)).toMatchObject([{ name: "Contoso CRM", evidence: { availability: 99.97 } }]);

    const theirs = await asked(live, b.someone, undefined, "list");
    expect(b.someone.reads(theirs)).toContain("Zebra | Account");
    expect(JSON.stringify(b.someone.sees().map(({ activity }) => activity))).not.toContain("Contoso");
    expect(JSON.stringify(ana.sees().map(({ activity }) => activity))).not.toContain("Zebra");
    expect(await followed(b)).toMatchObject([{ name: "Zebra", moves: [], evidence: {} }]);
  });

  test("every command, typed alone or with a name, leads on, whether anything is followed or not", async () => {
    const live = await goLiveInTwo();
    const { a, b, followed } = live;
    await asked(live, a.someone, undefined, "track Contoso CRM", "track Litware Maps");
    const ends: string[] = [];
    for (const name of COMMAND_NAMES) {
      const { words, shape } = commandOf(name);
      const about = shape === "words" ? [] : [`${words[0]} Contoso CRM`];
      for (const { tenant } of [a, b]) {
        const person = tenant.person(`${name} of ${tenant.name}`);
        for (const line of [`${words[0]}`, ...about]) {
          const answer = await asked(live, person, undefined, line);
          if (!leadsOn(person, answer)) ends.push(`${tenant.name}: ${line}: ${answer.summary}`);
          if (tenant === b.tenant && name !== "track") expect(answer.summary).not.toContain("Litware");
        }
      }
    }
    expect(ends).toEqual([]);
    expect(await followed(b)).toMatchObject([{ name: "Contoso CRM", owner: { name: "track of fabrikam" } }]);
  });

  test("words that are no command are answered with the nearest that is, to be pressed", async () => {
    const live = await goLiveInTwo();
    const { a, b, world } = live;
    await asked(live, a.someone, undefined, "track Contoso CRM");
    const slip = await asked(live, a.someone, undefined, "markk contoso submitted");
    expect(slip.summary).toContain("did you mean “mark contoso submitted”? Nothing was changed.");
    await a.someone.presses(slip, "mark contoso submitted");
    await world.until(() => a.someone.last().summary.startsWith("Contoso CRM: Submitted"));
    const lost = await asked(live, b.someone, undefined, "what a lovely day");
    expect(lost.summary).not.toContain("did you mean");
    expect(buttonsOf(lost.card)).toContain("Help");
    const unfollowed = await asked(live, b.someone, undefined, "status contoso");
    expect(unfollowed.summary).toBe("No connector called “contoso” is tracked here. Nothing was changed.");
  });

  test("a text of several lines is read as one", async () => {
    const live = await goLiveInTwo();
    const { a, followed } = live;
    await asked(live, a.someone, undefined, "track Contoso CRM");
    await asked(live, a.someone, undefined, "mark Contoso CRM\n  submitted\nyesterday 9am\n");
    const at = "2026-11-02T08:00:00.000Z";
    expect(await followed(a)).toMatchObject([{ moves: [{ milestone: "submitted", at }] }]);
  });
});

/** Older clients, and some activities of newer ones, say neither. */
function silent(activity: Activity): void {
  delete activity.locale;
  delete activity.localTimezone;
  activity.entities = [];
}

describe("A person's zone and language", () => {
  test("are those of their Teams: of words, of notifications, and of what is understood", async () => {
    const live = await goLiveInTwo();
    const { a, followed } = live;
    await asked(live, a.someone, undefined, "track Contoso CRM");
    const berlin = await asked(live, a.someone, undefined, "mark contoso submitted today 3:30pm");
    expect(berlin.summary).toContain("Submitted, Tue 3 Nov 2026, 15:30 GMT+1 (06:30 PST)");
    expect(firstLine(a.someone, berlin)).toContain("3 Nov 2026 15:30 (Tue 3 Nov, 06:30 PST)");
    expect((await followed(a))[0]?.moves).toMatchObject([{ at: "2026-11-03T14:30:00.000Z" }]);
    const york = await asked(live, a.other, undefined, "status contoso");
    expect(york.summary).toContain("Thu 5 Nov 2026, 9:30 AM EST (6:30 AM PST)");
    expect(firstLine(a.other, york)).toContain("Nov 5, 2026 9:30 AM (Thu 5 Nov, 6:30 AM PST)");
    expect(a.other.reads(york)).not.toContain("15:30");
  });

  test("are remembered, in each tenant apart, when an activity does not tell them", async () => {
    const live = await goLiveInTwo();
    const { a, b } = live;
    await asked(live, a.someone, undefined, "track Contoso CRM");
    const marked = await said(live, a.someone, "mark contoso submitted today 3:30pm", { change: silent });
    expect(marked.summary).toContain("15:30 GMT+1");
    await asked(live, b.someone, undefined, "track Contoso CRM");
    const stranger = await said(live, b.other, "mark contoso submitted today 3:30pm", { change: silent });
    expect(stranger.summary).toContain("UTC");
  });

  test("are taken from the client's own words where the activity has none", async () => {
    const live = await goLiveInTwo();
    const { a } = live;
    await asked(live, a.someone, undefined, "track Contoso CRM");
    const change = (activity: Activity) => {
      delete activity.locale;
      delete activity.localTimezone;
    };
    const marked = await said(live, a.other, "mark contoso submitted today 8:30am", { change });
    expect(marked.summary).toContain("Tue 3 Nov 2026, 8:30 AM EST (5:30 AM PST)");
  });

  test("that exist nowhere are as if nothing had been said", async () => {
    const live = await goLiveInTwo();
    const { a } = live;
    await asked(live, a.someone, undefined, "track Contoso CRM");
    const change = (activity: Activity) => {
      Object.assign(activity, { localTimezone: "Mars/Olympus", locale: "no language" });
      activity.entities = [{ type: "clientInfo", locale: "x", timezone: "W. Europe Standard Time" }];
    };
    const marked = await said(live, a.someone, "mark contoso submitted today 3:30pm", { change });
    expect(marked.summary).toContain("Tue 3 Nov 2026, 15:30 GMT+1 (06:30 PST)");
    const stranger = await said(live, a.other, "status contoso", { change });
    expect(stranger.summary).toContain("14:30 UTC (06:30 PST)");
  });
});
