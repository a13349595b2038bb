import { expect, test } from "vitest";
import type { Store } from "../../../src/ports.ts";
import { through } from "../../through.ts";
import { command, goLiveInBoth } from "./live.ts";
import { until } from "./world/json.ts";
import { wordsOf } from "./world/slack-world.ts";

/** A store that answers nobody while it is held. */
function heldStore() {
  let free: Promise<void> = Promise.resolve();
  let release = () => {};
  return {
    hold() {
      free = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => release(),
    throughStore: (store: Store): Store => through(store, () => free),
  };
}

test("a form that takes long shows “One moment” in time, then what came of it", async () => {
  const held = heldStore();
  const { a, followed } = await goLiveInBoth({ throughStore: held.throughStore });
  const status = await command(a, "ana", "track Contoso CRM", "status Contoso CRM");
  await a.click("ana", status, "Record with a date");
  await until("the form", async () => wordsOf(await a.modal("ana")).includes("Milestone"));
  held.hold();
  const sent = await a.submit("ana", { Milestone: "Submitted" });
  expect(sent.trouble).toBeUndefined();
  expect(sent.ackMs).toBeLessThan(2000);
  expect(wordsOf(sent.view)).toContain("One moment …");
  held.release();
  await until("the result", async () => wordsOf(await a.modal("ana")).includes("Contoso CRM: Submitted"));
  await until("the message redrawn", async () => {
    const [mine] = (await a.ephemerals("ana")).filter(({ ts }) => ts === status.ts);
    return wordsOf(mine).includes("Contoso CRM: Submitted");
  });
  expect((await followed(a))[0]?.moves).toHaveLength(1);
});

test("a form that takes long and is refused is asked again, with what is wrong", async () => {
  const held = heldStore();
  const { a, followed } = await goLiveInBoth({ throughStore: held.throughStore });
  const status = await command(a, "ana", "track Contoso CRM", "status Contoso CRM");
  await a.click("ana", status, "Record with a date");
  await until("the form", async () => wordsOf(await a.modal("ana")).includes("Milestone"));
  held.hold();
  await a.submit("ana", { Milestone: "Submitted", When: new Date("2026-12-24T08:00Z") });
  held.release();
  const again = await until("the form again", async () => {
    const window = await a.modal("ana");
    return wordsOf(window).includes("⚠ This is still ahead.") && window;
  });
  expect(wordsOf(again)).toContain("Record it");
  await a.submit("ana", { Milestone: "Submitted", When: new Date("2026-11-03T08:00Z") });
  await until("the change", async () => (await followed(a))[0]?.moves.length === 1);
});

test("a press in the Home that takes long opens “One moment”, then what came of it", async () => {
  const held = heldStore();
  const { a } = await goLiveInBoth({ throughStore: held.throughStore });
  await command(a, "ana", "track Contoso CRM");
  await a.openHome("ana");
  await until("the Home", async () => wordsOf(await a.home("ana")).includes("Contoso CRM"));
  held.hold();
  const pressed = await a.click("ana", "home", "Status");
  expect(pressed.ackMs).toBeLessThan(1000);
  await until("the window", async () => wordsOf(await a.modal("ana")).includes("One moment …"));
  held.release();
  await until("the status", async () => wordsOf(await a.modal("ana")).includes("at the account stage"));
});

test("commands, mentions and presses are acknowledged while the store is held", async () => {
  const held = heldStore();
  const { a } = await goLiveInBoth({ throughStore: held.throughStore });
  const status = await command(a, "ana", "track Contoso CRM", "status Contoso CRM");
  held.hold();
  const acked = [
    await a.command("ana", "connectors", "mark Contoso CRM submitted"),
    await a.mention("ana", "launch", "next Contoso CRM"),
    await a.direct("ana", "status Contoso CRM"),
    await a.click("ana", status, "Next step"),
  ];
  expect(acked.map((one) => one.status)).toEqual([200, 200, 200, 200]);
  for (const { ackMs } of acked) expect(ackMs).toBeLessThan(1000);
  held.release();
  expect(wordsOf((await acked[0]?.answers())?.[0])).toContain("Contoso CRM: Submitted");
});
