import { expect, it } from "vitest";
import { createAssistant } from "../../src/assistant.ts";
import type { WorkspaceId } from "../../src/incoming.ts";
import { StoreError } from "../../src/ports.ts";
import { meterIn } from "../adapters/meter.ts";
import { HERE, openHouse } from "../support.ts";
import { through } from "../through.ts";

it.each([
  [new StoreError("busy", "has been locked for too long"), "failed: busy"],
  [new Error("we did not think of that"), "failed: fault"],
])("An answer that could only say that it did not work is counted: %s", async (error, counted) => {
  const house = await openHouse();
  const metered: string[] = [];
  let isFailing = true;
  const store = through(house.store, () => {
    if (isFailing) throw error;
  });
  const assistant = createAssistant({ ...house.needs, store, meter: meterIn(metered) });
  const ask = (id: string) =>
    assistant.answer({
      id,
      workspace: "T-contoso" as WorkspaceId,
      from: { id: "U-ana", name: "Ana" },
      where: HERE,
      setting: "direct",
      said: { kind: "text", text: "list" },
    });
  expect(await ask("d1")).toBeDefined();
  expect(metered).toEqual([counted, "answered list"]);
  isFailing = false;
  await ask("d2");
  expect(metered).toEqual([counted, "answered list", "answered list"]);
});
