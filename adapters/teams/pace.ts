import type { Lane, Lanes } from "../pace.ts";

/**
 * Teams takes of a conversation 7 messages in a second, 8 in two, 60 in half a minute and 1800 in an hour, and of a tenant 50 in
 * a second. A tempo lets `burst` and one per `every` through in any time. It leaves room in each of these, because Teams counts
 * when messages arrive, which is not quite when they were sent. One tempo that kept the hour too would be slow for all.
 */
const CONVERSATION = { every: 700, burst: 5 };
const CONVERSATION_BY_HOUR = { every: 4000, burst: 880 };
const TENANT = { every: 40, burst: 20 };

/** What a message to a conversation waits for. */
export function lanesOf(tenant: string, conversation: string): Lanes {
  return [
    conversationLane(tenant, conversation),
    { key: `teams-hour/${tenant}/${conversation}`, tempo: CONVERSATION_BY_HOUR },
    { key: `teams-all/${tenant}`, tempo: TENANT },
  ];
}

export function conversationLane(tenant: string, conversation: string): Lane {
  return { key: `teams/${tenant}/${conversation}`, tempo: CONVERSATION };
}

/** All of a tenant, which is only ever held. */
export function tenantLane(tenant: string): Lane {
  return { key: `teams/${tenant}`, tempo: { every: 1, burst: 1000 } };
}
