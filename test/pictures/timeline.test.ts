import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawTimeline, type Timeline } from "../../src/index.ts";
import { linesOf, openSvg, overlapping, textsOf, timelines } from "./draw.ts";

const ROLLOUT: Timeline = {
  heading: "Rollout, wave by wave",
  from: "2026-11-02",
  to: "2026-12-05",
  today: "2026-11-10",
  closed: [
    { from: "2026-11-07", to: "2026-11-08", sort: "weekend", name: "Weekend" },
    { from: "2026-11-11", to: "2026-11-11", sort: "holiday", name: "Veterans Day" },
    { from: "2026-11-23", to: "2026-11-27", sort: "freeze", name: "Freeze" },
  ],
  rows: [
    { label: "Wave 1: Testing", from: "2026-11-06", to: "2026-11-06", mark: "done" },
    { label: "Wave 3: Asia except Japan, India", from: "2026-11-10", to: "2026-11-10", mark: "now" },
    { label: "Wave 4: Europe except the UK", from: "2026-11-12", to: "2026-11-12", mark: "ahead" },
    { label: "All regions: 3 to 4 weeks", from: "2026-11-27", to: "2026-12-04", mark: "ahead" },
  ],
};

const YEAR: Timeline = {
  ...ROLLOUT,
  heading: "Forecast",
  to: "2027-06-17",
  rows: [
    { label: "Certification report", from: "2026-11-11", to: "2026-11-12", mark: "now" },
    { label: "General availability", from: "2026-12-27", to: "2027-06-13", mark: "ahead" },
  ],
};

describe("a timeline as a picture", () => {
  it("says heading, rows and dates in words", () => {
    const lines = linesOf(drawTimeline(ROLLOUT));
    expect(lines).toEqual(
      expect.arrayContaining(["Rollout, wave by wave", "Wave 3", "Asia except Japan, India"]),
    );
    expect(lines).toEqual(expect.arrayContaining(["Fri 6 Nov", "Tue 10 Nov", "27 Nov to 4 Dec", "today"]));
    expect(lines).toContain("6 Nov to 4 Dec 2026, days in Pacific time");
  });

  it("explains each mark and each shade in words, and only those it shows", () => {
    const lines = linesOf(drawTimeline(ROLLOUT));
    expect(lines).toEqual(expect.arrayContaining(["reached", "next", "ahead", "weekend"]));
    expect(lines).toEqual(
      expect.arrayContaining(["holiday: Veterans Day, Wed 11 Nov", "freeze: 23 to 27 Nov"]),
    );
    const bare = linesOf(drawTimeline({ ...ROLLOUT, closed: [], rows: ROLLOUT.rows.slice(0, 1) }));
    expect(bare).toContain("reached");
    for (const word of ["next", "ahead", "weekend"]) expect(bare).not.toContain(word);
  });

  it("tells reached, next and ahead apart by their shapes", () => {
    const shapes = (["done", "now", "ahead"] as const).map((mark) => {
      const rows = ROLLOUT.rows.slice(0, 1).map((row) => ({ ...row, mark }));
      return drawTimeline({ ...ROLLOUT, rows }).replace(/ (?:fill|stroke)="[^"]*"|<text.*?<\/text>/g, "");
    });
    expect(new Set(shapes).size).toBe(3);
  });

  it("names months over many months, says other years, and leaves out shades too narrow to be seen", () => {
    const lines = linesOf(drawTimeline(YEAR));
    expect(lines).toEqual(expect.arrayContaining(["2027", "Feb", "Mar", "27 Dec to 13 Jun 2027"]));
    expect(lines).not.toContain("weekend");
    expect(lines).toContain("freeze: 23 to 27 Nov");
  });

  it.each([
    ["before", "2026-05-04", "today, 4 May 2026"],
    ["after", "2027-05-04", "today, 4 May 2027"],
  ])("says where today is when it lies far %s what is shown", (_where, today, said) => {
    expect(linesOf(drawTimeline({ ...ROLLOUT, today }))).toContain(said);
  });

  it("shows a label with markup as it was typed", () => {
    const label = `</text><script>alert("1")</script>&amp;`;
    const svg = drawTimeline({
      ...ROLLOUT,
      heading: label,
      rows: ROLLOUT.rows.map((row) => ({ ...row, label })),
    });
    expect(svg).not.toContain("<script");
    expect(openSvg(svg).width).toBe(800);
    expect(linesOf(svg).join("")).toContain(`<script>alert("1")`);
  });

  it("cuts what three lines can't hold, and keeps it whole beside the row", () => {
    const label = `Wave 7: ${"a very long list of regions ".repeat(12).trim()}`;
    const svg = drawTimeline({ ...ROLLOUT, rows: ROLLOUT.rows.map((row) => ({ ...row, label })) });
    expect(linesOf(svg).some((line) => line.endsWith("…"))).toBe(true);
    expect(svg).toContain(`<title>${label}, Fri 6 Nov</title>`);
  });

  it("counts the closed days that its legend can't hold", () => {
    const closed = Array.from({ length: 30 }, (_, index) => ({
      from: `2026-11-${String(index + 1).padStart(2, "0")}`,
      to: `2026-11-${String(index + 1).padStart(2, "0")}`,
      sort: "holiday" as const,
      name: `Holiday number ${index + 1}`,
    }));
    expect(linesOf(drawTimeline({ ...ROLLOUT, closed })).join(" ")).toMatch(/; and \d+ more/);
  });

  it("is the same text every time", () => {
    expect(drawTimeline(structuredClone(ROLLOUT))).toBe(drawTimeline(ROLLOUT));
  });

  it("refuses what is no date", () => {
    expect(() => drawTimeline({ ...ROLLOUT, today: "tomorrow" })).toThrow(RangeError);
  });
});

describe("any timeline", () => {
  const RUNS = { seed: 2, numRuns: 120 };

  it("is well-formed, and holds each row's label and dates", () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        const svg = drawTimeline(timeline);
        expect(openSvg(svg).width).toBe(800);
        const titles = [...svg.matchAll(/<g><title>([^<]*), ([^<]+)<\/title>/gs)];
        expect(titles.length).toBe(timeline.rows.length);
        for (const [, , dates] of titles) expect(linesOf(svg)).toContain(dates);
      }),
      RUNS,
    );
  });

  it("draws nothing outside of itself", () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        expect(inkOutside(drawTimeline(timeline))).toBe(0);
      }),
      { ...RUNS, numRuns: 60 },
    );
    expect(inkOutside(drawTimeline(ROLLOUT).replaceAll('x="28"', 'x="-20"'))).toBeGreaterThan(0);
  });

  it("writes no words over others", () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        expect(overlapping(textsOf(drawTimeline(timeline)))).toEqual([]);
      }),
      { ...RUNS, numRuns: 60 },
    );
  });
});

/** How many pixels are painted in a wide rim around the canvas. */
function inkOutside(svg: string): number {
  const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
  const rim = 200;
  const scale = 4;
  const wide = svg
    .replace(/width="\d+" height="\d+" viewBox="[^"]+"/, () => {
      const [w, h] = [800 + 2 * rim, height + 2 * rim];
      return `width="${w}" height="${h}" viewBox="${-rim} ${-rim} ${w} ${h}"`;
    })
    .replace(/<rect x="0.5" y="0.5"[^>]*>/, "");
  const { pixels, width } = openSvg(wide, (800 + 2 * rim) / scale).render();
  let ink = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const x = ((at / 4) % width) * scale - rim;
    const y = Math.floor(at / 4 / width) * scale - rim;
    const isInside = x >= -scale && x <= 800 && y >= -scale && y <= height;
    if (!isInside && pixels[at + 3] !== 0) ink += 1;
  }
  return ink;
}
