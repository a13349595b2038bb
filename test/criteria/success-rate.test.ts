import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { successRate } from "../../src/index.ts";

const SEED = { seed: 20261104 };

describe("the success rate of a connector's responses", () => {
  it.each<[string, Record<string, number>, number | undefined]>([
    ["counts 1xx, 2xx and 3xx as good", { "1xx": 1, "2xx": 6, "3xx": 1, "4xx": 1, "5xx": 1 }, 80],
    ["takes single codes", { "200": 90, "201": 5, "404": 3, "500": 2 }, 95],
    ["takes codes and classes together", { "2xx": 80, "302": 10, "4xx": 5, "503": 5 }, 90],
    ["takes classes in capitals", { "2XX": 3, "5XX": 1 }, 75],
    ["leaves throttling out", { "2xx": 90, "4xx": 10, "429": 900 }, 90],
    [
      "leaves throttling out also when there was more of it than of anything",
      { "200": 1, "429": 1_000_000 },
      100,
    ],
    ["counts 428 and 430 as failures", { "200": 2, "428": 1, "430": 1 }, 50],
    ["is 0 when all failed", { "500": 3 }, 0],
    ["is 100 when none failed", { "204": 3 }, 100],
    ["is exactly 80 at four of five", { "2xx": 400_000, "4xx": 100_000 }, 80],
    ["is unknown without traffic", {}, undefined],
    ["is unknown when nothing but zeros was counted", { "2xx": 0, "5xx": 0 }, undefined],
    ["is unknown when everything was throttled", { "429": 10 }, undefined],
  ])("%s", (_, responses, rate) => {
    expect(successRate(responses)).toMatchObject({ rate, unreadable: [] });
  });

  it("tells what it counted", () => {
    expect(successRate({ "2xx": 900, "4xx": 40, "429": 10 })).toEqual({
      rate: (100 * 900) / 940,
      succeeded: 900,
      counted: 940,
      throttled: 10,
      stricter: (100 * (900 - 40 - 10)) / 950,
      unreadable: [],
    });
  });

  it("has the stricter figure below zero when more failed than not", () => {
    expect(successRate({ "2xx": 1, "5xx": 3 }).stricter).toBe(-50);
    expect(successRate({ "429": 10 }).stricter).toBe(-100);
  });

  it.each([
    "600",
    "99",
    "0",
    "6xx",
    "0xx",
    "20",
    "2x",
    "2xxx",
    "ok",
    "",
    " 200",
    "200 ",
    "4xx,5xx",
    "-200",
    "2e2",
  ])("is unknown with the key %j, which is no status", (key) => {
    expect(successRate({ "2xx": 900, [key]: 1 })).toMatchObject({
      rate: undefined,
      stricter: undefined,
      unreadable: [key],
    });
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("is unknown with a count of %d", (count) => {
    expect(successRate({ "200": 900, "404": count })).toMatchObject({ rate: undefined, unreadable: ["404"] });
  });
});

describe("any success rate", () => {
  const statuses = fc.oneof(
    fc.integer({ min: 100, max: 599 }).map(String),
    fc.constantFrom("1xx", "2xx", "3xx", "4xx", "5xx", "5XX", "429"),
  );
  const counts = fc.integer({ min: 0, max: 1_000_000_000_000 });

  it("lies between 0 and 100, is never below the stricter one, and does not hear of throttling", () => {
    fc.assert(
      fc.property(fc.dictionary(statuses, counts), counts, (responses, throttled) => {
        const { rate, stricter, counted, unreadable } = successRate(responses);
        expect(unreadable).toEqual([]);
        expect(rate === undefined).toBe(counted === 0);
        if (rate !== undefined) {
          expect(rate).toBeGreaterThanOrEqual(0);
          expect(rate).toBeLessThanOrEqual(100);
          expect(stricter ?? 0).toBeLessThanOrEqual(rate);
        }
        expect(successRate({ ...responses, "429": throttled }).rate).toBe(rate);
      }),
      SEED,
    );
  });

  it("is a number or unknown whatever the keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.double()), (responses) => {
        const { rate, unreadable } = successRate(responses);
        expect(rate === undefined || (rate >= 0 && rate <= 100)).toBe(true);
        if (unreadable.length > 0) expect(rate).toBeUndefined();
      }),
      SEED,
    );
  });
});
