import { expect, test } from "vitest";
import { asked, goLiveInTwo } from "./live.ts";
import type { Person } from "./world/person.ts";
import type { Conversation } from "./world/places.ts";
import type { Trouble } from "./world/troubles.ts";

const answersIn = (person: Person, where?: Conversation) =>
  person.sees(where).filter(({ isFromBot }) => isFromBot);

/** So many people of that tenant ask once each, all at once. */
function burst(people: Person[], where: Conversation, times: number): Promise<unknown> {
  const asking = people.flatMap((person) =>
    Array.from({ length: times }, () => person.says("help", { in: where })),
  );
  return Promise.all(asking);
}

async function untilAnswered(
  world: { until: (look: () => unknown) => Promise<unknown> },
  where: Conversation,
  count: number,
) {
  // Sixty take Teams about half a minute, which is longer than anything else is waited for.
  for (let seen = 0; seen < count; ) {
    const least = Math.min(count, seen + 8);
    await world.until(() => where.fromBot().length >= least);
    seen = where.fromBot().length;
  }
}

test("sixty questions at once in one group are all answered, as fast as Teams takes them and no faster", async () => {
  const live = await goLiveInTwo();
  const { a, world } = live;
  world.enforceThrottle();
  const people = Array.from({ length: 6 }, (_, n) => a.tenant.person(`Asker ${n}`));
  const group = a.tenant.groupChat(people, "Crowd");
  await burst(people, group, 10);
  await untilAnswered(world, group, 60);
  expect(world.callsTo(group).filter(({ status }) => status === 429).length).toBe(0);
  expect(group.fromBot()).toHaveLength(60);
  expect(live.logged).toEqual([]);
});

test("posts in one channel count together, whichever thread they are in", async () => {
  const live = await goLiveInTwo();
  const { a, world } = live;
  world.enforceThrottle();
  await burst([a.someone, a.other], a.channel, 8);
  await untilAnswered(world, a.channel, 16);
  expect(world.callsTo(a.channel).filter(({ status }) => status === 429).length).toBe(0);
});

test("a conversation with more than Teams takes holds up nobody elsewhere", async () => {
  const live = await goLiveInTwo();
  const { a, b, world } = live;
  world.enforceThrottle();
  await burst([a.someone, a.other], a.group, 12);
  await world.until(() => a.group.fromBot().length >= 8);
  const began = performance.now();
  for (const [person, where] of [
    [a.someone, undefined],
    [b.someone, b.channel],
    [b.other, b.group],
  ] as const)
    expect(person.reads(await asked(live, person, where, "help"))).toContain("Say a command");
  expect(performance.now() - began).toBeLessThan(2000);
  expect(a.group.fromBot().length).toBeLessThan(24);
});

test("a press is answered at once also where messages wait for their turn", async () => {
  const live = await goLiveInTwo();
  const { a, world } = live;
  world.enforceThrottle();
  const tracked = await asked(live, a.someone, a.group, "track Contoso CRM");
  await burst([a.someone, a.other], a.group, 20);
  await world.until(() => a.group.fromBot().length >= 8);
  const pressed = await a.someone.presses(tracked, "Submitted");
  expect(pressed.ms).toBeLessThan(5000);
  expect(a.someone.reads(tracked)).toContain("Contoso CRM: Submitted");
});

test("who has asked waits as long as Teams asks for, and is answered", async () => {
  const live = await goLiveInTwo();
  const { a, world } = live;
  world.trouble(a.group, { status: 429, retryAfter: 1 });
  expect(a.someone.reads(await asked(live, a.someone, a.group, "help"))).toContain("Say a command");
  const [first, second, ...more] = world.callsTo(a.group);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  expect(more).toEqual([]);
});

test("when Teams asks to leave a conversation alone, all that waits for it does", async () => {
  const live = await goLiveInTwo();
  const { a, world } = live;
  world.trouble(a.group, { status: 429, retryAfter: 3 });
  await burst([a.someone], a.group, 12);
  await untilAnswered(world, a.group, 12);
  const calls = world.callsTo(a.group);
  const refused = calls.find(({ status }) => status === 429)?.at ?? 0;
  // What was on its way already when Teams asked can't be called back.
  expect(calls.filter(({ at }) => at > refused + 500 && at < refused + 2900).length).toBe(0);
});

const AGAIN: [string, Trouble][] = [
  ["two writers at once", { status: 412 }],
  ["a gateway's page", { status: 502, text: "<html>bad gateway</html>" }],
  ["a gateway's timeout", { status: 504 }],
];

test.each(AGAIN)("after %s an answer is tried again shortly, and comes once", async (_, trouble) => {
  const live = await goLiveInTwo();
  const { a, world, logged } = live;
  world.trouble(a.group, { ...trouble, times: 2 });
  expect(a.someone.reads(await asked(live, a.someone, a.group, "help"))).toContain("Say a command");
  expect(world.callsTo(a.group)).toHaveLength(3);
  expect(answersIn(a.someone, a.group)).toHaveLength(1);
  expect(logged).toEqual([]);
});

test("trouble that stays is given up after some tries, and the log tells", async () => {
  const live = await goLiveInTwo();
  const { a, world, logged, followed } = live;
  world.trouble(a.group, { status: 502, times: Infinity });
  await a.someone.says("track Contoso CRM", { in: a.group });
  await world.until(() => world.callsTo(a.group).filter(({ status }) => status === 502).length === 4);
  world.forgetTrouble();
  // What is asked next is answered, and knows what happened.
  expect(a.someone.reads(await asked(live, a.someone, a.group, "list"))).toContain("Contoso CRM");
  expect(world.callsTo(a.group)).toHaveLength(5);
  expect(await followed(a)).toHaveLength(1);
  expect(logged).toMatchObject([{ level: "warn", message: "a message could not be answered" }]);
});

const LOST: [string, Trouble][] = [
  ["an error of its own", { status: 500 }],
  ["a refusal of our token", { status: 401 }],
  ["a connection that is cut", { dropConnection: true }],
  ["an answer that was lost", { loseAnswer: true }],
];

test.each(LOST)("after %s nothing is said twice: it may have been posted", async (_, trouble) => {
  const live = await goLiveInTwo();
  const { a, world, logged, followed } = live;
  world.trouble(a.group, trouble);
  await a.someone.says("track Contoso CRM", { in: a.group });
  await expect
    .poll(() => logged)
    .toMatchObject([{ level: "warn", message: "a message could not be answered" }]);
  await asked(live, a.someone, undefined, "help");
  expect(world.callsTo(a.group)).toHaveLength(1);
  expect(await followed(a)).toHaveLength(1);
});

test("a press is answered in time also when its card can't be redrawn", async () => {
  const live = await goLiveInTwo();
  const { a, world } = live;
  const tracked = await asked(live, a.someone, a.group, "track Contoso CRM");
  world.trouble(a.group, { hang: true, fits: ({ method }) => method === "PUT" });
  const pressed = await a.someone.presses(tracked, "Submitted");
  expect(pressed.ms).toBeLessThan(10_000);
  expect(a.someone.reads(tracked)).toContain("Contoso CRM: Submitted");
  expect(a.someone.problems).toEqual([]);
});
