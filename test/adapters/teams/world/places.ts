import type { Fields } from "./json.ts";

/** Who a person is; what they do is in person.ts. */
export interface Profile {
  /** "29:1…": known to this bot only. */
  id: string;
  aadObjectId: string;
  name: string;
  zone: string;
  locale: string;
  platform: string;
  tenant: TenantPlace;
  /** Their chat with the bot. */
  chat: Conversation;
}

export interface TenantPlace {
  id: string;
  name: string;
  /** Where the bot is told to send. */
  serviceUrl: string;
  people: Map<string, Profile>;
}

export interface TeamPlace {
  /** That of its General channel. */
  id: string;
  name: string;
  aadGroupId: string;
  tenant: TenantPlace;
  isInstalled: boolean;
}

export interface Conversation {
  id: string;
  type: "personal" | "channel" | "groupChat";
  name: string;
  tenant: TenantPlace;
  team?: TeamPlace;
  members(): Profile[];
  /** Everyone's, in the order in which they came; deleted ones and those for one person too. */
  messages: Message[];
  /** Those of the bot's. */
  fromBot(): Message[];
  /** The ids of posts that began a thread. */
  threads: Set<string>;
  /** Of a chat; a channel asks its team. */
  isInstalled: boolean;
}

export interface Message {
  id: string;
  /** The id of the conversation, without the thread. */
  conversation: string;
  /** In a channel: the id of the post that began the thread; its own, if this is that post. */
  thread?: string;
  /** The id of who wrote it. */
  from: string;
  isFromBot: boolean;
  /** As it was written: a person's without mentions and escapes. */
  text: string;
  summary: string;
  card: Fields | undefined;
  activity: Fields;
  /** The id of the only person who sees it. */
  targetedTo?: string;
  edits: number;
  deleted: boolean;
  /** What single people are shown instead of the card, by their id. */
  ownCards: Map<string, Fields>;
}

/** What there is on Microsoft's side, whoever asks. */
export interface Places {
  appId: string;
  /** "28:" and the app's id. */
  botId: string;
  botName: string;
  conversations: Map<string, Conversation>;
  people: Map<string, Profile>;
  now(): Date;
  /** Teams calls messages by the milliseconds since 1970. */
  nextId(): string;
}

export interface PlacesOptions {
  appId?: string;
  botName?: string;
  /** What activities take for the time. */
  now?: () => Date;
  /** What tokens take for it: the machine's own, unless the bot has another. */
  tokenNow?: () => Date;
}

export function openPlaces({ appId, botName, now = () => new Date() }: PlacesOptions): Places {
  const id = appId ?? "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
  let last = 0;
  return {
    appId: id,
    botId: `28:${id}`,
    botName: botName ?? "Connector Shepherd",
    conversations: new Map(),
    people: new Map(),
    now,
    nextId() {
      last = Math.max(last + 1, now().getTime());
      return `${last}`;
    },
  };
}

type ConversationParts = Pick<Conversation, "id" | "type" | "name" | "tenant" | "team" | "members">;

export function addConversation({ conversations }: Places, parts: ConversationParts): Conversation {
  const messages: Message[] = [];
  const conversation: Conversation = {
    ...parts,
    messages,
    fromBot: () => messages.filter(({ isFromBot }) => isFromBot),
    threads: new Set(),
    isInstalled: true,
  };
  conversations.set(parts.id, conversation);
  return conversation;
}

/** "19:…@thread.tacv2;messageid=1700000000000" names a channel and a thread in it. */
export function addressOf(id: string): { conversation: string; thread?: string } {
  const [conversation = "", thread] = id.split(";messageid=");
  return { conversation, ...(thread !== undefined && { thread }) };
}

export function isInstalledIn({ team, isInstalled }: Conversation): boolean {
  return team?.isInstalled ?? isInstalled;
}

export function maySee(person: Profile, conversation: Conversation, message: Message): boolean {
  const isForThem = message.targetedTo === undefined || message.targetedTo === person.id;
  return !message.deleted && isForThem && conversation.members().some(({ id }) => id === person.id);
}
