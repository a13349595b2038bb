import { type Emulator, startEmulator } from "./emulator.ts";
import { type Fields, isFields, type Message, stringOf, type View } from "./json.ts";
import { type Modals, openModals } from "./modals.ts";

/** Someone in a workspace. */
export interface Person {
  name: string;
  realName?: string;
  /** Pacific unless given. */
  tz?: string;
  locale?: string;
  /** Of another organisation, seen here through Slack Connect. */
  team?: string;
  isStranger?: boolean;
  isRestricted?: boolean;
  isUltraRestricted?: boolean;
  isDeleted?: boolean;
  enterpriseUser?: Fields;
  /** Whatever else users.info says of them. */
  more?: Fields;
}

export interface Channel {
  name: string;
  isPrivate?: boolean;
  /** Shared with another organisation. */
  isExtShared?: boolean;
  /** Whether the app is in it; it is unless this says no. */
  withBot?: boolean;
  more?: Fields;
}

export interface WorkspaceSeed {
  team: string;
  name: string;
  domain: string;
  people: Person[];
  channels: Channel[];
}

/** The app as it is registered with Slack. */
export interface AppSeed {
  appId: string;
  clientId: string;
  clientSecret: string;
  name: string;
  command: string;
  signingSecret: string;
  verificationToken: string;
  appToken: string;
  /** What the app asks for, and what the tokens given before any OAuth are allowed. */
  scopes: string[];
  /** Where a browser may be sent back to, besides the address the app is connected at. */
  redirectUris: string[];
  /** With token rotation: how many seconds each token lasts that is given, the last for all that follow. None: for ever. */
  lifetimes: number[];
}

export interface Bot {
  /** The token the app holds: one seeded, until it is installed anew by OAuth. */
  token: string;
  id: string;
  userId: string;
}

/** What one person alone sees in a channel. */
export interface Ephemeral extends Message {
  for: string;
}

/** One workspace as the front and the driver know it. */
export interface Workspace {
  key: string;
  seed: WorkspaceSeed;
  app: AppSeed;
  emulator: Emulator;
  bot: Bot;
  /** Installed for a whole organisation. */
  org: { id: string; name: string } | undefined;
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  /** Reads and does everything in this workspace; the app's side never sees it. */
  reader: string;
  /** Posts as the bot, for the front. */
  hand: string;
  ephemerals: Ephemeral[];
  modals: Modals;
  homes: Map<string, View>;
  /** Whose trigger it is. */
  triggers: Map<string, string>;
  tokenOf(user: string): string;
  userId(who: string): string;
  /** By id or name; "direct" needs a person. */
  channelId(which: string, user?: string): Promise<string>;
}

export async function openWorkspace(
  key: string,
  seed: WorkspaceSeed,
  app: AppSeed,
  front: string,
): Promise<Workspace> {
  const mark = seed.team.slice(-4);
  const bot: Bot = { token: `xoxb-${key}-seeded`, id: `B00BOT${mark}`, userId: `U00BOT${mark}` };
  const [reader, hand] = [`xoxp-${key}-reader`, `xoxb-${key}-hand`];
  const tokenOf = (user: string) => `xoxp-${key}-${user}`;
  const asBot = { type: "bot", user_id: bot.userId, bot_id: bot.id, bot_user_id: bot.userId };
  const ours = { app_id: app.appId, client_id: app.clientId };
  const emulator = await startEmulator(seed.team, `${front}/w/${key}`, {
    team: { name: seed.name, domain: seed.domain },
    users: seed.people.map(({ name, realName }) => ({ name, real_name: realName ?? name })),
    channels: seed.channels.map(({ name, isPrivate }) => ({ name, is_private: isPrivate ?? false })),
    oauth_apps: [
      {
        ...ours,
        client_secret: app.clientSecret,
        name: app.name,
        redirect_uris: [`${front}/landing/${key}`],
        scopes: app.scopes,
        bot_id: bot.id,
        bot_user_id: bot.userId,
      },
    ],
    tokens: [
      { ...ours, ...asBot, token: bot.token, scopes: app.scopes },
      { ...ours, ...asBot, token: hand },
      { ...ours, token: reader, type: "user", user: "admin" },
      ...seed.people.map(({ name }) => ({ token: tokenOf(name), type: "user", user: name })),
    ],
    signing_secret: app.signingSecret,
    strict_scopes: true,
  });
  const { members } = await emulator.must("users.list", reader, { limit: 1000 });
  const found = await emulator.must("conversations.list", reader, {
    types: "public_channel,private_channel",
    limit: 1000,
  });
  const people = new Map(seed.people.map((one) => [idOf(members, one.name), one]));
  const channels = new Map(seed.channels.map((one) => [idOf(found.channels, one.name), one]));
  for (const [id, { withBot }] of channels) {
    if (withBot === false) continue;
    await emulator.must("conversations.invite", reader, { channel: id, users: bot.userId });
  }

  function userId(who: string): string {
    if (people.has(who)) return who;
    const [id] = [...people].find(([, { name }]) => name === who) ?? [];
    if (id) return id;
    throw new Error(`nobody in ${key} is called ${who}: ${seed.people.map(({ name }) => name).join(", ")}`);
  }

  async function channelId(which: string, user?: string): Promise<string> {
    if (/^[CDG][A-Z0-9]{8,}$/.test(which)) return which;
    if (which === "direct" && user !== undefined) {
      const name = people.get(userId(user))?.name ?? user;
      const { channel } = await emulator.must("conversations.open", tokenOf(name), { users: bot.userId });
      return stringOf(isFields(channel) && channel.id);
    }
    const [id] = [...channels].find(([, { name }]) => name === which) ?? [];
    if (id) return id;
    throw new Error(`no channel ${which} in ${key}: ${seed.channels.map(({ name }) => name).join(", ")}`);
  }

  return {
    key,
    seed,
    app,
    emulator,
    bot,
    people,
    channels,
    reader,
    hand,
    userId,
    channelId,
    org: undefined,
    ephemerals: [],
    modals: openModals(),
    homes: new Map(),
    triggers: new Map(),
    tokenOf: (user) => tokenOf(people.get(userId(user))?.name ?? user),
  };
}

function idOf(list: unknown, name: string): string {
  const all: unknown[] = Array.isArray(list) ? list : [];
  const found = all.filter(isFields).find((one) => one.name === name);
  if (!found) throw new Error(`the emulator has no ${name}`);
  return stringOf(found.id);
}
