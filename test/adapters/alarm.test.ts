import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DateTime } from "luxon";
import { describe, expect, it, onTestFinished } from "vitest";
import { openAlarm } from "../../adapters/alarm.ts";
import { type Store, StoreError } from "../../src/ports.ts";
import { type House, openHouse, openHouseWith } from "../support.ts";

const NAME = "Zyzzyva Confidential";
type Answer = (response: ServerResponse) => void;
const TAKEN: Answer = (response) => response.end("ok");

/** Where an operator is told. `answer` decides what becomes of the next posts. */
async function openHook() {
  const told: string[] = [];
  const hook = { url: "", told, posts: 0, answer: TAKEN };
  const server = createServer(async (request, response) => {
    const body = (await request.setEncoding("utf8").toArray()).join("");
    hook.posts += 1;
    expect([request.method, request.headers["content-type"]]).toEqual(["POST", "application/json"]);
    hook.answer(response);
    if (response.writableEnded && response.statusCode === 200) told.push(JSON.parse(body).text);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  hook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/hunter22`;
  return hook;
}

/** A house with a reminder that fell due so many minutes ago. */
async function openLate(minutes: number): Promise<House> {
  const house = await openHouseWith(NAME, [`mark ${NAME} submitted`, `mark ${NAME} report-passed`]);
  const { dueAt } = await house.connector(NAME);
  house.clock.push(DateTime.fromISO(dueAt ?? "").plus({ minutes }));
  return house;
}

type Asked = Pick<Store, "waitingSince" | "firstSight">;

/** One process of those that look after the house. */
function watch(house: House, url?: string, store: Asked = house.store) {
  const logged: string[] = [];
  const note = (level: string) => (message: string, facts?: object) =>
    void logged.push(`${level}: ${message} ${JSON.stringify(facts ?? {})}`);
  const log = { info: note("info"), warn: note("warn"), error: note("error") };
  return { ...openAlarm({ store, clock: house.clock, log, url }), logged };
}

function later(house: House, minutes: number): void {
  house.clock.push(house.clock.now().plus({ minutes }));
}

const down: Asked = {
  waitingSince: () => Promise.reject(new StoreError("unreachable", "refused")),
  firstSight: () => Promise.reject(new StoreError("unreachable", "refused")),
};

describe("The operator", () => {
  it("is told when reminders are overdue by more than five minutes, and not before", async () => {
    const hook = await openHook();
    const house = await openLate(5);
    const { check } = watch(house, hook.url);
    await check();
    expect(hook.told).toEqual([]);
    later(house, 1);
    await check();
    expect(hook.told).toEqual([
      "Connector Shepherd: reminders are overdue. The oldest has waited for 6 minutes.",
    ]);
  });

  it("hears nothing while nothing is overdue", async () => {
    const hook = await openHook();
    const house = await openHouse();
    const { check, logged } = watch(house, hook.url);
    for (let minutes = 0; minutes < 60; minutes += 1) {
      await check();
      later(house, 1);
    }
    expect([hook.told, logged]).toEqual([[], []]);
  });

  it("is told again every half hour, and once when it is over", async () => {
    const hook = await openHook();
    const house = await openLate(6);
    const { check } = watch(house, hook.url);
    for (let minutes = 0; minutes <= 60; minutes += 1) {
      await check();
      later(house, 1);
    }
    const overdue = (minutes: number) =>
      `Connector Shepherd: reminders are overdue. The oldest has waited for ${minutes} minutes.`;
    expect(hook.told).toEqual([overdue(6), overdue(36), overdue(66)]);
    await house.remind();
    await check();
    later(house, 1);
    await check();
    expect(hook.told.slice(3)).toEqual(["Connector Shepherd: reminders are not overdue any more."]);
  });

  it("is told once by many processes, and once when it is over, whoever began", async () => {
    const hook = await openHook();
    const house = await openLate(6);
    const processes = Array.from({ length: 5 }, () => watch(house, hook.url));
    await Promise.all(processes.map(({ check }) => check()));
    expect(hook.told).toHaveLength(1);
    await house.remind();
    later(house, 1);
    // Those that told of it may be gone.
    await Promise.all(processes.slice(1).map(({ check }) => check()));
    expect(hook.told).toHaveLength(2);
    expect(processes.flatMap(({ logged }) => logged)).toHaveLength(2);
  });

  it("reads no name of a workspace, a connector or a person", async () => {
    const hook = await openHook();
    const house = await openLate(180);
    const { check, logged } = watch(house, hook.url);
    await check();
    expect(hook.told[0]).toContain("3 hours");
    const { id, workspace } = await house.connector(NAME);
    for (const secret of ["Zyzzyva", id, workspace, "U-ana", "hunter22"])
      expect(hook.told.join() + logged.join()).not.toContain(secret);
  });

  it("is told when a process has not reached its store for more than five minutes, and when it does again", async () => {
    const hook = await openHook();
    const house = await openHouse();
    let store: Asked = down;
    const through: Asked = {
      waitingSince: (now) => store.waitingSince(now),
      firstSight: (...sight) => store.firstSight(...sight),
    };
    const { check } = watch(house, hook.url, through);
    for (let minutes = 0; minutes <= 40; minutes += 1) {
      await check();
      later(house, 1);
    }
    const out = (minutes: number) =>
      `Connector Shepherd: a process has not reached its store for ${minutes} minutes (unreachable). It sends no reminders meanwhile.`;
    expect(hook.told).toEqual([out(6), out(36)]);
    store = house.store;
    await check();
    later(house, 1);
    await check();
    expect(hook.told.slice(2)).toEqual(["Connector Shepherd: a process reaches its store again."]);
  });

  it("is told when the store takes nothing that is written, as with a full disk", async () => {
    const hook = await openHook();
    const house = await openLate(60);
    const full = () => Promise.reject(new StoreError("unwritable", "full"));
    const { check } = watch(house, hook.url, {
      waitingSince: (now) => house.store.waitingSince(now),
      firstSight: full,
    });
    await check();
    later(house, 6);
    await check();
    expect(hook.told).toEqual([expect.stringContaining("for 6 minutes (unwritable)")]);
  });

  it("without an address reads it in the log", async () => {
    const { check, logged } = watch(await openLate(6));
    await check();
    expect(logged).toEqual([expect.stringMatching(/^error: reminders are overdue \{"since":"2026-/)]);
  });
});

describe("An alarm", () => {
  it("looks twice a minute at most, however often it is asked to", async () => {
    const house = await openHouse();
    let looks = 0;
    const counting: Asked = {
      ...down,
      async waitingSince() {
        looks += 1;
        return undefined;
      },
    };
    const { check } = watch(house, undefined, counting);
    for (let second = 0; second < 120; second += 1) {
      await check();
      house.clock.push(house.clock.now().plus({ seconds: 1 }));
    }
    expect(looks).toBe(4);
  });

  it.each<[string, Answer]>([
    ["refuses", (response) => void response.writeHead(500).end()],
    ["hangs up on it", (response) => void response.destroy()],
    ["sends it elsewhere", (response) => void response.writeHead(302, { Location: "/" }).end()],
  ])("that %s is told at the next look again, until it is taken", async (_, answer) => {
    const hook = await openHook();
    const house = await openLate(6);
    const { check, logged } = watch(house, hook.url);
    hook.answer = answer;
    await check();
    later(house, 1);
    await check();
    expect([hook.posts, hook.told]).toEqual([2, []]);
    expect(logged.slice(1).every((line) => line.startsWith("error: the operator could not be told"))).toBe(
      true,
    );
    hook.answer = TAKEN;
    later(house, 1);
    await check();
    later(house, 1);
    await check();
    expect([hook.posts, hook.told.length]).toEqual([3, 1]);
    expect(logged.join()).not.toContain("hunter22");
  });

  it("waits ten seconds for who is told and no longer, and never rejects", async () => {
    const hook = await openHook();
    hook.answer = () => undefined;
    const { check, logged } = watch(await openLate(6), hook.url);
    const begun = performance.now();
    await Promise.all([check(), check(), check()]);
    expect(performance.now() - begun).toBeGreaterThan(9_000);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(hook.posts).toBe(1);
    expect(logged.at(-1)).toBe('error: the operator could not be told {"error":"TimeoutError"}');
  });

  it("waits ten seconds for a store that hangs, and takes it for one out of reach", async () => {
    const hook = await openHook();
    const house = await openHouse();
    let store: Asked = down;
    const through: Asked = { ...down, waitingSince: (now) => store.waitingSince(now) };
    const { check } = watch(house, hook.url, through);
    await check();
    store = { ...down, waitingSince: () => new Promise(() => undefined) };
    later(house, 6);
    await check();
    expect(hook.told).toEqual([expect.stringContaining("for 6 minutes (silent)")]);
  });
});
