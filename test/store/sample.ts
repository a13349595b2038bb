import { DateTime } from "luxon";
import type { Decision } from "../../src/decision.ts";
import type { Address, WorkspaceId } from "../../src/incoming.ts";
import type { Connector, ConnectorKey } from "../../src/lifecycle/connector.ts";
import type { Clock, Store } from "../../src/ports.ts";

export const CONTOSO = "T-contoso" as WorkspaceId;
export const FABRIKAM = "T-fabrikam" as WorkspaceId;
export const MONDAY = DateTime.fromISO("2026-03-02T10:00:00.000Z", { zone: "utc" });

const ana = { id: "U1", name: "Ana" };

/** A connector as a rule would lay it out; `revision` is left for the store. */
export function sampleConnector(parts: Partial<Connector> & { id: string }): Connector {
  return {
    workspace: CONTOSO,
    name: `Connector ${parts.id}`,
    moves: [
      {
        milestone: "submitted",
        at: "2026-03-01T09:30:00.000-08:00",
        by: ana,
        recordedAt: "2026-03-01T17:31:00.000Z",
      },
    ],
    steps: { swagger: { at: "2026-02-20T08:00:00.000Z", by: ana, kept: "https://example.com/pull/1" } },
    evidence: { availability: 99.95, users: [40, 50, 60], responses: { "2xx": 1000, "429": 3 } },
    silence: { snoozed: {}, acknowledged: { "report:1": "2026-03-01T17:31:00.000Z" } },
    revision: 0,
    trackedAt: "2026-02-20T08:00:00.000Z",
    owner: ana,
    where: "slack:C1" as Address,
    setting: "shared",
    told: { "test-link:1": { at: "2026-03-01T17:31:00.000Z", how: "sent" } },
    changes: [
      { number: 1, what: "rename", at: "2026-03-01T17:31:00.000Z", by: ana, before: { name: "Old" } },
    ],
    ...parts,
  };
}

export function isoOf(moment: DateTime): string {
  return new Date(moment.toMillis()).toISOString();
}

export function keyOf({ workspace, id }: ConnectorKey): ConnectorKey {
  return { workspace, id };
}

/** A decision that says nothing to anybody. */
export function decideOn(next?: Connector | "removed"): Decision {
  const reply: Decision["reply"] = { headline: ["Noted."], title: "Noted.", blocks: [], audience: "asker" };
  return next === undefined ? { reply } : { reply, next };
}

/** Stores a connector whatever was there, and returns it as it was stored. */
export async function keep(store: Store, connector: Connector): Promise<Connector> {
  const { next } = await store.change(keyOf(connector), () => decideOn(connector));
  if (next === undefined || next === "removed") throw new Error("nothing was stored");
  return next;
}

/** Adds one to a number kept in the connector's evidence, which starts at 0. */
export async function countUp(store: Store, key: ConnectorKey): Promise<Decision> {
  return store.change(key, (current) => {
    const connector = current ?? sampleConnector({ ...key, evidence: { connections: 0 } });
    const connections = (connector.evidence.connections ?? 0) + 1;
    return decideOn({ ...connector, evidence: { connections } });
  });
}

/** A clock that stands until it is moved. */
export function handClock(start = MONDAY): Clock & { move(milliseconds: number): void } {
  let at = start;
  return {
    now: () => at,
    move(milliseconds) {
      at = at.plus(milliseconds);
    },
  };
}
