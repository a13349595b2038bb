import { expect, it, onTestFinished } from "vitest";
import { arrivalsOf } from "../../bench/reminders/arrivals.ts";
import { earliestEnd } from "../../bench/reminders/limit.ts";
import { openPlatform, type Platform, type PlatformWishes } from "../../bench/reminders/platform.ts";

it("The pacing allows an end that the longest queue of one channel decides", () => {
  const at = (channel: string, ...moments: number[]) => moments.map((dueAt) => ({ channel, dueAt }));
  expect(earliestEnd(at("C1", 0, 0, 0))).toBe(2000);
  expect(earliestEnd([...at("C1", 0, 0), ...at("C2", 500)])).toBe(1000);
  expect(earliestEnd(at("C1", 0, 5000, 5200))).toBe(6000);
});

it("A message that comes twice counts for the process that sent it first", () => {
  const one = (name: string, by: string) => ({ name, by, channel: "C1", workspace: "T1", at: 0 });
  const { lost, doubles, doublesOf } = arrivalsOf(
    ["a", "b", "c"],
    [one("a", "p1"), one("b", "p1"), one("a", "p2")],
  );
  expect({ lost, doubles, doublesOf: [...doublesOf] }).toEqual({
    lost: 1,
    doubles: 1,
    doublesOf: [["p1", 1]],
  });
});

async function open(wishes?: PlatformWishes): Promise<Platform> {
  const platform = await openPlatform(wishes);
  onTestFinished(() => platform.close());
  return platform;
}

async function say(platform: Platform, number: number, channel = "C1"): Promise<Response> {
  const text = `Bench ${`${number}`.padStart(7, "0")}: its report is due`;
  return fetch(`${platform.apiUrl("p1")}chat.postMessage`, {
    method: "POST",
    body: new URLSearchParams({ channel, text }),
  });
}

it("The platform of the bench refuses a second message within a second in a channel, and takes it in another", async () => {
  const platform = await open({ isPaced: true });
  expect((await say(platform, 1)).status).toBe(200);
  const refused = await say(platform, 2);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
  expect((await say(platform, 3, "C2")).status).toBe(200);
  expect(platform.tooSoon()).toBe(1);
  expect(platform.accepted.map(({ name }) => name)).toEqual(["Bench 0000001", "Bench 0000003"]);
});

it("The platform of the bench takes nothing while it is in trouble, and everything again after", async () => {
  const platform = await open();
  await platform.suffer({ kind: "refuses" });
  await expect(say(platform, 1)).rejects.toThrow();
  await platform.suffer({ kind: "fails" });
  expect((await say(platform, 2)).status).toBe(500);
  await platform.suffer({ kind: "limits", seconds: 7 });
  expect((await say(platform, 3)).headers.get("retry-after")).toBe("7");
  await platform.suffer({ kind: "hangs" });
  const hanging = expect(say(platform, 4)).rejects.toThrow();
  await expect.poll(() => platform.calls.get("chat.postMessage")).toBe(3);
  await platform.suffer({ kind: "none" });
  await hanging;
  expect((await say(platform, 5)).status).toBe(200);
  expect([...platform.heard]).toEqual(["Bench 0000005"]);
});
