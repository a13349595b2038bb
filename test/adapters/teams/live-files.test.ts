import { describe, expect, test } from "vitest";
import { asked, fetched, goLiveInTwo } from "./live.ts";
import { buttonsOf } from "./world/teams-world.ts";

const HOST = "https://shepherd.example.com";
const EXPIRED = "This link is not good any more: ask Connector Shepherd in Teams again.";
const HOUR = 3_600_000;

/** Of whoever opens it, no script runs, nothing is guessed, and no other site learns the address. */
const SAFE = {
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

const picturesIn = (card: unknown) => JSON.stringify(card).match(/https:[^"]+\/timeline\.png/g) ?? [];
const headersOf = ({ headers }: Response) => Object.fromEntries(headers);

/** In both tenants a connector is submitted; of each a picture, a calendar and an export. */
async function goLiveWithFiles() {
  const live = await goLiveInTwo();
  const ofBoth = [live.a, live.b].map(async ({ someone, tenant }) => {
    const lines = [`track CRM of ${tenant.name}`, "mark crm submitted"];
    const [picture = ""] = picturesIn((await asked(live, someone, undefined, ...lines, "forecast")).card);
    const calendar = someone.opens(await asked(live, someone, undefined, "calendar"), "Calendar file");
    const everything = someone.opens(await asked(live, someone, undefined, "export"), "JSON file");
    return { picture, calendar, everything, all: [picture, calendar, everything] };
  });
  const [mine, theirs] = await Promise.all(ofBoth);
  if (!mine || !theirs) throw new Error("no files");
  const statuses = (links: string[]) =>
    Promise.all(links.map(async (link) => (await fetched(live, link)).status));
  return { live, ...live, mine, theirs, statuses };
}

describe("What a card links to", () => {
  test("is a picture, a calendar and an export at the public address, of that tenant alone", async () => {
    const { live, a, b, mine, theirs } = await goLiveWithFiles();
    for (const link of mine.all)
      expect(link).toMatch(new RegExp(`^${HOST}/teams/files/${a.id}/[\\w-]{32}/[\\w-]+\\.(?:png|ics|json)$`));
    for (const link of theirs.all) expect(link.startsWith(`${HOST}/teams/files/${b.id}/`)).toBe(true);
    expect(new Set([...mine.all, ...theirs.all]).size).toBe(6);
    const [picture, calendar, everything] = await Promise.all(mine.all.map((link) => fetched(live, link)));
    expect(await picture?.text()).toBe("a picture");
    expect(await calendar?.text()).toMatch(/^BEGIN:VCALENDAR[\s\S]+CRM of contoso/);
    const kept = (await everything?.text()) ?? "";
    expect(JSON.parse(kept)).toBeTypeOf("object");
    expect(kept).toContain("CRM of contoso");
    expect(kept).not.toContain("fabrikam");
  });

  test("comes with headers that keep it harmless", async () => {
    const { live, mine } = await goLiveWithFiles();
    const [picture, calendar, everything] = await Promise.all(mine.all.map((link) => fetched(live, link)));
    if (!picture || !calendar || !everything) throw new Error("no answer");
    expect(headersOf(picture)).toMatchObject({ ...SAFE, "content-type": "image/png" });
    expect(picture.headers.get("cache-control")).toBe("private, max-age=86400");
    expect(headersOf(calendar)).toMatchObject({
      ...SAFE,
      "content-type": expect.stringContaining("text/calendar"),
      "content-disposition": "attachment; filename*=UTF-8''crm-of-contoso.ics",
      "cache-control": "no-store",
    });
    expect(headersOf(everything)).toMatchObject({ ...SAFE, "cache-control": "no-store" });
    expect(everything.headers.get("content-disposition")).toMatch(/^attachment; .+\.json$/);
    expect(everything.headers.get("content-type")).toMatch(/^application\/json/);
  });

  test("is only read, by its whole address", async () => {
    const { live, a, b, mine, theirs } = await goLiveWithFiles();
    const head = await fetched(live, mine.calendar, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    for (const method of ["POST", "PUT", "DELETE"])
      expect((await fetched(live, mine.calendar, { method })).status).toBe(405);
    const [, , , , id = ""] = new URL(mine.calendar).pathname.split("/");
    const strange = [
      `/teams/files/${b.id}/${id}/crm-of-contoso.ics`,
      `/teams/files/${a.id}/${id.slice(0, -1)}/crm-of-contoso.ics`,
      `/teams/files/${a.id}/${"A".repeat(32)}/x`,
      `/teams/files/${a.id}/`,
      "/teams/files/",
      `/teams/files/${a.id}/..%2f..%2fperson/x`,
      `/teams/files/${a.id}${encodeURIComponent(`/${id}`)}/x`,
    ];
    for (const path of strange) {
      const answer = await fetch(`${live.url}${path}`);
      expect([path, answer.status, await answer.text()]).toEqual([path, 404, EXPIRED]);
      expect(headersOf(answer)).toMatchObject(SAFE);
    }
    expect((await fetched(live, theirs.calendar)).status).toBe(200);
  });

  test("is good for a while: a file for a day, a picture for a month", async () => {
    const { clock, mine, statuses } = await goLiveWithFiles();
    const inHours = (hours: number) => clock.set(clock.now().plus(hours * HOUR));
    inHours(23);
    expect(await statuses(mine.all)).toEqual([200, 200, 200]);
    inHours(2);
    expect(await statuses(mine.all)).toEqual([200, 404, 404]);
    inHours(29 * 24);
    expect(await statuses(mine.all)).toEqual([404, 404, 404]);
  });

  test("is gone when everything was deleted, and of that tenant alone", async () => {
    const { live, a, mine, theirs, statuses } = await goLiveWithFiles();
    const question = await asked(live, a.someone, undefined, "forget");
    await a.someone.presses(question, "Delete everything");
    expect(a.someone.reads(question)).toContain("Nothing is kept for this workspace any more.");
    expect(await statuses(mine.all)).toEqual([404, 404, 404]);
    expect(await statuses(theirs.all)).toEqual([200, 200, 200]);
  });
});

test("Without a public address nothing is linked, and the answer says what is missing", async () => {
  const live = await goLiveInTwo({ config: { publicUrl: undefined } });
  const { someone: ana } = live.a;
  const forecast = await asked(
    live,
    ana,
    undefined,
    "track Contoso CRM",
    "mark contoso submitted",
    "forecast",
  );
  expect(picturesIn(forecast.card)).toEqual([]);
  expect(ana.reads(forecast)).toContain("In all regions");
  for (const line of ["calendar", "export"]) {
    const answer = await asked(live, ana, undefined, line);
    expect(ana.reads(answer)).toContain("who runs me has to set PUBLIC_URL.");
    expect(buttonsOf(answer.card)).not.toContain("JSON file");
    expect(JSON.stringify(answer.card)).not.toContain("/teams/files/");
  }
});
