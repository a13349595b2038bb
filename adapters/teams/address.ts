import type { Address, WorkspaceId } from "../../src/index.ts";

/** Where in Teams a message goes. `person`: who asked for it there, and is told when the conversation can't be. */
export interface Place {
  tenant: WorkspaceId;
  /** Microsoft's side, such as "https://smba.trafficmanager.net/emea/". */
  serviceUrl: string;
  /** What we were added to: a chat, or a whole team. */
  scope: string;
  /** Only the person reads it. */
  isDirect: boolean;
  /** In a channel the thread's: "19:…@thread.tacv2;messageid=…". Also a person's id: the chat with them. */
  conversation: string;
  /** Our own id there. */
  bot: string;
  person: string;
}

const SCHEME = "teams:";

export function mintAddress(place: Place): Address {
  const { tenant, serviceUrl, scope, isDirect, conversation, bot, person } = place;
  const parts = [tenant, serviceUrl, scope, isDirect ? "direct" : "shared", conversation, bot, person];
  return `${SCHEME}${parts.map(encodeURIComponent).join("/")}` as Address;
}

/** Undefined: the address is another platform's, or broken. */
export function readAddress(address: Address): Place | undefined {
  if (!address.startsWith(SCHEME)) return undefined;
  const parts = address.slice(SCHEME.length).split("/").map(decoded);
  const [tenant, serviceUrl, scope, setting, conversation, bot, person] = parts;
  if (!tenant || !serviceUrl || !scope || !conversation || !bot || !person) return undefined;
  const isDirect = setting === "direct";
  return { tenant: tenant as WorkspaceId, serviceUrl, scope, isDirect, conversation, bot, person };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** A channel's own id, without that of the thread. */
export function threadless(conversation: string): string {
  const [channel = ""] = conversation.split(";");
  return channel;
}
