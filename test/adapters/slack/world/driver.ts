import { clickablesOf, withIds } from "./blocks.ts";
import type { Front } from "./front.ts";
import { filled, type State, type Value } from "./inputs.ts";
import { type Installed, type Installing, install } from "./install.ts";
import { type Fields, type Message, stringOf, until, type View } from "./json.ts";
import {
  clickOnMessage,
  clickOnView,
  commandPayload,
  eventPayload,
  messageEvent,
  type Overrides,
  overridden,
} from "./payloads.ts";
import { type Reading, readingOf } from "./reading.ts";
import type { Answer, Asked } from "./responses.ts";
import { dismiss, type Submitted, submit } from "./submit.ts";
import type { Acked, Transport } from "./transport.ts";
import type { Bot, Workspace } from "./workspace.ts";

/** A delivery, and what came of it. */
interface Delivery extends Acked {
  payload: Fields;
  /** Waits until that many messages were posted to its response_url. */
  answers(count?: number, deadlineMs?: number): Promise<Answer[]>;
  /** What was said in the ack itself. */
  said?: Answer;
}

interface Spoken extends Delivery {
  /** The person's message. */
  ts: string;
  channel: string;
}

interface Saying {
  thread?: string;
  overrides?: Overrides;
}

interface Clicking {
  values?: Record<string, Value>;
  /** Which of several with the same label, from 0. */
  nth?: number;
  overrides?: Overrides;
}

/** People are named by name or id; channels by name, id or "direct" for the person's own with the app. */
export interface Driver extends Reading {
  key: string;
  team: string;
  bot: Bot;
  user(who: string): string;
  channel(which: string, user?: string): Promise<string>;
  /** From the next installation and delivery on, the app is the organisation's. */
  setOrg(org: { id: string; name: string } | undefined): void;
  command(user: string, channel: string, text: string, overrides?: Overrides): Promise<Delivery>;
  /** Says the text in the channel; it names the app in front unless it does so itself. */
  mention(user: string, channel: string, text: string, how?: Saying): Promise<Spoken>;
  direct(user: string, text: string, how?: Saying): Promise<Spoken>;
  /** A message in a channel that is not meant for the app. */
  say(user: string, channel: string, text: string, how?: Saying): Promise<Spoken>;
  /** Any event. */
  event(event: Fields, overrides?: Overrides): Promise<Delivery>;
  click(
    user: string,
    where: "home" | "modal" | { channel: string; ts: string },
    label: string,
    how?: Clicking,
  ): Promise<Delivery>;
  submit(
    user: string,
    values?: Record<string, Value>,
    how?: { hash?: string; overrides?: Overrides },
  ): Promise<Submitted>;
  /** Closes the topmost modal with its cross; delivers view_closed where the app wants it. */
  dismiss(user: string): Promise<Acked | undefined>;
  openHome(user: string, overrides?: Overrides): Promise<Delivery>;
  home(user: string): Promise<View | undefined>;
  modal(user: string): Promise<View | undefined>;
  install(user: string, how?: Installing): Promise<Installed>;
  /** Every token of this workspace dies, and the app is told. */
  uninstall(): Promise<Delivery>;
  /** User ids, as Slack sends them. Tokens of the bots named die. */
  revokeTokens(tokens: { bot?: string[]; oauth?: string[] }): Promise<Delivery>;
  archive(channel: string): Promise<Delivery>;
  /** The app is taken out of the channel. */
  kick(channel: string): Promise<Delivery>;
  /** The app is asked into the channel. */
  invite(channel: string): Promise<Delivery>;
}

export function driverOf(workspace: Workspace, front: Front, transport: Transport): Driver {
  const { emulator, seed, bot, reader } = workspace;
  const reading = readingOf(workspace);

  async function trigger(user: string, view?: string): Promise<string> {
    const asked = { user_id: user, ...(view !== undefined && { view_id: view }) };
    const { trigger_id } = await emulator.must("views.generateTriggerId", reader, asked);
    workspace.triggers.set(stringOf(trigger_id), user);
    return stringOf(trigger_id);
  }

  async function delivered(
    type: "events_api" | "slash_commands" | "interactive",
    payload: Fields,
    answers: Answer[] = [],
    asked?: Asked,
  ): Promise<Delivery> {
    const acked = await transport.deliver(type, payload);
    const said = asked && acked.status === 200 ? await front.responses.say(asked, acked.ackBody) : undefined;
    return {
      ...acked,
      payload,
      ...(said && { said }),
      async answers(count = 1, deadlineMs = 10_000) {
        await until(
          `${count} answer(s), of which ${answers.length} came`,
          () => answers.length >= count,
          deadlineMs,
        );
        return answers;
      },
    };
  }

  const event = (parts: Fields, overrides?: Overrides) =>
    delivered("events_api", overridden(eventPayload(workspace, parts), overrides));

  async function write(
    user: string,
    channel: string,
    text: string,
    { thread, overrides }: Saying,
    asEvent: (message: Fields) => Fields,
  ): Promise<Spoken> {
    const id = await workspace.channelId(channel, user);
    const posted = { channel: id, text, ...(thread !== undefined && { thread_ts: thread }) };
    const { ts } = await emulator.must("chat.postMessage", workspace.tokenOf(user), posted);
    const message: Message = { ...posted, ts: stringOf(ts), user: workspace.userId(user) };
    const delivery = await event(asEvent(messageEvent(workspace, message)), overrides);
    return { ...delivery, ts: message.ts, channel: id };
  }

  async function clickView(user: string, view: View, label: string, typed: State, how: Clicking) {
    const hit = hitOf(view.blocks, label, how.nth);
    const state = filled(view.blocks, how.values, typed);
    const clicked = { user, trigger: await trigger(user, view.id), hit, state };
    const payload = clickOnView(workspace, clicked, view);
    return delivered("interactive", overridden(payload, how.overrides));
  }

  async function clickMessage(
    user: string,
    where: { channel: string; ts: string },
    label: string,
    how: Clicking,
  ): Promise<Delivery> {
    const channel = await workspace.channelId(where.channel, user);
    const { ts } = where;
    const ephemeral = workspace.ephemerals.find((one) => one.ts === ts && one.for === user);
    const message = ephemeral ?? (await reading.message(user, channel, ts));
    if (!message) throw new Error(`${user} sees no message ${ts} in ${channel}`);
    const hit = hitOf(message.blocks ?? [], label, how.nth);
    const state = filled(message.blocks ?? [], how.values);
    const isEphemeral = ephemeral !== undefined;
    const asked: Asked = { workspace, user, channel, message: { ts, isEphemeral } };
    const { url: responseUrl, answers } = front.responses.open(asked);
    const clicked = { user, trigger: await trigger(user), hit, state };
    const payload = clickOnMessage(workspace, clicked, { ...message, channel }, { responseUrl, isEphemeral });
    return delivered("interactive", overridden(payload, how.overrides), answers);
  }

  return {
    ...reading,
    key: workspace.key,
    team: seed.team,
    bot,
    event,
    user: workspace.userId,
    channel: workspace.channelId,
    setOrg(org) {
      workspace.org = org;
    },
    async command(user, channel, text, overrides) {
      const asked: Asked = {
        workspace,
        user: workspace.userId(user),
        channel: await workspace.channelId(channel, user),
      };
      const { url: responseUrl, answers } = front.responses.open(asked);
      const parts = { ...asked, text, trigger: await trigger(asked.user), responseUrl };
      const payload = overridden(commandPayload(workspace, parts), overrides);
      return delivered("slash_commands", payload, answers, asked);
    },
    mention(user, channel, text, how = {}) {
      const named = text.includes(`<@${bot.userId}>`) ? text : `<@${bot.userId}> ${text}`;
      return write(user, channel, named, how, (message) => ({ ...message, type: "app_mention" }));
    },
    direct: (user, text, how = {}) =>
      write(user, "direct", text, how, (message) => ({ ...message, channel_type: "im" })),
    say(user, channel, text, how = {}) {
      const isPrivate = [...workspace.channels.values()].some((one) => one.name === channel && one.isPrivate);
      const channel_type = isPrivate ? "group" : "channel";
      return write(user, channel, text, how, (message) => ({ ...message, channel_type }));
    },
    async click(who, where, label, how = {}) {
      const user = workspace.userId(who);
      if (where === "home") {
        const view = workspace.homes.get(user);
        if (!view) throw new Error(`${who} has no Home`);
        return clickView(user, view, label, {}, how);
      }
      if (where !== "modal") return clickMessage(user, where, label, how);
      const modal = workspace.modals.top(user);
      if (!modal) throw new Error(`${who} has no modal open`);
      modal.typed = filled(modal.view.blocks, how.values, modal.typed);
      return clickView(user, modal.view, label, modal.typed, { ...how, values: {} });
    },
    submit: (who, values = {}, how = {}) =>
      submit(workspace, transport, trigger, workspace.userId(who), values, {
        ...how,
        check: front.problemsOf,
      }),
    dismiss: (who) => dismiss(workspace, transport, workspace.userId(who)),
    async openHome(who, overrides) {
      const user = workspace.userId(who);
      const view = workspace.homes.get(user);
      const channel = await workspace.channelId("direct", who);
      const parts = { type: "app_home_opened", user, channel, tab: "home", ...(view && { view }) };
      return event(parts, overrides);
    },
    home: async (who) => workspace.homes.get(workspace.userId(who)),
    modal: async (who) => workspace.modals.top(workspace.userId(who))?.view,
    install: (who, how) => install(front, workspace, who, how),
    uninstall() {
      for (const token of front.tokensOf(workspace)) front.refuse(token, "account_inactive");
      return event({ type: "app_uninstalled" });
    },
    revokeTokens({ bot: bots = [], oauth = [] }) {
      const dead = front.tokensOf(workspace).filter((token) => token.startsWith("xoxb-") && bots.length > 0);
      for (const token of dead) front.refuse(token, "token_revoked");
      return event({ type: "tokens_revoked", tokens: { oauth, bot: bots } });
    },
    async archive(which) {
      const channel = await workspace.channelId(which);
      await emulator.must("conversations.archive", reader, { channel });
      return event({ type: "channel_archive", channel, user: "U000000001" });
    },
    async kick(which) {
      const channel = await workspace.channelId(which);
      await emulator.must("conversations.kick", reader, { channel, user: bot.userId });
      return event({ type: "channel_left", channel, actor_id: "U000000001" });
    },
    async invite(which) {
      const channel = await workspace.channelId(which);
      await emulator.must("conversations.invite", reader, { channel, users: bot.userId });
      const joined = { type: "member_joined_channel", channel, user: bot.userId, channel_type: "C" };
      return event({ ...joined, team: seed.team, inviter: "U000000001" });
    },
  };
}

function hitOf(blocks: NonNullable<View["blocks"]>, label: string, nth?: number) {
  const all = clickablesOf(withIds(blocks));
  const hits = all.filter((one) => one.label === label);
  const labels = all.map((one) => `"${one.label}"`).join(" · ") || "none";
  if (hits.length > 1 && nth === undefined) {
    throw new Error(`${hits.length} buttons say "${label}"; which one (nth)? There are: ${labels}`);
  }
  const hit = hits[nth ?? 0];
  if (hit) return hit;
  throw new Error(`no button "${label}"; there are: ${labels}`);
}
