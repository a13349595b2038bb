import { DateTime } from "luxon";
import { describe, expect, it, onTestFinished } from "vitest";
import { openMetrics } from "../../adapters/metrics.ts";
import { openOperations } from "../../adapters/operations.ts";
import { serve } from "../../adapters/serving.ts";
import { type Store, StoreError } from "../../src/ports.ts";
import { type House, openHouse, openHouseWith } from "../support.ts";

const NAME = "Zyzzyva Confidential";

/** What operators see of a house, at an address of its own. `ask`, `see`: what stands in for the store's own answers. */
async function operate(
  house: House,
  ask: Store["waitingSince"] = (now) => house.store.waitingSince(now),
  see: Store["firstSight"] = (...sight) => house.store.firstSight(...sight),
) {
  const { clock } = house;
  const metrics = openMetrics(clock);
  const logged: string[] = [];
  const note = (level: string) => (message: string) => void logged.push(`${level}: ${message}`);
  let tickedAt: DateTime | undefined;
  let slackTrouble: string | undefined;
  const operations = openOperations({
    store: { waitingSince: (now) => ask(now), firstSight: (...sight) => see(...sight) },
    clock,
    metrics,
    log: { info: note("info"), warn: note("warn"), error: note("error") },
    lastTickAt: () => tickedAt,
    slackTrouble: () => slackTrouble,
  });
  const served = await serve([operations], { host: "127.0.0.1", port: 0 });
  onTestFinished(served.close);
  const get = (path: string, init?: RequestInit) => fetch(served.url + path, init);
  async function readiness() {
    const response = await get("/readyz");
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
  }
  async function series(name: string): Promise<number> {
    const [, value] = new RegExp(`^${name} (\\S+)$`, "m").exec(await (await get("/metrics")).text()) ?? [];
    return Number(value);
  }
  const tick = () => {
    tickedAt = clock.now();
  };
  const lackSlack = (why: string | undefined) => {
    slackTrouble = why;
  };
  return { get, readiness, series, tick, lackSlack, metrics, logged };
}

const down: Store["waitingSince"] = async () => {
  throw new StoreError("unreachable", "db.example.com:5432/shepherd refuses connections.");
};
const silent: Store["waitingSince"] = () => new Promise(() => undefined);

describe("/healthz", () => {
  it.each([
    ["refuses", down],
    ["hangs", silent],
  ])("says that the process answers, also while the store %s", async (_, ask) => {
    const { get } = await operate(await openHouse(), ask);
    const response = await get("/healthz");
    expect([response.status, await response.text()]).toEqual([200, "ok\n"]);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });
});

describe("/readyz", () => {
  it("says no before reminders were looked for, and yes afterwards", async () => {
    const { readiness, tick } = await operate(await openHouse());
    expect(await readiness()).toEqual({
      status: 503,
      ready: false,
      store: "answers",
      lastTick: null,
      lastInbound: null,
      overdueSeconds: 0,
    });
    tick();
    expect(await readiness()).toMatchObject({
      status: 200,
      ready: true,
      lastTick: "2026-11-03T17:15:00.000Z",
    });
  });

  it("says no once reminders were not looked for during more than a minute", async () => {
    const house = await openHouse();
    const { readiness, tick } = await operate(house);
    tick();
    house.clock.push(house.clock.now().plus({ seconds: 60 }));
    expect(await readiness()).toMatchObject({ status: 200, ready: true });
    house.clock.push(house.clock.now().plus({ seconds: 1 }));
    expect(await readiness()).toMatchObject({ status: 503, ready: false });
    tick();
    expect(await readiness()).toMatchObject({ status: 200, ready: true });
  });

  it("says why the store does not answer, in a word", async () => {
    const { readiness, tick } = await operate(await openHouse(), down);
    tick();
    expect(await readiness()).toMatchObject({ status: 503, store: "unreachable", overdueSeconds: null });
  });

  it("says no while the store can be read and not written, as with a full disk, and still tells what waits", async () => {
    const house = await openHouse();
    let isFull = true;
    const { readiness, series, tick } = await operate(house, undefined, async (...sight) => {
      if (isFull) throw new StoreError("unwritable", "The store cannot grow because the disk is full.");
      return house.store.firstSight(...sight);
    });
    tick();
    expect(await readiness()).toMatchObject({ status: 503, store: "unwritable", overdueSeconds: 0 });
    expect(await series("shepherd_store_up")).toBe(0);
    isFull = false;
    house.clock.push(house.clock.now().plus({ seconds: 5 }));
    expect(await readiness()).toMatchObject({ status: 200, store: "answers" });
  });

  it("writes one row every five seconds at most, however many ask", async () => {
    const house = await openHouse();
    let written = 0;
    const { readiness, tick } = await operate(house, undefined, async (...sight) => {
      written += 1;
      return house.store.firstSight(...sight);
    });
    tick();
    for (let times = 0; times < 10; times++) await readiness();
    expect(written).toBe(1);
    house.clock.push(house.clock.now().plus({ seconds: 5 }));
    await readiness();
    expect(written).toBe(2);
  });

  it("says no until Slack is connected, and why", async () => {
    const { readiness, tick, lackSlack } = await operate(await openHouse());
    tick();
    lackSlack("unreachable");
    expect(await readiness()).toMatchObject({ status: 503, store: "answers", slack: "unreachable" });
    lackSlack(undefined);
    expect(await readiness()).not.toHaveProperty("slack");
    expect(await readiness()).toMatchObject({ status: 200 });
  });

  it("waits two seconds for the store and no longer, and asks it once for all who ask at once", async () => {
    let asked = 0;
    const { readiness, tick } = await operate(await openHouse(), (now) => {
      asked += 1;
      return silent(now);
    });
    tick();
    const begun = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, readiness));
    expect(performance.now() - begun).toBeLessThan(10_000);
    for (const answer of answers) expect(answer).toMatchObject({ status: 503, store: "silent" });
    expect(asked).toBe(1);
    await readiness();
    expect(asked).toBe(2);
  });

  it("tells when something was answered, and for how long the oldest reminder waits", async () => {
    const house = await openHouseWith(NAME, [`mark ${NAME} submitted`, `mark ${NAME} report-passed`]);
    const { readiness, tick, metrics, series } = await operate(house);
    tick();
    metrics.meter.answered("mark", 3);
    expect(await readiness()).toMatchObject({ lastInbound: "2026-11-03T17:15:00.000Z", overdueSeconds: 0 });
    const { dueAt } = await house.connector(NAME);
    house.clock.push(DateTime.fromISO(dueAt ?? "").plus({ minutes: 7 }));
    tick();
    expect(await readiness()).toMatchObject({ status: 200, overdueSeconds: 420 });
    expect(await series("shepherd_reminder_overdue_seconds")).toBe(420);
    await house.remind();
    expect(await readiness()).toMatchObject({ overdueSeconds: 0 });
  });

  it("logs when it changes, and not at each question", async () => {
    let ask: Store["waitingSince"] = async () => undefined;
    const { readiness, tick, logged } = await operate(await openHouse(), (now) => ask(now));
    await readiness();
    tick();
    for (const next of [ask, down, down, ask, ask, down]) {
      ask = next;
      await readiness();
    }
    const [no, again] = ["error: this process is not ready any more", "info: this process is ready again"];
    expect(logged).toEqual([no, again, no]);
  });
});

describe("/metrics", () => {
  it("is what Prometheus reads", async () => {
    const { get, tick, metrics } = await operate(await openHouse());
    tick();
    metrics.meter.reminded("failed");
    const response = await get("/metrics");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await response.text();
    for (const line of [
      'shepherd_reminders_total{outcome="failed"} 1',
      "shepherd_store_up 1",
      "shepherd_reminder_overdue_seconds 0",
      "shepherd_since_tick_seconds 0",
    ])
      expect(text.split("\n")).toContain(line);
  });

  it("is there without the store too, and says so", async () => {
    const { series } = await operate(await openHouse(), down);
    expect(await series("shepherd_store_up")).toBe(0);
    expect(await series("shepherd_reminder_overdue_seconds")).toBeNaN();
  });
});

describe("What operators see", () => {
  it("names no workspace, connector or person", async () => {
    const house = await openHouseWith(NAME, [`mark ${NAME} submitted`]);
    const { get, metrics } = await operate(house);
    metrics.meter.answered(NAME, 1);
    const seen = await Promise.all(
      ["/healthz", "/readyz", "/metrics"].map(async (path) => (await get(path)).text()),
    );
    const { id, workspace } = await house.connector(NAME);
    for (const secret of ["Zyzzyva", id, workspace, "U-ana", "chat:general"])
      expect(seen.join("\n")).not.toContain(secret);
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS"])("is not there by %s", async (method) => {
    const { get } = await operate(await openHouse());
    for (const path of ["/healthz", "/readyz", "/metrics"]) {
      const response = await get(path, {
        method,
        ...(method !== "OPTIONS" && { body: "x".repeat(100_000) }),
      });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    }
  });

  it("is answered by HEAD without a body, for load balancers that ask so", async () => {
    const { get } = await operate(await openHouse());
    const response = await get("/healthz", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  it("has these three paths only, with or without a query", async () => {
    const { get } = await operate(await openHouse());
    expect((await get("/healthz?from=a-balancer")).status).toBe(200);
    for (const path of ["/", "/healthz/", "/HEALTHZ", "/metrics.json", "/healthz%2F"])
      expect((await get(path)).status).toBe(404);
  });
});
