import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { type Metrics, openMetrics } from "../../adapters/metrics.ts";
import { standingClock } from "../../src/clock.ts";

const TUESDAY = DateTime.fromISO("2026-11-03T09:15:00.000Z");

function open() {
  const clock = standingClock(TUESDAY);
  return { clock, ...openMetrics(clock) };
}

/** "shepherd_leases_lost_total" → 0 */
async function valuesOf(metrics: Pick<Metrics, "text">): Promise<Map<string, number>> {
  const lines = (await metrics.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const [, series = "", value = ""] = /^(\w+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      expect(series, line).not.toBe("");
      return [series, Number(value)];
    }),
  );
}

describe("The metrics", () => {
  it("count what became of reminders, from zero on", async () => {
    const metrics = open();
    const count = async (outcome: string) =>
      (await valuesOf(metrics)).get(`shepherd_reminders_total{outcome="${outcome}"}`);
    const outcomes = ["due", "sent", "late", "later", "failed"] as const;
    expect(await Promise.all(outcomes.map(count))).toEqual([0, 0, 0, 0, 0]);
    for (const outcome of ["due", "due", "due", "sent", "late", "later", "failed"] as const)
      metrics.meter.reminded(outcome);
    expect(await Promise.all(outcomes.map(count))).toEqual([3, 1, 1, 1, 1]);
  });

  it("count lost leases, and the platforms that asked to be asked less often", async () => {
    const metrics = open();
    metrics.meter.leasesLost(3);
    metrics.meter.rateLimited("teams");
    metrics.meter.rateLimited("teams");
    const values = await valuesOf(metrics);
    expect(values.get("shepherd_leases_lost_total")).toBe(3);
    expect(values.get('shepherd_platform_rate_limited_total{platform="slack"}')).toBe(0);
    expect(values.get('shepherd_platform_rate_limited_total{platform="teams"}')).toBe(2);
  });

  it("count the answers that said that it did not work, by why", async () => {
    const metrics = open();
    metrics.meter.failed("busy");
    metrics.meter.failed("not-ours");
    const values = await valuesOf(metrics);
    const of = (reason: string) => values.get(`shepherd_answers_failed_total{reason="${reason}"}`);
    expect(["busy", "unwritable", "fault", "other"].map(of)).toEqual([1, 0, 0, 1]);
  });

  it("tell by command how many answers there were and how long they took, in seconds", async () => {
    const metrics = open();
    metrics.meter.answered("status", 40);
    metrics.meter.answered("status", 600);
    metrics.meter.answered("question", 7);
    const values = await valuesOf(metrics);
    expect(values.get('shepherd_answer_seconds_count{command="status"}')).toBe(2);
    expect(values.get('shepherd_answer_seconds_sum{command="status"}')).toBeCloseTo(0.64);
    expect(values.get('shepherd_answer_seconds_bucket{le="0.05",command="status"}')).toBe(1);
    expect(values.get('shepherd_answer_seconds_bucket{le="1",command="status"}')).toBe(2);
    expect(values.get('shepherd_answer_seconds_count{command="question"}')).toBe(1);
  });

  it("take what is no command for other, so that nobody can make them grow or writes into them", async () => {
    const metrics = open();
    metrics.meter.answered("x", 1);
    metrics.meter.rateLimited("x");
    const before = [...(await valuesOf(metrics)).keys()].filter((series) => series.startsWith("shepherd_"));
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (said) => {
        fc.pre(!/^\w+$/.test(said));
        metrics.meter.answered(said, 1);
        metrics.meter.rateLimited(said);
      }),
      { seed: 7 },
    );
    const after = [...(await valuesOf(metrics)).keys()].filter((series) => series.startsWith("shepherd_"));
    expect(after).toEqual(before);
    expect(after).toContain('shepherd_answer_seconds_count{command="other"}');
  });

  it("say NaN of what is not known just now, and never an old value", async () => {
    const metrics = open();
    metrics.note({ isStoreThere: true, overdue: 42, sinceTick: 1 });
    const series = ["shepherd_store_up", "shepherd_reminder_overdue_seconds", "shepherd_since_tick_seconds"];
    const told = async () => {
      const values = await valuesOf(metrics);
      return series.map((one) => values.get(one));
    };
    expect(await told()).toEqual([1, 42, 1]);
    metrics.note({ isStoreThere: false, overdue: undefined, sinceTick: undefined });
    expect(await told()).toEqual([0, Number.NaN, Number.NaN]);
  });

  it("know when something was answered last", () => {
    const { clock, meter, lastAnswerAt } = open();
    expect(lastAnswerAt()).toBeUndefined();
    meter.answered("list", 1);
    clock.push(TUESDAY.plus({ minutes: 5 }));
    expect(lastAnswerAt()?.toMillis()).toBe(TUESDAY.toMillis());
  });

  it("tell of the process too: its memory and how late its turns are", async () => {
    const values = await valuesOf(open());
    expect(values.get("process_resident_memory_bytes")).toBeGreaterThan(1e7);
    expect(values.has("nodejs_eventloop_lag_p99_seconds")).toBe(true);
  });

  it("of two programs in one process do not mix", async () => {
    const [one, other] = [open(), open()];
    one.meter.leasesLost(1);
    expect((await valuesOf(other)).get("shepherd_leases_lost_total")).toBe(0);
  });
});
