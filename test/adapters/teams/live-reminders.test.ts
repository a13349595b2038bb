import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../store/folder.ts";
import { asked, goLive, goLiveInTwo, type Live, pacific } from "./live.ts";
import type { Person } from "./world/person.ts";
import type { Conversation, Message } from "./world/places.ts";
import { buttonsOf } from "./world/teams-world.ts";

/** Submitted on Tuesday at 9:15; reminded of the report on Wednesday and on Thursday. */
const [WEDNESDAY, THURSDAY] = ["2026-11-04T09:16", "2026-11-05T09:16"];
const DUE = "the certification report may be there";
const OVERDUE = "the certification report is due";
const NOTE = "can't be written to any more, so its reminders come to you";

/** Tracked there, and then submitted; what comes back is the first answer. */
async function submit(live: Live, person: Person, where: Conversation | undefined, name: string) {
  const begun = await asked(live, person, where, `track ${name}`);
  await asked(live, person, where, `mark ${name} submitted`);
  return begun;
}

const remindersIn = (person: Person, where?: Conversation): Message[] =>
  person
    .sees(where)
    .filter(({ isFromBot, summary }) => isFromBot && /: the certification report (?:may|is)/.test(summary));

const said = (person: Person, messages: Message[]) => messages.map((one) => person.reads(one));

test("a reminder comes proactively to the chat, the thread or the group in which its connector was tracked", async () => {
  const live = await goLiveInTwo();
  const { a, b, world, remindAt } = live;
  await submit(live, a.someone, undefined, "Adatum ERP");
  const begun = await submit(live, a.someone, a.channel, "Contoso CRM");
  await submit(live, a.someone, a.group, "Litware Maps");
  await submit(live, b.someone, b.channel, "Wingtip Toys");
  expect(await remindAt("2026-11-04T09:10")).toMatchObject({ sent: 0 });
  const calls = world.calls.length;
  expect(await remindAt(WEDNESDAY)).toMatchObject({ sent: 4, later: 0, never: 0 });
  expect(said(a.someone, remindersIn(a.someone))).toEqual([expect.stringContaining(`Adatum ERP: ${DUE}`)]);
  const [inThread, ...none] = remindersIn(a.someone, a.channel);
  expect(inThread).toMatchObject({ thread: begun.thread, summary: expect.stringContaining("Contoso CRM: ") });
  expect(none).toEqual([]);
  expect(said(a.other, remindersIn(a.other, a.group))).toEqual([
    expect.stringContaining(`Litware Maps: ${DUE}`),
  ]);
  expect(said(b.someone, remindersIn(b.someone, b.channel))).toEqual([
    expect.stringContaining(`Wingtip Toys: ${DUE}`),
  ]);
  expect(remindersIn(a.other)).toEqual([]);
  expect(remindersIn(b.someone)).toEqual([]);
  // One call each: what is known from the asking is enough.
  expect(world.calls.length).toBe(calls + 4);
  expect(await remindAt("2026-11-04T09:30")).toMatchObject({ sent: 0 });
});

test("no word of one tenant's reminders is sent where the other reads", async () => {
  const live = await goLiveInTwo();
  const { a, b, world, remindAt } = live;
  await submit(live, a.someone, a.channel, "Contoso Secret");
  await submit(live, b.someone, b.group, "Fabrikam Secret");
  await remindAt(WEDNESDAY);
  const [ofA, ofB] = [a, b].map((one) =>
    [...world.calls].filter(({ conversation = "" }) =>
      [one.channel.id, one.group.id, one.someone.chat.id].some((id) => conversation.startsWith(id)),
    ),
  );
  expect(JSON.stringify(ofA)).toContain("Contoso Secret: ");
  expect(JSON.stringify(ofB)).toContain("Fabrikam Secret: ");
  expect(JSON.stringify(ofA)).not.toMatch(new RegExp(`Fabrikam|${b.id}|${b.someone.id}`));
  expect(JSON.stringify(ofB)).not.toMatch(new RegExp(`Contoso|${a.id}|${a.someone.id}`));
});

test("the owner is mentioned where others read too, and not in the chat with them", async () => {
  const live = await goLiveInTwo();
  const { a, remindAt } = live;
  await submit(live, a.someone, undefined, "Adatum ERP");
  await submit(live, a.someone, a.channel, "Contoso CRM");
  await submit(live, a.someone, a.group, "Litware Maps");
  await remindAt(WEDNESDAY);
  for (const where of [a.channel, a.group]) {
    const [shared] = remindersIn(a.someone, where);
    const text = `<at>${a.someone.name}</at>`;
    expect(shared?.activity).toMatchObject({
      text,
      entities: [{ type: "mention", text, mentioned: { id: a.someone.id, name: a.someone.name } }],
    });
  }
  const [alone] = remindersIn(a.someone);
  expect(alone?.text).toBe("");
  expect(alone?.activity.entities).toBeUndefined();
  expect(a.someone.reads(alone as Message)).toContain(`Owner: ${a.someone.name}.`);
});

test("after a restart on the same file reminders go where they went before, with no word said meanwhile", async () => {
  const data = join(makeFolder(), "shepherd.db");
  const live = await goLiveInTwo({ data });
  const { a, b } = live;
  await submit(live, a.someone, undefined, "Adatum ERP");
  const begun = await submit(live, a.someone, a.channel, "Contoso CRM");
  await submit(live, b.someone, b.group, "Wingtip Toys");
  await live.close();
  const again = await goLive({ data, inside: live.world });
  expect(await again.remindAt(WEDNESDAY)).toMatchObject({ sent: 3, later: 0, never: 0 });
  expect(remindersIn(a.someone)).toHaveLength(1);
  expect(remindersIn(a.someone, a.channel)).toMatchObject([{ thread: begun.thread }]);
  expect(remindersIn(b.someone, b.group)).toHaveLength(1);
  await again.close();
  const third = await goLive({ data, inside: live.world });
  expect(await third.remindAt(WEDNESDAY)).toMatchObject({ sent: 0 });
});

test("a reminder's own button acts, and the message says for all what was done", async () => {
  const live = await goLiveInTwo();
  const { a, world, remindAt, followed } = live;
  await submit(live, a.someone, a.channel, "Contoso CRM");
  await remindAt(WEDNESDAY);
  const [reminder] = remindersIn(a.someone, a.channel);
  if (!reminder) throw new Error("no reminder");
  expect(buttonsOf(reminder.card)).toEqual(["Report passed", "Report failed", "Snooze 4 h", "Got it"]);
  await a.other.presses(reminder, "Report passed");
  expect(a.other.problems).toEqual([]);
  const redrawn = await world.until(() => a.someone.sees(a.channel).find(({ edits }) => edits > 0));
  expect(redrawn.id).toBe(reminder.id);
  for (const reader of [a.someone, a.other]) {
    expect(reader.reads(redrawn)).toContain("Contoso CRM: Report passed");
    expect(reader.reads(redrawn)).toContain(`By ${a.other.name}.`);
  }
  expect((await followed(a))[0]?.moves.at(-1)?.milestone).toBe("report-passed");
  expect(await remindAt("2026-11-05T09:30")).toMatchObject({ sent: 1 });
  expect(a.someone.last(a.channel, { thread: reminder }).summary).toContain("the test link expires");
});

test.each(["the chat", "the group"])(
  "in %s snoozed, it comes again; acknowledged, it does not",
  async (which) => {
    const live = await goLiveInTwo();
    const { a, world, remindAt } = live;
    const where = which === "the chat" ? undefined : a.group;
    await submit(live, a.someone, where, "Contoso CRM");
    await remindAt(WEDNESDAY);
    const [first] = remindersIn(a.someone, where);
    await a.someone.presses(first as Message, "Snooze 4 h");
    await world.until(() => a.someone.sees(where).find(({ id, edits }) => id === first?.id && edits > 0));
    expect(a.someone.reads(first as Message)).not.toContain("[Snooze 4 h]");
    expect(await remindAt("2026-11-04T13:10")).toMatchObject({ sent: 0 });
    expect(await remindAt("2026-11-04T13:20")).toMatchObject({ sent: 1 });
    const again = a.someone.last(where);
    expect(again.summary).toContain(DUE);
    await a.someone.presses(again, "Got it");
    await world.until(() => a.someone.sees(where).find(({ id, edits }) => id === again.id && edits > 0));
    expect(await remindAt(THURSDAY)).toMatchObject({ sent: 0 });
    expect(a.someone.problems).toEqual([]);
  },
);

test("“reminders here” moves them to where it was said, and from there on no one else is told", async () => {
  const live = await goLiveInTwo();
  const { a, remindAt } = live;
  await submit(live, a.someone, a.channel, "Contoso CRM");
  const moved = await asked(live, a.other, a.group, "reminders contoso here");
  expect(a.other.reads(moved)).toContain("Contoso CRM");
  await remindAt(WEDNESDAY);
  expect(remindersIn(a.other, a.group)).toMatchObject([{ summary: expect.stringContaining(DUE) }]);
  expect(remindersIn(a.someone, a.channel)).toEqual([]);
  await asked(live, a.someone, undefined, "reminders contoso here");
  await remindAt(THURSDAY);
  expect(remindersIn(a.someone)).toMatchObject([{ summary: expect.stringContaining(OVERDUE) }]);
  expect(remindersIn(a.other, a.group)).toHaveLength(1);
});

test("two programs that ask at the same moment tell it once", async () => {
  const live = await goLiveInTwo();
  const { a, assistant, clock } = live;
  await submit(live, a.someone, a.channel, "Contoso CRM");
  clock.set(pacific(WEDNESDAY));
  const both = await Promise.all([assistant.remind(), assistant.remind()]);
  expect(both.map(({ sent }) => sent).toSorted()).toEqual([0, 1]);
  expect(remindersIn(a.someone, a.channel)).toHaveLength(1);
});

test("a tenant that is not served any more is sent nothing", async () => {
  const data = join(makeFolder(), "shepherd.db");
  const live = await goLiveInTwo({ data });
  const { a, b, world } = live;
  await submit(live, a.someone, a.channel, "Contoso CRM");
  await submit(live, b.someone, b.channel, "Wingtip Toys");
  await live.close();
  const again = await goLive({ data, inside: world, config: { tenants: [b.id] } });
  expect(await again.remindAt(WEDNESDAY)).toMatchObject({ sent: 1, never: 1 });
  expect(remindersIn(a.someone, a.channel)).toEqual([]);
  expect(said(b.someone, remindersIn(b.someone, b.channel)).join()).not.toContain(NOTE);
});
