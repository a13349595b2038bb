import { z } from "zod";
import { type Tenant, tenantOf } from "./tenant.ts";
import { bare, unescaped, withoutMentions } from "./typed.ts";

/** Who speaks. `team`: the one they belong to, where the request tells it; it need not be the tenant's. */
export interface Speaker {
  id: string;
  name: string;
  team?: string;
}

const text = z.string();
const maybe = text.nullish();

const Command = z.object({
  team_id: text,
  enterprise_id: maybe,
  is_enterprise_install: z.unknown().optional(),
  user_id: text,
  user_name: text.default(""),
  channel_id: text,
  text: text.default(""),
  response_url: text,
  trigger_id: text,
});

const Envelope = z.object({
  event_id: text,
  event_time: z.number().default(0),
  team_id: maybe,
  enterprise_id: maybe,
  context_team_id: maybe,
  context_enterprise_id: maybe,
  is_ext_shared_channel: z.boolean().nullish(),
  authorizations: z
    .array(
      z.object({
        enterprise_id: maybe,
        team_id: maybe,
        user_id: maybe,
        is_enterprise_install: z.unknown().optional(),
      }),
    )
    .nullish(),
});

const Message = z.object({
  user: text,
  user_team: maybe,
  source_team: maybe,
  team: maybe,
  text: text.default(""),
  channel: text,
  ts: text,
  thread_ts: maybe,
  channel_type: maybe,
  // Joins, edits and the like; a file's words are words.
  subtype: z.enum(["file_share", "thread_broadcast"]).nullish(),
  // Answering other bots could go on for ever, and an edited message was answered.
  bot_id: z.null().optional(),
  edited: z.null().optional(),
});

const Said = z.object({
  event: z.looseObject({ type: text }).transform((event) => ({
    type: event.type,
    message: Message.safeParse(event).data,
  })),
});

const From = z.object({ id: text, team_id: maybe, name: maybe, username: maybe });
const Interaction = z.object({
  trigger_id: text,
  team: z.object({ id: text, enterprise_id: maybe }).nullish(),
  enterprise: z.object({ id: text }).nullish(),
  is_enterprise_install: z.unknown().optional(),
  user: From,
});

const Press = Interaction.extend({
  response_url: maybe,
  actions: z.array(z.object({ action_id: text, value: maybe })).min(1),
  channel: z.object({ id: text }).nullish(),
  container: z.object({
    type: text,
    channel_id: maybe,
    message_ts: maybe,
    thread_ts: maybe,
    is_ephemeral: z.boolean().nullish(),
  }),
  message: z.object({ thread_ts: maybe }).nullish(),
  view: z.object({ id: text, type: text, private_metadata: text.default("") }).nullish(),
});

const Submission = Interaction.extend({
  view: z.object({
    id: text,
    private_metadata: text.default(""),
    app_installed_team_id: maybe,
  }),
});

interface Heard {
  /** The delivery's: the same again is the same delivery. */
  id: string;
  tenant: Tenant;
  speaker: Speaker;
}

export interface HeardCommand extends Heard {
  channel: string;
  text: string;
  respondTo: string;
}

export interface HeardMessage extends Heard {
  channel: string;
  text: string;
  ts: string;
  thread?: string;
  /** Others than the tenant's people read this channel. */
  isSharedOutside: boolean;
}

/** A message in which something was pressed. */
export interface PressedMessage {
  channel: string;
  ts: string;
  thread?: string;
  isEphemeral: boolean;
  respondTo?: string;
}

export interface HeardPress extends Heard {
  trigger: string;
  actionId: string;
  /** Where: in a message, in a modal, or in the app's Home. */
  on: { message: PressedMessage } | { view: { id: string; type: string; metadata: string } };
  payload: unknown;
}

export interface HeardSubmission extends Heard {
  view: { id: string; metadata: string };
  payload: unknown;
}

/** What has happened to an installation. */
export interface HeardEvent {
  id: string;
  tenant: Tenant;
  /** Unix seconds. */
  at: number;
}

export function readCommand(body: unknown): HeardCommand | undefined {
  const read = Command.safeParse(body).data;
  if (!read) return undefined;
  const tenant = tenantOf(read.team_id, read.enterprise_id, read.is_enterprise_install);
  return (
    tenant && {
      id: read.trigger_id,
      tenant,
      speaker: { id: read.user_id, name: read.user_name || read.user_id, team: read.team_id },
      channel: read.channel_id,
      text: bare(unescaped(read.text)),
      respondTo: read.response_url,
    }
  );
}

/** A message to us: one that mentions us, or in the chat with us. */
export function readMessage(body: unknown): HeardMessage | undefined {
  const envelope = readEvent(body);
  const { type, message } = Said.safeParse(body).data?.event ?? {};
  if (!envelope || !message) return undefined;
  if (type === "message" && message.channel_type !== "im") return undefined;
  const team = message.user_team ?? message.source_team ?? message.team;
  return {
    id: envelope.id,
    tenant: envelope.tenant,
    speaker: { id: message.user, name: message.user, ...(team && { team }) },
    channel: message.channel,
    text: bare(unescaped(withoutMentions(message.text, envelope.botUser))),
    ts: message.ts,
    ...(message.thread_ts && { thread: message.thread_ts }),
    isSharedOutside: envelope.isSharedOutside,
  };
}

export function readEvent(
  body: unknown,
): (HeardEvent & { isSharedOutside: boolean; botUser?: string }) | undefined {
  const read = Envelope.safeParse(body).data;
  if (!read) return undefined;
  const [own] = read.authorizations ?? [];
  const tenant = tenantOf(
    read.context_team_id ?? own?.team_id ?? read.team_id,
    read.context_enterprise_id ?? own?.enterprise_id ?? read.enterprise_id,
    own?.is_enterprise_install,
  );
  return (
    tenant && {
      id: read.event_id,
      tenant,
      at: read.event_time,
      isSharedOutside: read.is_ext_shared_channel === true,
      ...(own?.user_id && { botUser: own.user_id }),
    }
  );
}

export function readPressed(body: unknown): HeardPress | undefined {
  const read = Press.safeParse(body).data;
  const heard = read && readInteraction(read);
  const { container, view } = read ?? {};
  if (!read || !heard || !container) return undefined;
  const base = {
    ...heard,
    trigger: read.trigger_id,
    actionId: read.actions[0]?.action_id ?? "",
    payload: body,
  };
  if (view)
    return { ...base, on: { view: { id: view.id, type: view.type, metadata: view.private_metadata } } };
  const channel = container.channel_id ?? read.channel?.id;
  if (!channel || !container.message_ts) return undefined;
  const thread = container.thread_ts ?? read.message?.thread_ts;
  const message: PressedMessage = {
    channel,
    ts: container.message_ts,
    isEphemeral: container.is_ephemeral === true,
    ...(thread && { thread }),
    ...(read.response_url && { respondTo: read.response_url }),
  };
  return { ...base, on: { message } };
}

export function readSubmission(body: unknown): HeardSubmission | undefined {
  const read = Submission.safeParse(body).data;
  if (!read) return undefined;
  const heard = readInteraction(read, read.view.app_installed_team_id);
  return (
    heard && { ...heard, view: { id: read.view.id, metadata: read.view.private_metadata }, payload: body }
  );
}

/** @param installedTeam where a modal was opened from another workspace: the one of the installation */
function readInteraction(
  { trigger_id, team, enterprise, is_enterprise_install, user }: z.infer<typeof Interaction>,
  installedTeam?: string | null,
): Heard | undefined {
  const tenant = tenantOf(
    installedTeam ?? team?.id ?? user.team_id,
    enterprise?.id ?? team?.enterprise_id,
    is_enterprise_install,
  );
  const name = user.name ?? user.username ?? user.id;
  return (
    tenant && {
      id: trigger_id,
      tenant,
      speaker: { id: user.id, name, ...(user.team_id && { team: user.team_id }) },
    }
  );
}
