/** What a Slack workspace, a Slack org or a Teams tenant is to the core: the owner of connectors. */
export type WorkspaceId = string & { readonly brand: "WorkspaceId" };

/**
 * Where a message can be sent. Minted and read by one adapter; the core stores it, and knows only this of its form: its
 * last part, after a "/", is who had it made, and what follows a ";" (also as "%3B") in a part is a thread there.
 */
export type Address = string & { readonly brand: "Address" };

/** Whether two addresses lead to the same channel or chat, whoever had them made, and from whichever thread. */
export function samePlace(a: Address, b: Address): boolean {
  return placeIn(a) === placeIn(b);
}

function placeIn(address: Address): string {
  const last = address.lastIndexOf("/");
  return (last < 0 ? address : address.slice(0, last)).replace(/(?:;|%3B)[^/]*/gi, "");
}

/** Someone who speaks to us. `zone` (IANA) and `locale` (BCP 47, for the clock: 18:15 or 6:15 PM) are theirs where the platform tells them. */
export interface Person {
  id: string;
  name: string;
  zone?: string;
  locale?: string;
}

/** One message or one pressed button, already verified by the adapter. */
export interface Incoming {
  /** The platform's delivery id. The same id twice is the same delivery, answered once. */
  id: string;
  workspace: WorkspaceId;
  from: Person;
  where: Address;
  /** What people say to one another here belongs together: a thread. Absent: what one person says here does. */
  thread?: string;
  /** `direct`: only this person reads the answer. `shared`: a channel or group. */
  setting: "direct" | "shared";
  said: Said;
}

export type Said =
  | { kind: "text"; text: string }
  | { kind: "press"; action: string; fields: Record<string, string> };
