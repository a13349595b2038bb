import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { Evidence, readiness, type Verdict } from "../../src/index.ts";

const SEED = { seed: 20261104 };
const NOW = DateTime.fromISO("2026-11-04T12:00", { zone: "America/Los_Angeles" });

/** Every criterion is met, each by a margin. */
const READY: Evidence = {
  backend: true,
  availability: 99.99,
  slo: 99.9,
  success: 95,
  support: true,
  users: [510, 530, 505],
  connections: 64,
};
const ELIGIBLE: Evidence = { ...READY, users: 300, connections: 49 };

function stateOf(id: string, evidence: Evidence): string | undefined {
  return readiness(evidence, NOW).criteria.find((one) => one.id === id)?.state;
}

function verdictOf(evidence: Evidence): Verdict {
  return readiness(evidence, NOW).verdict;
}

describe("each bar", () => {
  it.each<[string, Evidence, "met" | "unmet" | "unknown"]>([
    ["backend", { backend: true }, "met"],
    ["backend", { backend: false }, "unmet"],
    ["availability", { availability: 99.94 }, "unmet"],
    ["availability", { availability: 99.949_999 }, "unmet"],
    ["availability", { availability: 99.95 }, "met"],
    ["availability", { availability: 99.950_001 }, "met"],
    ["availability", { availability: 100 }, "met"],
    ["availability", { availability: 0 }, "unmet"],
    ["slo", { slo: 99.49 }, "unmet"],
    ["slo", { slo: 99.5 }, "met"],
    ["slo", { slo: 99.51 }, "met"],
    ["success", { success: 79.99 }, "unmet"],
    ["success", { success: 80 }, "unmet"],
    ["success", { success: 80.000_001 }, "met"],
    ["success", { responses: { "2xx": 4, "4xx": 1 } }, "unmet"],
    ["success", { responses: { "2xx": 800_001, "4xx": 199_999 } }, "met"],
    ["success", { responses: { "2xx": 4, "429": 1000 } }, "met"],
    ["success", { responses: {} }, "unknown"],
    ["success", { responses: { "2xx": 0 } }, "unknown"],
    ["success", { responses: { "429": 5 } }, "unknown"],
    ["success", { responses: { "2xx": 5, oops: 1 } }, "unknown"],
    ["support", { support: true }, "met"],
    ["support", { support: false }, "unmet"],
    ["users", { users: 499 }, "unmet"],
    ["users", { users: 500 }, "met"],
    ["users", { users: 501 }, "met"],
    ["users", { users: [500, 500, 500] }, "met"],
    ["users", { users: [499, 9000, 9000] }, "unmet"],
    ["users", { users: [9000, 499, 9000] }, "unmet"],
    ["users", { users: [9000, 9000, 499] }, "unmet"],
    ["users", { users: 0 }, "unmet"],
    ["connections", { connections: 49 }, "unmet"],
    ["connections", { connections: 50 }, "met"],
    ["connections", { connections: 51 }, "met"],
    ["connections", { connections: 0 }, "unmet"],
  ])("%s with %o is %s", (id, evidence, state) => {
    expect(stateOf(id, evidence)).toBe(state);
  });

  it("that nobody gave a figure for is unknown, all seven of them in the page's order", () => {
    expect(readiness({}, NOW).criteria.map(({ id, state }) => `${id} ${state}`)).toEqual([
      "backend unknown",
      "availability unknown",
      "slo unknown",
      "success unknown",
      "support unknown",
      "users unknown",
      "connections unknown",
    ]);
  });

  it("says how much is missing, in the unit of the figure", () => {
    const { criteria } = readiness({ ...ELIGIBLE, users: [510, 300, 505], success: 80, slo: 99 }, NOW);
    const missing = Object.fromEntries(criteria.map((one) => [one.id, [one.figure, one.missing]]));
    expect(missing).toMatchObject({
      users: [300, 200],
      connections: [49, 1],
      success: [80, 0],
      slo: [99, 0.5],
    });
    expect(missing.availability).toEqual([99.99, undefined]);
  });

  it("takes the responses that were counted before a rate that was told", () => {
    const both = readiness({ ...READY, success: 99, responses: { "2xx": 1, "5xx": 1 } }, NOW);
    expect(both.criteria.find(({ id }) => id === "success")).toMatchObject({ state: "unmet", figure: 50 });
    expect(both.verdict).toBe("not-yet");
    expect(verdictOf({ ...READY, success: 99, responses: { "429": 3 } })).toBe("unknown");
    expect(verdictOf({ ...READY, success: 10, responses: { "2xx": 3 } })).toBe("ready");
  });
});

describe("the verdict", () => {
  it.each<[Verdict, string, Evidence]>([
    ["ready", "everything is met", READY],
    [
      "ready",
      "at the very bars",
      { ...READY, availability: 99.95, slo: 99.5, success: 80.01, users: 500, connections: 50 },
    ],
    ["eligible", "weekly users are too few", { ...READY, users: 499 }],
    ["eligible", "weekly users are not known", { ...READY, users: undefined }],
    ["eligible", "connections are too few", { ...READY, connections: 49 }],
    ["eligible", "nothing recommended is known", { ...READY, users: undefined, connections: undefined }],
    ["eligible", "a customer requires it and usage is missing", { ...ELIGIBLE, customerRequires: true }],
    ["not-yet", "one required is not met", { ...READY, slo: 99.4 }],
    ["not-yet", "the success rate is exactly 80", { ...READY, success: 80 }],
    [
      "not-yet",
      "one required is not met, another not known",
      { ...READY, slo: 99.4, availability: undefined },
    ],
    ["not-yet", "a customer does not require it", { ...READY, backend: false, customerRequires: false }],
    [
      "ask-microsoft",
      "one required is not met, but a customer requires it",
      { ...READY, slo: 99.4, customerRequires: true },
    ],
    [
      "ask-microsoft",
      "one required is not met, another not known, and a customer requires it",
      { ...READY, slo: 99.4, availability: undefined, customerRequires: true },
    ],
    ["unknown", "nothing is known", {}],
    ["unknown", "one required is not known", { ...READY, support: undefined }],
    [
      "unknown",
      "one required is not known, though a customer requires it",
      { ...READY, support: undefined, customerRequires: true },
    ],
    ["unknown", "there was no traffic", { ...READY, success: undefined, responses: {} }],
  ])("%s: %s", (verdict, _, evidence) => {
    expect(verdictOf(evidence)).toBe(verdict);
  });

  it("is never better for not knowing, and ready only when all seven are met", () => {
    const evidence = fc.record<Evidence>(
      {
        backend: fc.boolean(),
        availability: fc.constantFrom(99.94, 99.95, 100),
        slo: fc.constantFrom(99.49, 99.5, 100),
        success: fc.constantFrom(79.9, 80, 80.1),
        responses: fc.constantFrom<Evidence["responses"][]>(
          {},
          { "2xx": 9, "5xx": 1 },
          { "2xx": 4, "5xx": 1 },
        ),
        support: fc.boolean(),
        users: fc.constantFrom<Evidence["users"][]>(499, 500, [500, 500, 499], [500, 500, 500]),
        connections: fc.constantFrom(49, 50),
        liveSince: fc.constantFrom("2026-05-03", "2026-05-04", "2026-05-05"),
        customerRequires: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(evidence, (some) => {
        const { verdict, criteria, exceptions } = readiness(Evidence.parse(some), NOW);
        const met = (required: boolean) =>
          criteria
            .filter(({ criterion }) => criterion.required === required)
            .every(({ state }) => state === "met");
        expect(verdict === "ready").toBe(met(true) && met(false));
        expect(verdict === "ready" || verdict === "eligible").toBe(met(true));
        if (exceptions.sixMonths) expect(verdict).toBe("eligible");
        for (const { id, state } of criteria) {
          if (some[id] === undefined && !(id === "success" && some.responses)) expect(state).toBe("unknown");
        }
      }),
      { ...SEED, numRuns: 1000 },
    );
  });
});

describe("the exception after six months in preview", () => {
  function sixMonths(evidence: Evidence, now: string) {
    const { exceptions } = readiness(evidence, DateTime.fromISO(now, { setZone: true }));
    return [exceptions.sixMonths, exceptions.sixMonthsOn];
  }

  it.each([
    ["the day before, in the last second", "2026-05-04", "2026-11-03T23:59:59-08:00", false, "2026-11-04"],
    ["on the day, in the first second", "2026-05-04", "2026-11-04T00:00:00-08:00", true, "2026-11-04"],
    [
      "on the day in Kolkata, not yet in Pacific",
      "2026-05-04",
      "2026-11-04T10:00:00+05:30",
      false,
      "2026-11-04",
    ],
    ["on the day in Pacific, told in UTC", "2026-05-04", "2026-11-04T08:00:00Z", true, "2026-11-04"],
    ["long after", "2025-01-01", "2026-11-04T12:00:00-08:00", true, "2025-07-01"],
    ["from 31 August, on 28 February", "2026-08-31", "2027-02-28T00:00:00-08:00", true, "2027-02-28"],
    ["from 31 August, on 27 February", "2026-08-31", "2027-02-27T23:59:00-08:00", false, "2027-02-28"],
    [
      "from 31 August, on 28 February of a leap year",
      "2027-08-31",
      "2028-02-28T12:00:00-08:00",
      false,
      "2028-02-29",
    ],
    ["from 31 August, on 29 February", "2027-08-31", "2028-02-29T00:00:00-08:00", true, "2028-02-29"],
    ["from 31 October, on 30 April", "2026-10-31", "2027-04-30T00:00:00-07:00", true, "2027-04-30"],
  ])("%s", (_, liveSince, now, holds, on) => {
    expect(sixMonths({ ...ELIGIBLE, liveSince }, now)).toEqual([holds, on]);
  });

  it.each<[string, Evidence]>([
    ["there are 50 connections", { ...ELIGIBLE, connections: 50 }],
    ["the connections are not known", { ...ELIGIBLE, connections: undefined }],
    ["a required criterion is not met", { ...ELIGIBLE, slo: 99.4 }],
    ["a required criterion is not known", { ...ELIGIBLE, slo: undefined }],
  ])("does not hold when %s", (_, evidence) => {
    expect(sixMonths({ ...evidence, liveSince: "2026-01-01" }, "2026-11-04T12:00:00-08:00")).toEqual([
      false,
      "2026-07-01",
    ]);
  });

  it("has no day while nobody knows since when it is Live", () => {
    expect(readiness(ELIGIBLE, NOW).exceptions).toEqual({ sixMonths: false, customer: false });
  });
});

describe("the exception for a customer", () => {
  it.each([
    [true, true],
    [false, false],
    [undefined, false],
  ])("when one requires it: %s", (customerRequires, holds) => {
    for (const evidence of [READY, ELIGIBLE, { ...READY, slo: 1 }, {}]) {
      expect(readiness({ ...evidence, customerRequires }, NOW).exceptions.customer).toBe(holds);
    }
  });
});
