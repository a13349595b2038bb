import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { type EvidenceProblem, readEvidence } from "../../src/criteria/read-evidence.ts";
import { Evidence } from "../../src/index.ts";

const SEED = { seed: 20261104 };
const BERLIN = "Europe/Berlin";
const NOW = DateTime.fromISO("2026-11-04T10:00", { zone: BERLIN });

function read(text: string, zone = BERLIN, now = NOW) {
  return readEvidence(text, now, zone);
}

describe("evidence is taken from", () => {
  it.each<[string, Evidence]>([
    ["availability=99.97", { availability: 99.97 }],
    ["availability=99.97%", { availability: 99.97 }],
    ["availability = 99.97 %", { availability: 99.97 }],
    ["availability=99.97 percent", { availability: 99.97 }],
    ["availability=99,97", { availability: 99.97 }],
    ["availability=99,97 %", { availability: 99.97 }],
    ["AVAILABILITY=100", { availability: 100 }],
    ["uptime=99.95", { availability: 99.95 }],
    ["slo=0", { slo: 0 }],
    ["success=80", { success: 80 }],
    ["success-rate=80.5", { success: 80.5 }],
    ["availability=99.97, slo=99.6; success=95", { availability: 99.97, slo: 99.6, success: 95 }],
    ["availability=99,97,slo=99,6", { availability: 99.97, slo: 99.6 }],
    ["users=510", { users: 510 }],
    ["users=510,530,505", { users: [510, 530, 505] }],
    ["users=510, 530, 505", { users: [510, 530, 505] }],
    ["users=510/530/505", { users: [510, 530, 505] }],
    ["users=510 530 505 slo=99.6", { users: [510, 530, 505], slo: 99.6 }],
    ["wau=0", { users: 0 }],
    ["connections=64", { connections: 64 }],
    ["mac=64", { connections: 64 }],
    ["connections=1,234", { connections: 1234 }],
    ["connections=1,234,567", { connections: 1_234_567 }],
    ["responses=2xx:900,4xx:40,429:10", { responses: { "2xx": 900, "4xx": 40, "429": 10 } }],
    ["responses=2XX:900 4xx=40; 429:10", { responses: { "2xx": 900, "4xx": 40, "429": 10 } }],
    ["responses=200:0", { responses: { "200": 0 } }],
    ["backend=yes support=no", { backend: true, support: false }],
    ["backend=production support=FALSE", { backend: true, support: false }],
    ["customer-requires=y", { customerRequires: true }],
    ["customer=n", { customerRequires: false }],
    ["live-since=2026-05-01", { liveSince: "2026-05-01" }],
    ["live-since=1 May 2026 slo=99.6", { liveSince: "2026-05-01", slo: 99.6 }],
    ["livesince=yesterday", { liveSince: "2026-11-03" }],
    ["success=95.7 responses=2xx:900,4xx:40", { success: 95.7, responses: { "2xx": 900, "4xx": 40 } }],
  ])("%s", (text, patch) => {
    expect(read(text)).toEqual({ patch, cleared: [] });
  });

  it.each<[string, (keyof Evidence)[]]>([
    ["availability=", ["availability"]],
    ["availability=?", ["availability"]],
    ["mac=unknown wau=none", ["connections", "users"]],
    ["live-since= customer-requires=", ["liveSince", "customerRequires"]],
  ])("%s, which takes figures back", (text, cleared) => {
    expect(read(text)).toEqual({ patch: {}, cleared });
  });

  it("some figures given and others taken back at once", () => {
    expect(read("slo=99.6 success=? users=500")).toEqual({
      patch: { slo: 99.6, users: 500 },
      cleared: ["success"],
    });
  });
});

describe("nothing is taken when", () => {
  it.each<[string, EvidenceProblem, string]>([
    ["", "not-a-pair", ""],
    ["availability", "not-a-pair", "availability"],
    ["99.97", "not-a-pair", "99.97"],
    ["availability 99.97", "not-a-pair", "availability 99.97"],
    ["please availability=99.97", "not-a-pair", "please"],
    ["speed=3", "unknown-key", "speed"],
    ["slo=99.6 speed=3", "unknown-key", "speed"],
    ["constructor=1", "unknown-key", "constructor"],
    ["slo=99.6 slo=99.7", "twice", "99.7"],
    ["uptime=99.6 availability=99.7", "twice", "99.7"],
    ["slo=99.6 slo=", "twice", ""],
    ["availability=high", "not-a-percent", "high"],
    ["availability=-1", "not-a-percent", "-1"],
    ["availability=99.9.7", "not-a-percent", "99.9.7"],
    ["availability=99,9,7", "not-a-percent", "99,9,7"],
    ["availability=>99", "not-a-percent", ">99"],
    ["availability=%", "not-a-percent", "%"],
    ["availability=1e2", "not-a-percent", "1e2"],
    ["availability=NaN", "not-a-percent", "NaN"],
    ["availability=100.01", "over-100", "100.01"],
    ["availability=9997", "over-100", "9997"],
    ["availability=0.9997", "fraction", "0.9997"],
    ["availability=1", "fraction", "1"],
    ["users=many", "not-a-count", "many"],
    ["users=-5", "not-a-count", "-5"],
    ["users=510.5", "not-a-count", "510.5"],
    ["users=510,530", "one-or-three-weeks", "510,530"],
    ["users=510,530,505,500", "one-or-three-weeks", "510,530,505,500"],
    ["users=1,200", "one-or-three-weeks", "1,200"],
    ["connections=12,34", "not-a-count", "12,34"],
    ["connections=64.5", "not-a-count", "64.5"],
    ["connections=9999999999999", "not-a-count", "9999999999999"],
    ["responses=900", "not-responses", "900"],
    ["responses=2xx", "not-responses", "2xx"],
    ["responses=2xx:", "not-responses", "2xx:"],
    ["responses=6xx:1", "not-responses", "6xx:1"],
    ["responses=2xx:-1", "not-responses", "2xx:-1"],
    ["responses=2xx:1.5", "not-responses", "2xx:1.5"],
    ["responses=2xx:1,2xx:2", "not-responses", "2xx:1,2xx:2"],
    ["backend=maybe", "not-yes-or-no", "maybe"],
    ["live-since=31 Feb 2026", "not-a-date", "31 Feb 2026"],
    ["live-since=soon", "not-a-date", "soon"],
    ["live-since=1 May 1926", "not-a-date", "1 May 1926"],
    ["live-since=2026-11-05", "date-ahead", "2026-11-05"],
    ["success=95 responses=2xx:50,5xx:50", "contradiction", "95 % and 50 %"],
    ["responses=2xx:900,4xx:40 success=95.6", "contradiction", "95.6 % and 95.74 %"],
  ])("%j: %s", (text, problem, given) => {
    expect(read(text)).toMatchObject({ problems: [{ problem, given }] });
  });

  it("names the key, also when a synonym was typed", () => {
    expect(read("mac=many")).toEqual({
      problems: [{ problem: "not-a-count", key: "connections", given: "many" }],
      typed: { connections: "many" },
    });
  });
});

describe("all that can't be read", () => {
  it("is told at once, with what was typed for each figure", () => {
    expect(read("availability=lots uptme=99 users=-3 slo=99.6 backend=perhaps speed=3")).toEqual({
      problems: [
        { problem: "not-a-percent", key: "availability", given: "lots" },
        { problem: "unknown-key", key: "availability", given: "uptme" },
        { problem: "not-a-count", key: "users", given: "-3" },
        { problem: "not-yes-or-no", key: "backend", given: "perhaps" },
        { problem: "unknown-key", key: "", given: "speed" },
      ],
      typed: { availability: "lots", users: "-3", slo: "99.6", backend: "perhaps" },
    });
  });

  it("with a key nearly right stands at the figure that was meant", () => {
    expect(read("slos=99.6")).toEqual({
      problems: [{ problem: "unknown-key", key: "slo", given: "slos" }],
      typed: { slo: "99.6" },
    });
  });
});

describe("since when it is Live", () => {
  it.each([
    ["Asia/Kolkata", "2026-11-05T09:00:00+05:30", "2026-11-06", { problems: [{ problem: "date-ahead" }] }],
    ["Asia/Kolkata", "2026-11-05T09:00:00+05:30", "yesterday", { patch: { liveSince: "2026-11-04" } }],
    ["Asia/Kolkata", "2026-11-05T09:00:00+05:30", "2026-11-04", { patch: { liveSince: "2026-11-04" } }],
    ["America/Los_Angeles", "2026-11-04T23:00:00-08:00", "today", { patch: { liveSince: "2026-11-04" } }],
    [
      "Asia/Kolkata",
      "2026-11-05T09:00:00+05:30",
      "2026-11-02T01:00:00+05:30",
      { patch: { liveSince: "2026-11-01" } },
    ],
  ])("told in %s at %s: %s", (zone, now, given, expected) => {
    expect(read(`live-since=${given}`, zone, DateTime.fromISO(now, { zone }))).toMatchObject(expected);
  });
});

describe("whatever is typed", () => {
  const keys = fc.constantFrom(
    ..."availability slo success responses users connections backend support live-since mac speed __proto__".split(
      " ",
    ),
    "",
  );
  const values = fc.oneof(
    fc.constantFrom(
      "99.97 %",
      "99,97",
      "510,530,505",
      "2xx:9,429:1",
      "yes",
      "no",
      "1 May",
      "31 Feb",
      "",
      "?",
      "-1",
      "1e9",
    ),
    fc.string({ unit: "binary", maxLength: 30 }),
  );
  const texts = fc
    .array(fc.tuple(keys, fc.constantFrom("=", " = ", " "), values), { maxLength: 5 })
    .map((parts) => parts.map((part) => part.join("")).join(" "));

  it("is taken as evidence that can be kept, or is a problem that can be named", () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: "binary", maxLength: 200 })), (text) => {
        const found = read(text);
        if ("problems" in found) return found.problems.length > 0;
        const fields = Object.keys(found.patch);
        return (
          Evidence.safeParse(found.patch).success && found.cleared.every((field) => !fields.includes(field))
        );
      }),
      { ...SEED, numRuns: 2000 },
    );
  });
});
