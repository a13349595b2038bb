import { describe, expect, it } from "vitest";
import type { Reply } from "../../src/reply.ts";
import { type House, openHouse, textOf } from "../support.ts";

/** What somebody in that zone is answered. */
async function askFrom(house: House, zone: string, text: string): Promise<Reply> {
  const reply = await house.answer({
    from: { id: "U-asha", name: "Asha", zone },
    said: { kind: "text", text },
  });
  if (!reply) throw new Error("no answer");
  return reply;
}

describe("For a reader far from Pacific time", () => {
  it("a near day says that it is counted in Pacific days, where their own date is another", async () => {
    const house = await openHouse({ now: "2026-11-05T20:30" });
    await house.sayAll("track Fleet", "mark Fleet go-live 2026-11-02 9am already");
    expect(textOf(await askFrom(house, "Asia/Kolkata", "status"))).toContain(
      "Fri 6 Nov 2026, tomorrow (Pacific)",
    );
    expect(textOf(await askFrom(house, "America/Denver", "status"))).toContain("Fri 6 Nov 2026, tomorrow.");
    expect(textOf(await askFrom(house, "Asia/Kolkata", "eta"))).toContain("Mon 9 Nov      in 4 days");
  });

  it.each(["Asia/Kolkata", "Pacific/Kiritimati", "Europe/Berlin", "America/Los_Angeles"])(
    "a day without a time means the same in a what-if as in a mark: %s",
    async (zone) => {
      const house = await openHouse({ now: "2026-11-07T05:00" });
      await house.sayAll("track Fleet", "mark Fleet report-passed 2026-11-05 9am already");
      const whatIf = await askFrom(house, zone, "eta Fleet Germany if go-live 2026-11-06");
      await askFrom(house, zone, "mark Fleet go-live 2026-11-06");
      const eta = await askFrom(house, zone, "eta Fleet Germany");
      const day = /Germany \w{3} \d+ \w{3} 2026/;
      expect(day.exec(whatIf.title)?.[0]).toBe(day.exec(eta.title)?.[0]);
    },
  );

  it("a Go live on a day without a time says by which Pacific day it counts", async () => {
    const house = await openHouse({ now: "2026-11-07T05:00" });
    await house.sayAll("track Fleet", "mark Fleet report-passed 2026-11-05 9am already");
    const reply = await askFrom(house, "Asia/Kolkata", "mark Fleet go-live 2026-11-06");
    expect(textOf(reply)).toContain("noon of Fri 6 Nov 2026 where you are is Thu 5 Nov 2026 in Pacific time");
  });

  it("a what-if says by which Pacific day it counts, where that is another than the one named", async () => {
    const house = await openHouse();
    const asked = "eta if go-live 2026-11-06";
    expect(textOf(await askFrom(house, "Asia/Kolkata", asked))).toContain(
      "noon of Fri 6 Nov 2026 where you are is Thu 5 Nov 2026 in Pacific time, by which Fridays are counted; say the time if it matters.",
    );
    expect(textOf(await askFrom(house, "Europe/Berlin", asked))).not.toContain("in Pacific time");
    expect(textOf(await askFrom(house, "Asia/Kolkata", `${asked} 20:00`))).not.toContain("by which Fridays");
  });
});
