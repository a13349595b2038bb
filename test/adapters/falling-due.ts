import { DateTime } from "luxon";
import { createAssistant } from "../../src/assistant.ts";
import { machineClock, shiftedClock } from "../../src/clock.ts";
import type { WorkspaceId } from "../../src/incoming.ts";
import type { Connector } from "../../src/lifecycle/connector.ts";
import { createLog } from "../../src/log.ts";
import type { Store } from "../../src/ports.ts";
import { openStore } from "../../src/store/sql-store.ts";

/** As if the one connector of a tenant had been submitted a day ago. */
export async function fallDue(databaseUrl: string, tenant: { id: string }): Promise<void> {
  const clock = shiftedClock(machineClock);
  clock.set(DateTime.now().minus({ hours: 24, minutes: 1 }));
  const { store, shelf } = await openStore(databaseUrl, clock);
  const messenger = { send: () => Promise.reject(new Error("nothing is due")) };
  const needs = {
    store,
    settings: shelf("settings"),
    clock,
    messenger,
    log: createLog("silent"),
    zone: "UTC",
  };
  const { workspace, where } = await followedIn(store, tenant);
  const from = { id: "someone", name: "Someone" };
  const assistant = createAssistant(needs);
  // Whatever the day and the hour of this run, it is to come.
  for (const text of ["settings quiet off", "settings days all", "mark Contoso CRM submitted"]) {
    const said = { kind: "text", text } as const;
    await assistant.answer({ id: text, workspace, from, where, setting: "direct", said });
  }
  await store.close();
}

/** The wait of a platform that is not there is over. */
export async function waitNoMore(databaseUrl: string, tenant: { id: string }): Promise<void> {
  const { store } = await openStore(databaseUrl, machineClock);
  const now = DateTime.utc().toISO();
  await store.change(await followedIn(store, tenant), (current) =>
    current ? { next: { ...current, retryAt: now, dueAt: now } } : {},
  );
  await store.close();
}

async function followedIn(store: Store, { id }: { id: string }): Promise<Connector> {
  const [connector] = await store.list(id as WorkspaceId);
  if (!connector) throw new Error("nothing is followed");
  return connector;
}
