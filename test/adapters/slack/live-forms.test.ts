import { expect, test } from "vitest";
import { command, goLiveInBoth, mention } from "./live.ts";
import type { Driver } from "./world/driver.ts";
import { until, type View } from "./world/json.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

function windowOf(at: Driver, who: string, words: string): Promise<View> {
  return until(`a window with “${words}”`, async () => {
    const window = await at.modal(who);
    return window && wordsOf(window).includes(words) && window;
  });
}

const CRM = ["track Contoso CRM", "mark Contoso CRM submitted"];

test("evidence: the form opens from the answer, says what is wrong at the field, then redraws the message", async () => {
  const { a, b, until, followed } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  await command(b, "cleo", ...CRM);
  const ready = await mention(a, "ana", "launch", "ready contoso");
  await a.click("ana", ready, "Enter figures");
  await until("the figures asked for", () => a.modal("ana"));
  const form = await windowOf(a, "ana", "Figures of Contoso CRM");
  expect(wordsOf(form)).toContain("Availability");
  const wrong = await a.submit("ana", { Availability: "a lot" });
  expect(wrong.trouble).toBeUndefined();
  expect(wrong.errors?.Availability).toContain("a lot");
  expect((await followed(a))[0]?.evidence).toEqual({});
  const right = await a.submit("ana", { Availability: "99.97" });
  expect([right.errors, right.trouble, right.view]).toEqual([undefined, undefined, undefined]);
  const redrawn = await until("the message redrawn", async () => {
    const now = await a.message("ana", ready.channel, ready.ts);
    return wordsOf(now).includes("By ana.") && now;
  });
  expect(wordsOf(redrawn)).toContain("Noted for Contoso CRM: availability 99.97 %");
  expect((await followed(b))[0]?.evidence).toEqual({});
});

test("a milestone with its time: one still ahead is refused at its field, then it is taken", async () => {
  const { a, followed } = await goLiveInBoth();
  const status = await command(a, "ben", "track Contoso CRM", "status Contoso CRM");
  await a.click("ben", status, "Record with a date");
  const form = await windowOf(a, "ben", "Record a milestone of Contoso CRM");
  expect(wordsOf(form)).toContain("In your own time zone; empty means now.");
  const picker = form.blocks.find(({ element }) => element?.type === "datetimepicker");
  expect(picker?.optional).toBe(true);
  const ahead = await a.submit("ben", { Milestone: "Submitted", When: new Date("2026-11-04T08:00Z") });
  expect(ahead.errors).toEqual({ When: "This is still ahead." });
  expect(ahead.trouble).toBeUndefined();
  // 8:30 in Berlin on that day.
  await a.submit("ben", { When: new Date("2026-11-03T07:30Z") });
  await until("the change", async () => (await followed(a))[0]?.moves.length === 1);
  const answer = await until("the message redrawn", async () => {
    const [now] = (await a.ephemerals("ben")).filter(({ ts }) => ts === status.ts);
    return wordsOf(now).includes("Contoso CRM: Submitted") && now;
  });
  expect(wordsOf(answer)).toContain("Tue 3 Nov 2026, 08:30 GMT+1");
  expect(await a.modal("ben")).toBeUndefined();
  expect(await a.history("connectors")).toEqual([]);
});

test("a freeze: its days are checked at their fields, and typed values stay", async () => {
  const { a, b } = await goLiveInBoth();
  const freezes = await command(a, "ana", "settings freeze");
  await a.click("ana", freezes, "Add a freeze …");
  await windowOf(a, "ana", "First day");
  const wrong = await a.submit("ana", {
    "First day": "2026-12-21",
    "Last day": "2026-12-01",
    Why: "year end",
  });
  expect(wrong.trouble).toBeUndefined();
  expect(Object.keys(wrong.errors ?? {})).toEqual(["Last day"]);
  const nonsense = await a.submit("ana", { "Last day": "someday" });
  expect(Object.keys(nonsense.errors ?? {})).toEqual(["Last day"]);
  await a.submit("ana", { "Last day": "2027-01-04" });
  await until("the freeze in the message", async () =>
    wordsOf((await a.ephemerals("ana"))[0]).includes("year end"),
  );
  expect(wordsOf(await command(a, "ben", "settings"))).toContain("1 freeze");
  expect(wordsOf(await command(b, "cleo", "settings"))).toContain("0 freezes");
});

test("a form in a message of its own button: the zone", async () => {
  const { a } = await goLiveInBoth();
  const settings = await command(a, "ana", "settings");
  await a.click("ana", settings, "Set the zone", { values: { "Time zone": "Mars/Base" } });
  const asked = await windowOf(a, "ana", "⚠");
  expect(wordsOf(asked)).toContain("Mars/Base");
  const again = await a.submit("ana", { "Time zone": "Venus" });
  expect(Object.keys(again.errors ?? {})).toEqual(["Time zone"]);
  await a.submit("ana", { "Time zone": "Asia/Tokyo" });
  await until("the zone", async () => wordsOf((await a.ephemerals("ana"))[0]).includes("Asia/Tokyo"));
  expect(wordsOf(await command(a, "ben", "settings"))).toContain("zone Asia/Tokyo");
});

test("a window sent twice changes once: the same request again, and two at the same time", async () => {
  const { a, world, followed } = await goLiveInBoth();
  await a.openHome("ana");
  await until("Home", () => a.home("ana"));
  await a.click("ana", "home", "Track a connector");
  await windowOf(a, "ana", "Name of the connector");
  const sent = await a.submit("ana", { "Name of the connector": "Contoso CRM" });
  const again = await world.redeliver(sent, { headers: { "x-slack-retry-num": "1" } });
  expect(again.status).toBe(200);
  expect(await followed(a)).toHaveLength(1);

  const status = await mention(a, "ana", "launch", "status contoso");
  for (const who of ["ana", "ben"]) {
    await a.click(who, status, "Record with a date");
    await windowOf(a, who, "Milestone");
  }
  const both = await Promise.all(["ana", "ben"].map((who) => a.submit(who, { Milestone: "Submitted" })));
  expect(both.map(({ trouble }) => trouble)).toEqual([undefined, undefined]);
  await until("the message redrawn", async () =>
    /By (?:ana|ben)\./.test(wordsOf(await a.message("ana", status.channel, status.ts))),
  );
  const [connector] = await followed(a);
  expect(connector?.moves).toHaveLength(1);
  const [late, ...none] = both.flatMap(({ view }) => view ?? []);
  expect(wordsOf(late)).toContain("⚠ Contoso CRM is at Review now.");
  expect(none).toEqual([]);
});

test("a form that is older than what someone else has changed puts nothing back", async () => {
  const { a, followed } = await goLiveInBoth();
  const status = await command(a, "ana", ...CRM, "status Contoso CRM");
  await a.click("ana", status, "Record with a date");
  await windowOf(a, "ana", "Milestone");
  await command(a, "ben", "mark Contoso CRM report-failed");
  const late = await a.submit("ana", { Milestone: "Report passed" });
  expect(late.trouble).toBeUndefined();
  expect((await followed(a))[0]?.moves.map(({ milestone }) => milestone)).toEqual([
    "submitted",
    "report-failed",
  ]);
  expect(late.errors).toBeUndefined();
  expect(wordsOf(late.view)).toContain("⚠ Contoso CRM is at Changes requested now.");
  // The window offers what is possible now.
  const fresh = await a.submit("ana", { Milestone: "Submitted" });
  expect([fresh.trouble, fresh.errors, fresh.view]).toEqual([undefined, undefined, undefined]);
  expect((await followed(a))[0]?.moves).toHaveLength(3);
});

test("a name that is taken or can't be one is told at its field in the Home's window, twice pressed it tracks once", async () => {
  const { a, followed } = await goLiveInBoth();
  await command(a, "ben", "track Contoso CRM");
  await a.openHome("ana");
  await until("Home", () => a.home("ana"));
  await a.click("ana", "home", "Track a connector");
  await windowOf(a, "ana", "Name of the connector");
  const long = await a.submit("ana", { "Name of the connector": "x".repeat(101) });
  expect(Object.keys(long.errors ?? {})).toEqual(["Name of the connector"]);
  const name = { "Name of the connector": "Adatum ERP" };
  const both = await Promise.all([a.submit("ana", name), a.submit("ana", name)]);
  expect(both.map(({ trouble }) => trouble)).toEqual([undefined, undefined]);
  expect((await followed(a)).map((one) => one.name).toSorted()).toEqual(["Adatum ERP", "Contoso CRM"]);
});

test("figures entered from the Home: wrong, then right, and the Home shows what they mean", async () => {
  const { a } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM", "mark Contoso CRM all-regions 20 May already");
  await a.openHome("ana");
  await until("Home", () => a.home("ana"));
  await a.click("ana", "home", "Readiness");
  await windowOf(a, "ana", "figures are");
  await a.click("ana", "modal", "Enter figures");
  await windowOf(a, "ana", "Figures of Contoso CRM");
  const wrong = await a.submit("ana", { SLO: "yes", Availability: "99.97" });
  expect(Object.keys(wrong.errors ?? {})).toEqual(["SLO"]);
  const right = await a.submit("ana", { SLO: "99.6", "Backend in production": "Yes" });
  expect(wordsOf(right.view)).toContain("Noted for Contoso CRM");
  expect(wordsOf(right.view)).toContain("SLO: unknown → 99.6 %");
  expect(wordsOf(right.view)).toContain("Availability: unknown → 99.97 %");
});

test("a form opened from a private answer in our own chat redraws it, and offers nobody to share it with", async () => {
  const { a } = await goLiveInBoth();
  await command(a, "ana", "track Contoso CRM");
  const [status] = await (await a.command("ana", "direct", "status Contoso CRM")).answers();
  if (!status) throw new Error("no status");
  await a.click("ana", status, "Record with a date");
  await windowOf(a, "ana", "Milestone");
  await a.submit("ana", { Milestone: "Submitted" });
  const redrawn = await until("the message redrawn", async () => {
    const [now] = await a.ephemerals("ana", "direct");
    return wordsOf(now).includes("Contoso CRM: Submitted") && now;
  });
  expect(labelsOf(redrawn)).toEqual(["Report passed", "Report failed", "Forecast", "Undo"]);
});
