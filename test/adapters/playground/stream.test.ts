import { describe, expect, it } from "vitest";
import type { Event } from "./playground.ts";
import { isClock, isEntry, openPlayground } from "./playground.ts";

const isCleared = ({ event }: Event) => event === "cleared";
const idsOf = (events: Event[]) => events.filter(isEntry).map(({ data }) => data.id);

describe("Who listens to a conversation", () => {
  it("is told what was said before, then the time, then what is said", async () => {
    const { say, listen } = await openPlayground();
    await say("track Contoso CRM");
    const stream = await listen();
    expect(stream.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
    const [clock] = await stream.until(isClock);
    expect(stream.events.map(({ event }) => event)).toEqual(["entry", "entry", "clock"]);
    expect(clock?.data).toEqual({
      now: "2026-11-03T09:15:00-08:00",
      zone: "America/Los_Angeles",
      pushed: false,
    });
    await say("list");
    const entries = await stream.until(isEntry, 4);
    expect(entries.map(({ data }) => [data.id, data.kind])).toEqual([
      [1, "said"],
      [2, "answer"],
      [3, "said"],
      [4, "answer"],
    ]);
    expect(entries[0]?.data).toEqual({
      id: 1,
      at: "2026-11-03T09:15:00-08:00",
      conversation: "main",
      kind: "said",
      person: "you",
      text: "track Contoso CRM",
    });
    expect(entries[1]?.data).toMatchObject({ to: 1, text: expect.stringContaining("Now following") });
  });

  it("sees the same as the one who posted", async () => {
    const { say, listen } = await openPlayground();
    const stream = await listen();
    const [answer] = await say("track Contoso CRM");
    const [, heard] = await stream.until(isEntry, 2);
    expect(heard?.data).toEqual(answer);
  });

  it("is told the time when nothing was said yet", async () => {
    const { listen } = await openPlayground();
    const stream = await listen();
    await stream.until(isClock);
    expect(stream.events.map(({ event }) => event)).toEqual(["clock"]);
  });

  it.each(["header", "query"] as const)("goes on after the last entry it has seen (%s)", async (how) => {
    const { say, listen } = await openPlayground();
    const first = await listen();
    for (const text of ["hi", "help", "list"]) await say(text);
    const seen = (await first.until(isEntry, 6))[2];
    first.close();
    await say("list");
    const again = await listen("main", { [how]: seen?.id });
    await again.until(isClock);
    expect(idsOf(again.events)).toEqual([4, 5, 6, 7, 8]);
    expect(again.events.some(isCleared)).toBe(false);
  });

  it("comes back by itself: the mark that it sends then is later than the one it was opened with", async () => {
    const { say, listen } = await openPlayground();
    const first = await listen();
    for (const text of ["hi", "help"]) await say(text);
    const [opened, , came] = await first.until(isEntry, 4);
    const again = await listen("main", { header: came?.id, query: opened?.id });
    await again.until(isClock);
    expect(idsOf(again.events)).toEqual([4]);
  });

  it.each(
    ["nonsense", "0-0", "deadbeef-2", "-1", "12345678-99999999999999"].flatMap((mark) => [
      { header: mark },
      { query: mark },
    ]),
  )("and comes back with the mark of another life (%j) starts over", async (seen) => {
    const { say, listen } = await openPlayground();
    await say("hi");
    const stream = await listen("main", seen);
    await stream.until(isClock);
    expect(stream.events.map(({ event }) => event)).toEqual(["cleared", "entry", "entry", "clock"]);
  });

  it("hears nothing of other conversations, but of the one it names, also before that begins", async () => {
    const { say, listen } = await openPlayground();
    const [main, channel] = [await listen(), await listen("#connectors & more")];
    await say("track Contoso CRM", { conversation: "#connectors & more" });
    await say("hi");
    await main.until(isEntry, 2);
    await channel.until(isEntry, 2);
    expect(main.events.filter(isEntry).map(({ data }) => data.text)[0]).toBe("hi");
    expect(channel.events.filter(isEntry).map(({ data }) => data.text)[0]).toBe("track Contoso CRM");
  });

  it("is told each reminder as the clock passes it, and then the time", async () => {
    const { say, listen, post } = await openPlayground();
    await say("track Contoso CRM");
    await say("mark Contoso CRM submitted");
    const stream = await listen();
    await post("clock", { push: "3d" });
    const clocks = await stream.until(isClock, 2);
    expect(clocks[1]?.data).toMatchObject({ now: "2026-11-06T09:15:00-08:00", pushed: true });
    const reminders = stream.events.filter(({ data }) => data.kind === "reminder");
    expect(reminders.map(({ data }) => data.at)).toEqual([
      "2026-11-04T09:15:00-08:00",
      "2026-11-05T09:15:00-08:00",
    ]);
    expect(stream.events.at(-1)).toBe(clocks[1]);
  });

  it("is told a reminder that falls due by itself", async () => {
    const { say, listen, machine, session } = await openPlayground();
    await say("track Contoso CRM");
    await say("mark Contoso CRM submitted");
    const stream = await listen();
    machine.push(machine.now().plus({ days: 1 }));
    await session.remind();
    const [reminder] = await stream.until(({ data }) => data.kind === "reminder");
    expect(reminder?.data.at).toBe("2026-11-04T09:15:00-08:00");
  });

  it("is told to forget everything when it is started over, and counts from one again", async () => {
    const { say, listen, post } = await openPlayground();
    const [main, other] = [await listen(), await listen("other")];
    await say("hi");
    await post("reset");
    for (const stream of [main, other]) await stream.until(isCleared);
    await say("hi");
    const entries = await main.until(isEntry, 4);
    expect(idsOf(entries)).toEqual([1, 2, 1, 2]);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(4);
    const back = await listen("main", { query: entries[1]?.id });
    await back.until(isClock);
    expect(back.events.some(isCleared)).toBe(true);
  });

  it("gets the five hundred latest entries, and no older ones", async () => {
    const { say, listen } = await openPlayground();
    for (let count = 0; count < 255; count += 1) await say("hi");
    const stream = await listen();
    await stream.until(({ data }) => data.id === 510);
    expect(idsOf(stream.events)).toEqual(Array.from({ length: 500 }, (_, index) => index + 11));
  });

  it("is kept awake by a comment now and then", async () => {
    const { listen } = await openPlayground({ keepAliveMs: 5 });
    const stream = await listen();
    await stream.untilComment();
    expect(stream.comments[0]).toMatch(/^: /);
  });

  it("is let go when the playground ends, and need not be waited for when it has gone", async () => {
    const { listen, close } = await openPlayground();
    const [staying, gone] = [await listen(), await listen()];
    gone.close();
    await close();
    await staying.ended;
  });

  it("is one of at most a hundred, and place is made by those who go", async () => {
    const { listen, call } = await openPlayground();
    const streams = [];
    for (let count = 0; count < 100; count += 1) streams.push(await listen());
    const refused = await call("GET", "/playground/events");
    expect([refused.status, refused.body.problem]).toEqual([503, expect.stringMatching(/\.$/)]);
    for (const stream of streams) stream.close();
    await expect.poll(async () => (await call("HEAD", "/playground/events")).status).toBe(200);
  });

  it.each(["", "x".repeat(81), "%00", "a&conversation=b"])(
    "is refused a conversation named “%s”",
    async (name) => {
      const { call } = await openPlayground();
      const { status, body } = await call("GET", `/playground/events?conversation=${name}`);
      expect([status, body.problem]).toEqual([400, expect.stringMatching(/^conversation must/)]);
    },
  );
});
