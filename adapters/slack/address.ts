import type { Address, WorkspaceId } from "../../src/index.ts";

/** Where in Slack a message goes. `person`: who asked for it there, and is told when the channel can't be. */
export interface Place {
  /** A team's id, or an org's. */
  tenant: WorkspaceId;
  /** Also a person's id: the chat with them. */
  channel: string;
  person: string;
}

const SCHEME = "slack:";

export function mintAddress({ tenant, channel, person }: Place): Address {
  return `${SCHEME}${tenant}/${channel}/${person}` as Address;
}

/** Undefined: the address is another platform's. */
export function readAddress(address: Address): Place | undefined {
  const [, tenant, channel, person] = /^slack:([^/]+)\/([^/]+)\/([^/]+)$/.exec(address) ?? [];
  return tenant && channel && person ? { tenant: tenant as WorkspaceId, channel, person } : undefined;
}
