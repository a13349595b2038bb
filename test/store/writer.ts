// A process of its own for processes.test.ts: writes into the store and says on standard output what was accepted.
import { writeSync } from "node:fs";
import { openStore } from "../../src/store/sql-store.ts";
import { CONTOSO, countUp, handClock, keep, MONDAY, sampleConnector } from "./sample.ts";

const [what, path = "", argument = ""] = process.argv.slice(2);
const { store } = await openStore(path, handClock());

/** At once and whole: what was said is known even if this process is killed in the next moment. */
function say(line: unknown): void {
  writeSync(1, `${line}\n`);
}

switch (what) {
  case "count":
    for (let times = Number(argument); times > 0; times--) {
      await countUp(store, { workspace: CONTOSO, id: "shared" });
    }
    break;
  case "claim":
    for (let claimed = await claim(); claimed.length > 0; claimed = await claim()) {
      for (const { id } of claimed) say(id);
    }
    break;
  case "write": {
    let connector = await keep(store, sampleConnector({ id: argument }));
    for (;;) {
      say(connector.revision);
      const kept = "x".repeat((connector.revision * 997) % 9000);
      const steps = { swagger: { at: connector.trackedAt, by: connector.owner, kept } };
      connector = await keep(store, { ...connector, steps, evidence: { connections: connector.revision } });
    }
  }
}
await store.close();

function claim() {
  return store.claimDue(MONDAY, 7, 60_000);
}
