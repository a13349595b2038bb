import type { Address, WorkspaceId } from "../../src/index.ts";

/** Where in Teams a message goes. `person`: who asked for it there, and is told when the conversation can't be. */
export interface Place {
  tenant: WorkspaceId;
  /** Microsoft's side, such as "https://smba.trafficmanager.net/emea/". */
  serviceUrl: string;
  /** Only the person reads it. */
  isDirect: boolean;
  /** In a channel the thread's: "19:…@thread.tacv2;messageid=…". Also a person's id: the chat with them. */
  conversation: string;
  /** Our own id there. */
  bot: string;
  person: string;
}

const SCHEME = "teams:";

export function mintAddress({ tenant, serviceUrl, isDirect, conversation, bot, person }: Place): Address {
  const parts = [tenant, serviceUrl, isDirect ? "direct" : "shared", conversation, bot, person];
  return `${SCHEME}${parts.map(encodeURIComponent).join("/")}` as Address;
}

/** Undefined: the address is another platform's. */
export function readAddress(address: Address): Place | undefined {
  if (!address.startsWith(SCHEME)) return undefined;
  const [tenant, serviceUrl, setting, conversation, bot, person] = address
    .slice(SCHEME.length)
    .split("/")
    .map(decodeURIComponent);
  if (!tenant || !serviceUrl || !conversation || !bot || !person) return undefined;
  return {
    tenant: tenant as WorkspaceId,
    serviceUrl,
    isDirect: setting === "direct",
    conversation,
    bot,
    person,
  };
}
