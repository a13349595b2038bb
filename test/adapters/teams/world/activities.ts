import { randomUUID } from "node:crypto";
import { type Fields, partsOf } from "./json.ts";
import type { Conversation, Message, Places, Profile } from "./places.ts";
import { type Said, written } from "./said.ts";

/** What Teams sends; tests may alter it before it goes out. */
export interface Activity extends Fields {
  type: string;
  id: string;
  serviceUrl: string;
  from: { id: string; name?: string; aadObjectId?: string };
  conversation: { id: string; tenantId: string; conversationType: string; isGroup?: boolean };
  recipient: { id: string; name: string };
  channelData: Fields & { tenant: { id: string } };
  text?: string;
  value?: unknown;
  entities?: Fields[];
}

export interface Where {
  from: Profile;
  /** By default their chat. */
  in?: Conversation;
  /** The id of the post that began it. */
  thread?: string;
}

type Saying = Where & Partial<Said> & { text: string };
type Pressing = Where & { replyTo: string; data?: Fields };

/** Complete activities of every kind, which are not sent yet. */
export interface Activities {
  message(parts: Saying): Activity;
  /** A press on an Action.Execute. */
  invoke(parts: Pressing & { verb: string; id?: string }): Activity;
  /** A press on an Action.Submit. */
  submit(parts: Pressing): Activity;
  edited(message: Message, parts: Saying): Activity;
  deleted(message: Message, parts: Where): Activity;
  reaction(message: Message, parts: Where & { type: string; isRemoved?: boolean }): Activity;
  typing(parts: Where): Activity;
  installation(parts: Where & { action: string }): Activity;
  /** Accounts that came, or went. */
  members(parts: Where & { added?: { id: string }[]; removed?: { id: string }[] }): Activity;
}

export function openActivities(places: Places): Activities {
  const act = (type: string, where: Where, parts: Fields = {}) => activityOf(places, type, where, parts);
  const event = (type: string, where: Where, parts: Fields = {}) =>
    act(type, where, { id: `f:${randomUUID()}`, ...parts });

  function saying({ text, mentions, also, typed, from, in: place = from.chat }: Saying, client: Fields[]) {
    const usual = place.type === "personal" ? 0 : 1;
    const said = written(places, { text, mentions: mentions ?? usual, also, typed });
    return { ...said, entities: [...client, ...partsOf(said.entities)] };
  }

  return {
    message(parts) {
      const { from, in: place = from.chat, thread } = parts;
      const id = places.nextId();
      const isPost = place.type === "channel" && thread === undefined;
      if (isPost) place.threads.add(id);
      const where = { ...parts, ...(isPost && { thread: id }) };
      return act("message", where, { id, ...saying(parts, [clientOf(from)]) });
    },
    invoke({ replyTo, verb, id, data = {}, ...where }) {
      const action = { type: "Action.Execute", ...(id !== undefined && { id }), verb, data };
      const value = { action, trigger: "manual" };
      return pressed(event("invoke", where, { name: "adaptiveCard/action", value }), replyTo);
    },
    submit({ replyTo, data = {}, ...where }) {
      return pressed(act("message", where, { value: data }), replyTo);
    },
    edited(message, parts) {
      const { from } = parts;
      const activity = act("messageUpdate", parts, { id: message.id, ...saying(parts, [clientOf(from)]) });
      activity.channelData.eventType = "editMessage";
      return activity;
    },
    deleted(message, where) {
      const activity = act("messageDelete", where, { id: message.id });
      activity.channelData.eventType = "softDeleteMessage";
      return activity;
    },
    reaction(message, { type, isRemoved = false, ...where }) {
      const key = isRemoved ? "reactionsRemoved" : "reactionsAdded";
      return event("messageReaction", where, { [key]: [{ type }], replyToId: message.id });
    },
    typing: (where) => event("typing", where),
    installation({ action, ...where }) {
      const activity = event("installationUpdate", where, { action });
      const { id } = where.in ?? where.from.chat;
      Object.assign(activity.channelData, {
        settings: { selectedChannel: { id } },
        source: { name: "message" },
      });
      return activity;
    },
    members({ added, removed, ...where }) {
      const lists = {
        ...(added && { membersAdded: added }),
        ...(removed && { membersRemoved: removed }),
      };
      const {
        locale: _,
        localTimezone: __,
        entities: ___,
        ...activity
      } = event("conversationUpdate", where, lists);
      const eventType = added ? "teamMemberAdded" : "teamMemberRemoved";
      const told = where.in?.team ? { eventType } : {};
      return { ...activity, channelData: { ...activity.channelData, ...told } } as Activity;
    },
  };
}

/** A press names the message twice. */
function pressed(activity: Activity, replyTo: string): Activity {
  const source = { source: { name: "message" }, legacy: { replyToId: replyTo } };
  return { ...activity, replyToId: replyTo, channelData: { ...activity.channelData, ...source } };
}

function activityOf(places: Places, type: string, where: Where, parts: Fields): Activity {
  const { from, in: place = from.chat, thread } = where;
  const { tenant, team } = place;
  const now = places.now();
  const id = thread === undefined ? place.id : `${place.id};messageid=${thread}`;
  return {
    type,
    id: places.nextId(),
    timestamp: now.toISOString(),
    localTimestamp: localTime(now, from.zone),
    localTimezone: from.zone,
    channelId: "msteams",
    serviceUrl: tenant.serviceUrl,
    from: { id: from.id, name: from.name, aadObjectId: from.aadObjectId },
    conversation: {
      ...(place.type !== "personal" && { isGroup: true, name: place.name }),
      conversationType: place.type,
      tenantId: tenant.id,
      id,
    },
    recipient: { id: places.botId, name: places.botName },
    entities: [clientOf(from)],
    channelData: {
      ...(team && { teamsChannelId: place.id, teamsTeamId: team.id }),
      ...(team && { channel: { id: place.id, name: place.name } }),
      ...(team && { team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId } }),
      tenant: { id: tenant.id },
    },
    locale: from.locale,
    ...parts,
  };
}

function clientOf({ locale, platform, zone }: Profile): Fields {
  const country = locale.split("-").at(-1);
  return { locale, country, platform, timezone: zone, type: "clientInfo" };
}

/** The moment as a clock in the zone shows it, with its distance from Greenwich. */
function localTime(now: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(now);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign = "+", hours = "00", minutes = "00"] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const ahead = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(now.getTime() + ahead).toISOString().replace("Z", `${sign}${hours}:${minutes}`);
}
