import { expect, test } from "vitest";
import { asked, goLiveInTwo, type Live } from "./live.ts";
import type { Activity } from "./world/activities.ts";
import type { Conversation } from "./world/places.ts";

const TOO_MUCH = /^That was too much at once/;

const many = <One>(count: number, make: (index: number) => One) =>
  Array.from({ length: count }, (_, index) => make(index));
const told = (place: Conversation) => place.fromBot().filter(({ summary }) => TOO_MUCH.test(summary));

/** In hundreds: a machine has only so many connections. */
async function postAll({ world }: Pick<Live, "world">, activities: Activity[]): Promise<number[]> {
  const statuses: number[] = [];
  for (let from = 0; from < activities.length; from += 100) {
    const batch = activities.slice(from, from + 100).map((activity) => world.post(activity));
    statuses.push(...(await Promise.all(batch)).map(({ status }) => status));
  }
  return statuses;
}

test("who sends a thousand messages is told once, and others are answered meanwhile", async () => {
  const live = await goLiveInTwo();
  const { world, a, b } = live;
  const burst = many(1000, (index) => world.activity.message({ from: a.someone, text: `track C${index}` }));
  const [statuses] = await Promise.all([
    postAll(live, burst),
    asked(live, a.other, undefined, "help", "track Mine"),
    asked(live, b.someone, undefined, "track Theirs", "status theirs"),
  ]);
  expect(new Set(statuses)).toEqual(new Set([200]));
  await world.until(() => told(a.someone.chat).length > 0, "that it was too much");
  const names = (await live.followed(a)).map(({ name }) => name);
  expect(names).toContain("Mine");
  // Thirty at once, and then one a second, after which it may be told again.
  expect(names.length).toBeGreaterThanOrEqual(31);
  expect(names.length).toBeLessThan(60);
  await live.close();
  expect(told(a.someone.chat).length).toBeLessThanOrEqual(1 + names.length - 30);
  expect(a.someone.chat.fromBot().length).toBeLessThan(60);
  expect(told(a.other.chat)).toEqual([]);
  expect(told(b.someone.chat)).toEqual([]);
});

test("who presses a thousand times is answered at once each time, and nothing is done", async () => {
  const live = await goLiveInTwo();
  const { world, a, b } = live;
  const status = await asked(live, a.someone, a.channel, "track Contoso CRM", "status contoso");
  const press = (index: number) =>
    world.activity.invoke({
      from: a.other,
      in: a.channel,
      thread: status.thread ?? "",
      replyTo: status.id,
      verb: "track",
      data: { fields: { name: `P${index}` } },
    });
  const flood = postAll(live, many(1000, press));
  await asked(live, b.someone, undefined, "help");
  await asked(live, a.someone, undefined, "help");
  expect(new Set(await flood)).toEqual(new Set([200]));
  expect((await live.followed(a)).length).toBeLessThan(60);
  const { body } = await world.post(press(1001));
  expect(body).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.activity.message" });
});

test("a crowd of one tenant leaves another its answers", async () => {
  const live = await goLiveInTwo();
  const { world, a, b } = live;
  const crowd = many(60, (index) => a.tenant.person(`P${index}`));
  const burst = many(20, () => crowd.map((from) => world.activity.message({ from, text: "help" }))).flat();
  const flood = postAll(live, burst);
  await asked(live, b.someone, undefined, "track Theirs", "status theirs");
  expect(new Set(await flood)).toEqual(new Set([200]));
});

test("presses by many on one card are answered before Teams gives up, whatever its pace", async () => {
  const live = await goLiveInTwo();
  const { world, a } = live;
  const status = await asked(live, a.someone, a.channel, "track Contoso CRM", "status contoso");
  const crowd = many(80, (index) => a.tenant.person(`P${index}`));
  const presses = crowd.map((from) =>
    world.activity.invoke({
      from,
      in: a.channel,
      thread: status.thread ?? "",
      replyTo: status.id,
      verb: "status",
      data: { fields: { name: "contoso" } },
    }),
  );
  const answers = await Promise.all(presses.map((press) => world.post(press)));
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(15_000);
});

test("a press is answered before Teams gives up, though Teams asks for a long pause", async () => {
  const live = await goLiveInTwo();
  const { world, a } = live;
  const status = await asked(live, a.someone, a.channel, "track Contoso CRM", "status contoso");
  world.trouble(a.channel, { status: 429, retryAfter: 20, fits: ({ method }) => method === "PUT" });
  const { status: code, ms } = await a.someone.presses(status, "Account is ready");
  expect(code).toBe(200);
  expect(ms).toBeLessThan(15_000);
});

const KINDS: [
  what: string,
  make: (live: Awaited<ReturnType<typeof goLiveInTwo>>, card: string) => Activity,
][] = [
  ["message", ({ world, a }) => world.activity.message({ from: a.someone, text: "track Once" })],
  [
    "mention",
    ({ world, a }) => world.activity.message({ from: a.someone, in: a.channel, text: "track Once" }),
  ],
  [
    "press",
    ({ world, a }, replyTo) =>
      world.activity.invoke({ from: a.someone, replyTo, verb: "track", data: { fields: { name: "Once" } } }),
  ],
  [
    "press by an old client",
    ({ world, a }, replyTo) =>
      world.activity.submit({ from: a.someone, replyTo, data: { verb: "track", fields: { name: "Once" } } }),
  ],
];

test.each(KINDS)("a %s that Teams delivers again, or ten times at once, is done once", async (_, make) => {
  const live = await goLiveInTwo();
  const { world, a } = live;
  const status = await asked(live, a.someone, undefined, "track Contoso CRM", "status contoso");
  const activity = make(live, status.id);
  const posted = () => world.calls.filter(({ method }) => method === "POST").length;
  const before = posted();
  const statuses = await postAll(
    live,
    many(10, () => activity),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect((await world.redeliver()).status).toBe(200);
  await world.until(async () => (await live.followed(a)).length === 2);
  // What was to be said is said by then.
  await live.close();
  expect(posted() - before).toBeLessThanOrEqual(1);
  expect(world.calls.filter(({ method }) => method === "PUT").length).toBeLessThanOrEqual(1);
  expect(told(a.someone.chat)).toEqual([]);
});

test("a question that is long is refused in a sentence, and one that is as long as may be is read", async () => {
  const live = await goLiveInTwo();
  const { a } = live;
  for (const text of ["x".repeat(4001), "track ".repeat(5000), "<at>".repeat(2_000), "&amp;".repeat(2_000)]) {
    const said = await asked(live, a.someone, undefined, text);
    expect(said.summary).toBe(
      "That message has more than 4000 characters; a command is shorter. Nothing was changed.",
    );
  }
  const longest = await asked(live, a.someone, undefined, `track ${"x".repeat(3994)}`);
  expect(longest.summary).toContain("That name is longer than");
});

test("a person's name that is very long breaks no answer and no reminder", async () => {
  const live = await goLiveInTwo();
  const { world, a } = live;
  const longest = a.tenant.person("N".repeat(60_000));
  await asked(live, longest, undefined, "track Long", "mark long submitted yesterday 9am");
  const group = a.tenant.groupChat([longest, a.someone], "Long");
  await asked(live, longest, group, "track Longer", "mark longer submitted yesterday 9am");
  const { sent } = await live.remindAt("2026-12-01T09:15");
  expect(sent).toBe(2);
  const sizes = world.calls.map(({ body }) => JSON.stringify(body ?? "").length);
  expect(Math.max(...sizes)).toBeLessThan(100_000);
});
