import { describe, expect, it } from "vitest";
import { type Block, drawTimeline, type Reply } from "../../src/index.ts";
import { NAME, openHouseAt, openHouseWith, type Stage, TO } from "../support.ts";
import { linesOf, overlapping, textsOf } from "./draw.ts";

type Picture = Extract<Block, { kind: "picture" }>;

function pictureOf(reply: Reply): Picture | undefined {
  return reply.blocks.find((block) => block.kind === "picture");
}

function needPicture(reply: Reply): Picture {
  const found = pictureOf(reply);
  if (!found) throw new Error(`no picture: ${reply.title}`);
  return found;
}

const WITH_ROLLOUT: Stage[] = ["draft", "review", "testing", "publishing", "deploying", "public-preview"];

describe("the picture of a rollout", () => {
  it("stands after the table of waves, one row for each and one for all regions", async () => {
    const house = await openHouseAt("publishing");
    const { blocks } = await house.say(`eta ${NAME}`);
    const kinds = blocks.map(({ kind }) => kind);
    expect(kinds.indexOf("picture")).toBe(kinds.indexOf("table") + 1);
    const { picture } = needPicture(await house.say(`eta ${NAME}`));
    expect(picture.rows.map(({ from, to, mark }) => [from, to, mark])).toEqual([
      ["2026-11-06", "2026-11-06", "now"],
      ["2026-11-09", "2026-11-09", "ahead"],
      ["2026-11-10", "2026-11-10", "ahead"],
      ["2026-11-12", "2026-11-12", "ahead"],
      ["2026-11-13", "2026-11-13", "ahead"],
      ["2026-11-16", "2026-11-16", "ahead"],
      ["2026-11-27", "2026-12-04", "ahead"],
    ]);
    expect(picture).toMatchObject({ today: "2026-11-04", from: "2026-11-03" });
  });

  it("ticks the waves whose day is over", async () => {
    const house = await openHouseAt("deploying");
    house.sleep("2026-11-12T08:00");
    const { picture } = needPicture(await house.say(`eta ${NAME}`));
    const marks = picture.rows.map(({ mark }) => mark);
    expect(marks).toEqual(["done", "done", "done", "now", "ahead", "ahead", "ahead"]);
  });

  it("shades weekends, holidays by name, and freezes by their days but never by their reason", async () => {
    const house = await openHouseWith(NAME, ["settings freeze add 2026-12-01 to 2026-12-03 Maria is away"]);
    const { picture, alt } = needPicture(await house.say(`eta ${NAME} if go-live 4 Nov`));
    const closed = picture.closed.filter(({ sort }) => sort !== "weekend");
    expect(closed.map(({ from, to, name }) => [from, to, name])).toEqual([
      ["2026-11-11", "2026-11-11", "Veterans Day"],
      ["2026-11-26", "2026-11-26", "Thanksgiving Day"],
      ["2026-12-01", "2026-12-03", "Freeze"],
    ]);
    expect(picture.closed).toContainEqual({
      from: "2026-11-07",
      to: "2026-11-08",
      sort: "weekend",
      name: "Weekend",
    });
    expect(alt).toContain("Veterans Day (Wed 11 Nov 2026)");
    expect(alt).toContain("a freeze (Tue 1 Dec 2026 to Thu 3 Dec 2026)");
    expect(`${drawTimeline(picture)} ${alt}`).not.toMatch(/Maria|Contoso/);
  });

  it("shows all regions as reached on the day that was reported", async () => {
    const house = await openHouseAt("public-preview");
    const { picture } = needPicture(await house.say(`eta ${NAME}`));
    const everywhere = {
      label: "All regions: as reported",
      from: "2026-12-01",
      to: "2026-12-01",
      mark: "done",
    };
    expect(picture.rows.at(-1)).toEqual(everywhere);
    const supposed = needPicture(await house.say(`eta ${NAME} if go-live 2 Feb 2027`)).picture;
    expect(supposed.rows.at(-1)).toMatchObject({ label: "All regions: 3 to 4 weeks", mark: "ahead" });
  });

  it("keeps to the days of a rollout that is months away", async () => {
    const house = await openHouseWith(NAME);
    const { picture } = needPicture(await house.say(`eta ${NAME} if go-live 3 May 2027`));
    expect(picture.from > "2027-04-30").toBe(true);
    expect(linesOf(drawTimeline(picture))).toContain("today, 3 Nov 2026");
  });

  it.each(WITH_ROLLOUT)("says in words what it shows, and draws it clearly: %s", async (stage) => {
    const house = await openHouseAt(stage);
    expectClear(needPicture(await house.say(`eta ${NAME}`)));
  });

  it("draws a rollout through a frozen turn of the year clearly", async () => {
    const house = await openHouseWith(NAME, ["settings freeze add 2026-12-21 to 2027-01-03 year end"]);
    const found = needPicture(await house.say(`eta ${NAME} if go-live 16 Dec`));
    expectClear(found);
    expect(linesOf(drawTimeline(found.picture))).toEqual(
      expect.arrayContaining(["18 Dec 2026 to 15 Jan 2027, days in Pacific time", "Mon 4 Jan"]),
    );
  });
});

describe("the picture of a forecast", () => {
  const stages = (Object.keys(TO) as Stage[]).filter((stage) => stage !== "ga");

  it.each(stages)("says in words what it shows, and draws it clearly: %s", async (stage) => {
    const house = await openHouseAt(stage);
    const reply = await house.say(`forecast ${NAME}`);
    const found = needPicture(reply);
    expectClear(found);
    expect(found.picture.rows[0]?.mark).toBe("now");
    expect(found.picture.today > found.picture.from).toBe(true);
    const kinds = reply.blocks.map(({ kind }) => kind);
    expect(kinds.indexOf("picture")).toBe(kinds.indexOf("table") - 1);
  });

  it("shows the waves as one bar from the first to the last", async () => {
    const house = await openHouseAt("testing");
    const { picture } = needPicture(await house.say(`forecast ${NAME}`));
    expect(picture.rows.map(({ label }) => label)).toEqual([
      "Test link expires",
      "Go live confirmed",
      "Rollout: waves 1 to 6",
      "In all regions",
      "Six months in preview",
      "General availability: if criteria are met",
    ]);
    expect(picture.rows[2]).toMatchObject({ from: "2026-11-06", to: "2026-11-20" });
    house.sleep("2026-11-04T15:00");
    await house.say(`mark ${NAME} go-live`);
    house.sleep("2026-11-16T09:00");
    const late = needPicture(await house.say(`forecast ${NAME}`)).picture;
    expect(late.rows[0]).toMatchObject({ label: "Rollout: wave 6", from: "2026-11-16", to: "2026-11-16" });
  });

  it("says what is overdue", async () => {
    const house = await openHouseAt("deploying");
    house.sleep("2026-12-14T09:00");
    const { picture } = needPicture(await house.say(`forecast ${NAME}`));
    expect(picture.rows[0]).toMatchObject({ label: "In all regions: overdue", mark: "now" });
  });

  it("is left out when nothing is ahead", async () => {
    const house = await openHouseAt("ga");
    expect(pictureOf(await house.say(`forecast ${NAME}`))).toBeUndefined();
  });

  it("stays small beside fifty freezes", async () => {
    const lines = Array.from({ length: 50 }, (_, index) => {
      const day = `2027-0${1 + Math.floor(index / 25)}-${String(1 + (index % 25)).padStart(2, "0")}`;
      return `settings freeze add ${day} to ${day} reason ${index}`;
    });
    const house = await openHouseWith(NAME, lines);
    const found = needPicture(await house.say(`forecast ${NAME}`));
    expect(found.alt).toMatch(/and \d+ more/);
    expectClear(found);
  });
});

/** The words beside it hold every row, and its own words neither overlap nor are cut. */
function expectClear({ picture, alt }: Picture): void {
  expect(alt.length).toBeLessThanOrEqual(2000);
  const svg = drawTimeline(picture);
  for (const { label, from } of picture.rows) {
    const [name = "", detail] = label.split(": ");
    expect(alt).toContain(name);
    expect(alt).toContain(`${Number(from.slice(-2))} `);
    expect(linesOf(svg)).toContain(name);
    if (detail) expect(linesOf(svg)).toContain(detail);
  }
  expect(overlapping(textsOf(svg))).toEqual([]);
  expect(svg).not.toContain("…");
}
