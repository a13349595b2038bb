import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { WorkspaceId } from "../../../src/incoming.ts";
import { makeFolder } from "../../store/folder.ts";
import { openPlayground, slowed } from "./playground.ts";

const WORKSPACE = "playground" as WorkspaceId;

describe("The playground's clock", () => {
  it("runs with the machine's, and runs on from where it is pushed", async () => {
    const { post, session, machine } = await openPlayground();
    expect(session.clock()).toMatchObject({ now: "2026-11-03T09:15:00-08:00", pushed: false });
    for (const [push, now] of [
      ["3d", "2026-11-06T09:15:00-08:00"],
      ["4 h", "2026-11-06T13:15:00-08:00"],
      ["90 min", "2026-11-06T14:45:00-08:00"],
    ]) {
      const { status, body } = await post("clock", { push });
      expect([status, body]).toEqual([200, { now, replies: [], problem: "" }]);
    }
    machine.push(machine.now().plus({ minutes: 5 }));
    expect(session.clock()).toMatchObject({ now: "2026-11-06T14:50:00-08:00", pushed: true });
  });

  it("can be put to a moment, before or after", async () => {
    const { post, say } = await openPlayground();
    await say("track Contoso CRM");
    await say("mark Contoso CRM submitted");
    const there = await post("clock", { now: "2026-11-04T18:15+01:00" });
    expect(there.body.replies.map(({ at }) => at)).toEqual(["2026-11-04T09:15:00-08:00"]);
    const back = await post("clock", { now: "2026-11-03T09:15-08:00" });
    expect([back.body.now, back.body.replies]).toEqual(["2026-11-03T09:15:00-08:00", []]);
    const again = await post("clock", { push: "1d" });
    expect(again.body.replies).toEqual([]);
  });

  it("pushed by two at once goes as far as both say, and no reminder comes twice or out of order", async () => {
    const { post, say, listen, session } = await openPlayground({ throughStore: slowed });
    await say("track Contoso CRM");
    await say("mark Contoso CRM submitted");
    const pushes = await Promise.all(["1d", "1d", "6h", "2d"].map((push) => post("clock", { push })));
    const [answer] = await say("status Contoso CRM");
    expect(answer?.at).toBe("2026-11-07T15:15:00-08:00");
    expect(session.clock().now).toBe("2026-11-07T15:15:00-08:00");
    const told = pushes.flatMap(({ body }) => body.replies.map(({ at }) => at));
    expect(told).toEqual(["2026-11-04T09:15:00-08:00", "2026-11-05T09:15:00-08:00"]);
    const stream = await listen();
    await stream.until(({ data }) => data.kind === "answer", 3);
    const moments = stream.events.filter(({ event }) => event === "entry").map(({ data }) => data.at ?? "");
    expect(moments).toEqual(moments.toSorted());
  });

  it("may begin elsewhere, and goes back there when it is started over", async () => {
    const { post, session, machine } = await openPlayground({ startAt: "2027-02-01T08:00" });
    expect(session.clock()).toMatchObject({ now: "2027-02-01T08:00:00-08:00", pushed: true });
    await post("clock", { push: "10d" });
    machine.push(machine.now().plus({ hours: 1 }));
    const { body } = await post("reset");
    expect(body.now).toBe("2027-02-01T08:00:00-08:00");
  });
});

describe("Starting over", () => {
  it("forgets the connectors, the settings and the conversation, and puts the clock back", async () => {
    const { say, post, entries, store, session } = await openPlayground();
    await post("example");
    await say("settings zone Europe/Berlin");
    await post("clock", { push: "3d" });
    const { status, body } = await post("reset");
    expect([status, body.now]).toEqual([200, "2026-11-03T09:15:00-08:00"]);
    expect(await store.list(WORKSPACE)).toEqual([]);
    expect(session.clock().pushed).toBe(false);
    expect(await entries()).toEqual([]);
    const [settings] = await say("settings");
    expect(settings?.text).toMatch(/^Settings: zone not set/);
    const loaded = await post("example");
    expect(loaded.body.replies.at(-1)?.text).toMatch(/^3 connectors/);
  });
});

describe("A playground that is kept in a file", () => {
  it("has its connectors and its time when it is started again, and its reminders come", async () => {
    const data = join(makeFolder(), "shepherd.db");
    const first = await openPlayground({ data });
    await first.say("track Contoso CRM");
    await first.post("clock", { push: "10d" });
    await first.say("mark Contoso CRM submitted");
    await first.close();

    const second = await openPlayground({ data, now: "2026-11-03T10:15" });
    expect(second.session.clock()).toMatchObject({ now: "2026-11-13T10:15:00-08:00", pushed: true });
    const [answer] = await second.say("status Contoso CRM");
    expect(answer?.text).toContain("Contoso CRM is in review");
    const { body } = await second.post("clock", { push: "1d" });
    expect(body.replies.map(({ at, conversation }) => [at, conversation])).toEqual([
      ["2026-11-14T09:15:00-08:00", "main"],
    ]);
  });

  it("is put where it is told to begin, whatever it was", async () => {
    const data = join(makeFolder(), "shepherd.db");
    const first = await openPlayground({ data });
    await first.post("clock", { push: "10d" });
    await first.close();
    const second = await openPlayground({ data, startAt: "2026-12-01T12:00" });
    expect(second.session.clock().now).toBe("2026-12-01T12:00:00-08:00");
    await second.post("reset");
    await second.close();
    const third = await openPlayground({ data, now: "2026-11-03T09:20" });
    expect(third.session.clock().now).toBe("2026-12-01T12:05:00-08:00");
  });

  it("is empty when it is started again after it was started over", async () => {
    const data = join(makeFolder(), "shepherd.db");
    const first = await openPlayground({ data });
    await first.post("example");
    await first.post("clock", { push: "10d" });
    await first.post("reset");
    await first.close();
    const second = await openPlayground({ data });
    expect(second.session.clock().pushed).toBe(false);
    const [list] = await second.say("list");
    expect(list?.text).toMatch(/^No connector/);
  });

  it("leaves reminders of another program's connectors in it to that program", async () => {
    const data = join(makeFolder(), "shepherd.db");
    const first = await openPlayground({ data });
    await first.say("track Contoso CRM");
    await first.say("mark Contoso CRM submitted");
    const [kept] = await first.store.list(WORKSPACE);
    const workspace = "terminal" as WorkspaceId;
    await first.store.change({ workspace, id: "other" }, () => ({
      next: kept && { ...kept, workspace, id: "other", where: "terminal:here" as never },
    }));
    const before = await first.store.list(workspace);
    const { body } = await first.post("clock", { push: "1d" });
    expect(body.replies).toHaveLength(1);
    expect(await first.store.list(workspace)).toEqual(before);
  });
});
