import { describe, expect, test } from "vitest";
import type { WorkspaceId } from "../../src/incoming.ts";
import { openHouse } from "../support.ts";

/** What somebody in Berlin is told of a zone's clock at 09:15 in the Pacific zone. */
async function clockFor(locale: string | undefined): Promise<string> {
  const house = await openHouse();
  const from = { id: "U-eva", name: "Eva", zone: "Europe/Berlin", ...(locale !== undefined && { locale }) };
  const ask = (text: string) =>
    house.answer({ from, workspace: "T-clock" as WorkspaceId, said: { kind: "text", text } });
  const reply = await ask("settings zone Europe/Berlin");
  await house.close();
  return /it is (.*) there/.exec(reply?.title ?? "")?.[1] ?? "";
}

describe("Times are told by the reader's own clock", () => {
  test.each([
    ["en-US", "Tue 3 Nov 2026, 6:15 PM GMT+1"],
    ["en_US", "Tue 3 Nov 2026, 6:15 PM GMT+1"],
    ["en-GB", "Tue 3 Nov 2026, 18:15 GMT+1"],
    ["de-DE", "Tue 3 Nov 2026, 18:15 GMT+1"],
    ["no locale at all", "Tue 3 Nov 2026, 18:15 GMT+1"],
    [undefined, "Tue 3 Nov 2026, 18:15 GMT+1"],
  ])("with the locale %s", async (locale, told) => {
    expect(await clockFor(locale)).toBe(told);
  });

  test("Microsoft's zone stands beside it by the same clock", async () => {
    const house = await openHouse();
    const from = { id: "U-eva", name: "Eva", zone: "Europe/Berlin", locale: "en-US" };
    for (const text of ["track Contoso CRM", "mark Contoso CRM submitted"]) {
      await house.answer({ from, said: { kind: "text", text } });
    }
    const reply = await house.answer({ from, said: { kind: "text", text: "status Contoso CRM" } });
    expect(reply?.title).toBe(
      "Contoso CRM is in review: the report is due by Thu 5 Nov 2026, 6:15 PM GMT+1 (9:15 AM PST).",
    );
    await house.close();
  });
});
