import { randomUUID } from "node:crypto";
import { type Clickable, withIds } from "./blocks.ts";
import type { State } from "./inputs.ts";
import { type Fields, isFields, type Message, type View } from "./json.ts";
import type { Workspace } from "./workspace.ts";

/** Any field of a payload, however deep; `undefined` takes it away, a list is put in the place of a list. */
export type Overrides = Fields;

export function overridden(payload: Fields, overrides: Overrides = {}): Fields {
  const merged = Object.entries(overrides).map(([key, value]) => {
    const old = payload[key];
    return [key, isFields(value) && isFields(old) ? overridden(old, value) : value];
  });
  const all = Object.entries({ ...payload, ...Object.fromEntries(merged) });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

export function commandPayload(
  workspace: Workspace,
  asked: { user: string; channel: string; text: string; trigger: string; responseUrl: string },
): Fields {
  const { app, seed, people, org } = workspace;
  return {
    token: app.verificationToken,
    team_id: seed.team,
    team_domain: seed.domain,
    ...(org && { enterprise_id: org.id, enterprise_name: org.name }),
    channel_id: asked.channel,
    channel_name: channelName(workspace, asked.channel),
    user_id: asked.user,
    user_name: people.get(asked.user)?.name ?? "",
    command: app.command,
    text: asked.text,
    api_app_id: app.appId,
    is_enterprise_install: String(org !== undefined),
    response_url: asked.responseUrl,
    trigger_id: asked.trigger,
  };
}

export function eventPayload({ app, seed, org, bot, channels }: Workspace, event: Fields): Fields {
  const channel = channels.get(String(event.channel));
  return {
    token: app.verificationToken,
    team_id: seed.team,
    ...(org && { enterprise_id: org.id }),
    context_team_id: seed.team,
    context_enterprise_id: org?.id ?? null,
    api_app_id: app.appId,
    event: { event_ts: `${Date.now() / 1000}00`, ...event },
    type: "event_callback",
    event_id: `Ev${randomUUID().replaceAll("-", "").slice(0, 10).toUpperCase()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: org?.id ?? null,
        team_id: seed.team,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: org !== undefined,
      },
    ],
    is_ext_shared_channel: channel?.isExtShared ?? false,
    event_context: `4-${randomUUID()}`,
  };
}

/** What a message written by a person is in an event. */
export function messageEvent(workspace: Workspace, message: Message): Fields {
  const { seed, people } = workspace;
  const abroad = people.get(message.user)?.team;
  return {
    user: message.user,
    type: "message",
    ts: message.ts,
    client_msg_id: randomUUID(),
    text: message.text,
    team: abroad ?? seed.team,
    ...(abroad !== undefined && { user_team: abroad, source_team: abroad }),
    ...(message.thread_ts !== undefined && { thread_ts: message.thread_ts }),
    channel: message.channel,
    event_ts: message.ts,
  };
}

function interaction({ app, seed, people, org }: Workspace, user: string, trigger: string): Fields {
  const { name = "", team } = people.get(user) ?? {};
  return {
    user: { id: user, username: name, name, team_id: team ?? seed.team },
    api_app_id: app.appId,
    token: app.verificationToken,
    trigger_id: trigger,
    team: {
      id: seed.team,
      domain: seed.domain,
      ...(org && { enterprise_id: org.id, enterprise_name: org.name }),
    },
    enterprise: org ? { ...org } : null,
    is_enterprise_install: org !== undefined,
  };
}

interface Clicked {
  user: string;
  trigger: string;
  hit: Clickable;
  state: State;
}

export function clickOnMessage(
  workspace: Workspace,
  { user, trigger, hit, state }: Clicked,
  message: Message,
  { responseUrl, isEphemeral }: { responseUrl: string; isEphemeral: boolean },
): Fields {
  const { channel, ts, thread_ts } = message;
  return {
    type: "block_actions",
    ...interaction(workspace, user, trigger),
    container: {
      type: "message",
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: isEphemeral,
      ...(thread_ts !== undefined && { thread_ts }),
    },
    channel: { id: channel, name: channelName(workspace, channel) },
    ...(!isEphemeral && {
      message: { ...message, channel: undefined, team: workspace.seed.team, blocks: withIds(message.blocks) },
    }),
    state: { values: state },
    response_url: responseUrl,
    actions: [actionOf(hit)],
  };
}

export function clickOnView(
  workspace: Workspace,
  { user, trigger, hit, state }: Clicked,
  view: View,
): Fields {
  return {
    type: "block_actions",
    ...interaction(workspace, user, trigger),
    container: { type: "view", view_id: view.id },
    view: viewPayload(workspace, view, state),
    actions: [actionOf(hit)],
  };
}

export function submission(workspace: Workspace, user: string, trigger: string, view: Fields): Fields {
  return {
    type: "view_submission",
    ...interaction(workspace, user, trigger),
    view,
    response_urls: [],
  };
}

export function closing(workspace: Workspace, user: string, view: Fields): Fields {
  const { trigger_id: _none, ...rest } = interaction(workspace, user, "");
  return { type: "view_closed", ...rest, view, is_cleared: false };
}

export function viewPayload({ seed, org }: Workspace, view: View, state: State): Fields {
  return {
    ...view,
    blocks: withIds(view.blocks),
    state: { values: state },
    app_installed_team_id: org?.id ?? seed.team,
  };
}

function actionOf({ block, element, option }: Clickable): Fields {
  const { type, action_id, text, value, url, style, placeholder } = element;
  return {
    type,
    action_id,
    block_id: block.block_id,
    ...(type === "button" && { text, value, url, style }),
    ...(option && { selected_option: option, placeholder }),
    action_ts: `${Date.now() / 1000}00`,
  };
}

function channelName({ channels }: Workspace, id: string): string {
  if (id.startsWith("D")) return "directmessage";
  const channel = channels.get(id);
  return channel?.isPrivate ? "privategroup" : (channel?.name ?? "");
}
