import type { Activities, Activity } from "./activities.ts";
import { linksIn, textOf } from "./cards.ts";
import type { Answer, Driver } from "./driver.ts";
import { type Conversation, type Message, maySee, type Places, type Profile } from "./places.ts";
import { type PressOptions, pressActivity, takeAnswer } from "./press.ts";

type ThreadOf = Message | string;
/** The last word on what is sent. */
type Change = (activity: Activity) => void;

interface SayOptions {
  /** By default the chat with the bot, or where the thread is. */
  in?: Conversation;
  /** Any message of it, or the id of its first. */
  thread?: ThreadOf;
  /** How often the bot is mentioned: by default once, and in a personal chat not at all. */
  mentions?: number;
  also?: Profile[];
  /** The text of the activity as it is, instead of `text`. */
  typed?: string;
  change?: Change;
}

export interface Person extends Profile {
  /** Words that Teams showed after a press, without a message. */
  toasts: string[];
  /** What Teams complained of after a press. */
  problems: string[];
  /** `message`: what they wrote, to begin a thread, or to edit it. */
  says(text: string, options?: SayOptions): Promise<Answer & { message: Message }>;
  presses(message: Message, title: string, options?: PressOptions & { change?: Change }): Promise<Answer>;
  /** Where a link or a button leads. */
  opens(message: Message, title: string): string;
  edits(message: Message, text: string): Promise<Answer>;
  deletes(message: Message): Promise<Answer>;
  reacts(message: Message, type?: string, options?: { isRemoved?: boolean }): Promise<Answer>;
  types(conversation?: Conversation): Promise<Answer>;
  /** What they may see, everyone's, each with the card as they see it. */
  sees(conversation?: Conversation, options?: { thread?: ThreadOf }): Message[];
  /** The newest of the bot's that they see; fails when there is none. */
  last(conversation?: Conversation, options?: { thread?: ThreadOf }): Message;
  /** What they read in a message, with times as their clock shows them. */
  reads(message: Message): string;
}

export function personOf(places: Places, activities: Activities, driver: Driver, profile: Profile): Person {
  const { conversations, botId } = places;
  const placeOf = ({ conversation: id }: Message): Conversation => {
    const place = conversations.get(id);
    if (!place) throw new Error(`no conversation ${id}`);
    return place;
  };
  const asSeen = (message: Message): Message => ({
    ...message,
    card: message.ownCards.get(profile.id) ?? message.card,
  });
  /** As it is now, however long ago it was looked at. */
  function current(message: Message): Message {
    const place = placeOf(message);
    const found = place.messages.find(({ id }) => id === message.id);
    if (found && maySee(profile, place, found)) return found;
    throw new Error(`${profile.name} does not see the message ${message.id}`);
  }
  const send = (activity: Activity, change?: Change): Promise<Answer> => {
    change?.(activity);
    return driver.post(activity);
  };
  const at = (message: Message) => ({ from: person, in: placeOf(message), thread: message.thread });

  const person: Person = {
    ...profile,
    toasts: [],
    problems: [],
    async says(text, { in: given, thread: of, change, ...said } = {}) {
      const place = given ?? (typeof of === "object" ? placeOf(of) : person.chat);
      const thread = threadOf(of);
      if (!place.members().some(({ id }) => id === person.id)) {
        throw new Error(`${person.name} is not in "${place.name}"`);
      }
      const activity = activities.message({ from: person, in: place, thread, text, ...said });
      const message: Message = {
        id: activity.id,
        conversation: place.id,
        from: person.id,
        isFromBot: false,
        ...(place.type === "channel" && { thread: thread ?? activity.id }),
        text: said.typed ?? text,
        summary: "",
        card: undefined,
        activity,
        edits: 0,
        deleted: false,
        ownCards: new Map(),
      };
      place.messages.push(message);
      return { ...(await send(activity, change)), message };
    },
    async presses(shown, title, { change, ...options } = {}) {
      const message = current(shown);
      const { activity, isInvoke } = pressActivity(activities, at(message), asSeen(message), title, options);
      const answer = await send(activity, change);
      if (isInvoke) takeAnswer(person, message, answer);
      return answer;
    },
    opens(shown, title) {
      const links = linksIn(asSeen(current(shown)).card);
      const hit = links.find((one) => one.title === title);
      if (hit) return hit.url;
      throw new Error(
        `no link "${title}"; there are: ${links.map((one) => one.title).join(" · ") || "none"}`,
      );
    },
    edits(shown, text) {
      const message = current(shown);
      Object.assign(message, { text, edits: message.edits + 1 });
      return send(activities.edited(message, { ...at(message), text }));
    },
    deletes(shown) {
      const message = current(shown);
      message.deleted = true;
      return send(activities.deleted(message, at(message)));
    },
    reacts: (shown, type = "like", { isRemoved } = {}) => {
      const message = current(shown);
      return send(activities.reaction(message, { ...at(message), type, isRemoved }));
    },
    types: (place = person.chat) => send(activities.typing({ from: person, in: place })),
    sees(place = person.chat, { thread } = {}) {
      const wanted = threadOf(thread);
      return place.messages
        .filter((one) => maySee(profile, place, one) && (wanted === undefined || one.thread === wanted))
        .map(asSeen);
    },
    last(place = person.chat, options = {}) {
      const message = person.sees(place, options).findLast(({ from }) => from === botId);
      if (message) return message;
      throw new Error(`${profile.name} sees nothing of the bot's in "${place.name}"`);
    },
    reads(shown) {
      const { card, text } = asSeen(current(shown));
      return [text, card ? textOf(card, profile) : ""].filter(Boolean).join("\n");
    },
  };
  return person;
}

function threadOf(of: ThreadOf | undefined): string | undefined {
  return typeof of === "object" ? of.thread : of;
}
