// A process of its own for processes.test.ts: writes into the store and says on standard output what was accepted.
import { writeSync } from "node:fs";
import { StoreError } from "../../src/ports.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { CONTOSO, countUp, handClock, keep, MONDAY, sampleConnector } from "./sample.ts";

const [what, path = "", argument = ""] = process.argv.slice(2);
const { store } = await patiently(() => openStore(path, handClock()));

/**
 * Two that write without a pause can keep each other from the lock for longer than the store waits: SQLite does not queue.
 * Busy means that nothing was done, so it is done again.
 */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError && error.reason === "busy")) throw error;
    }
  }
}

/** At once and whole: what was said is known even if this process is killed in the next moment. */
function say(line: unknown): void {
  writeSync(1, `${line}\n`);
}

switch (what) {
  case "count":
    for (let times = Number(argument); times > 0; times--) {
      await patiently(() => countUp(store, { workspace: CONTOSO, id: "shared" }));
    }
    break;
  case "claim":
    for (let claimed = await claim(); claimed.length > 0; claimed = await claim()) {
      for (const { id } of claimed) say(id);
    }
    break;
  case "write": {
    let connector = await patiently(() => keep(store, sampleConnector({ id: argument })));
    for (;;) {
      say(connector.revision);
      const kept = "x".repeat((connector.revision * 997) % 9000);
      const steps = { swagger: { at: connector.trackedAt, by: connector.owner, kept } };
      const next = { ...connector, steps, evidence: { connections: connector.revision } };
      connector = await patiently(() => keep(store, next));
    }
  }
}
await store.close();

function claim() {
  return patiently(() => store.claimDue(MONDAY, 7, 60_000));
}
