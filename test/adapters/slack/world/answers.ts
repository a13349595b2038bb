import { type Fields, isFields, type Message, stringOf, type View } from "./json.ts";
import type { Channel, Person, Workspace } from "./workspace.ts";

const PACIFIC = "America/Los_Angeles";

/** What the emulator's answer lacks is added; what it tells of views and ephemeral messages is noted. */
export function finished(workspace: Workspace, method: string, body: Fields, answer: Fields): Fields {
  if (answer.ok !== true) return answer;
  noteView(workspace, method, body, answer);
  if (method === "chat.postEphemeral") noteEphemeral(workspace, body, answer);
  const { user, channel } = answer;
  if (method === "users.info" && isFields(user)) {
    return { ...answer, user: asPerson(workspace, user, body.include_locale) };
  }
  if (method === "users.list" && Array.isArray(answer.members)) {
    const members = answer.members.map((one) => (isFields(one) ? asPerson(workspace, one, false) : one));
    return { ...answer, members };
  }
  if (method === "conversations.info" && isFields(channel)) {
    return { ...answer, channel: asChannel(workspace, channel) };
  }
  if (method === "auth.test") {
    const { org } = workspace;
    const whole = org && { enterprise_id: org.id, is_enterprise_install: true };
    return { ...answer, is_enterprise_install: false, ...whole };
  }
  return answer;
}

function asPerson(workspace: Workspace, user: Fields, withLocale: unknown): Fields {
  const person: Person = workspace.people.get(stringOf(user.id)) ?? { name: stringOf(user.name) };
  const { tz = PACIFIC } = person;
  const { org } = workspace;
  return {
    ...user,
    tz,
    tz_label: tz,
    tz_offset: offsetOf(tz),
    deleted: person.isDeleted ?? false,
    is_restricted: person.isRestricted ?? false,
    is_ultra_restricted: person.isUltraRestricted ?? false,
    ...(person.team !== undefined && { team_id: person.team }),
    ...(person.isStranger && { is_stranger: true }),
    ...(org && { enterprise_user: { enterprise_id: org.id, enterprise_name: org.name, id: user.id } }),
    ...(person.enterpriseUser && { enterprise_user: person.enterpriseUser }),
    ...([true, "true", "1"].includes(withLocale as string) && { locale: person.locale ?? "en-US" }),
    ...person.more,
  };
}

/** Seconds before Greenwich, now. */
function offsetOf(tz: string): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: tz, timeZoneName: "longOffset" });
  const name = parts.formatToParts(new Date()).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

function asChannel(workspace: Workspace, channel: Fields): Fields {
  const declared: Channel | undefined = workspace.channels.get(stringOf(channel.id));
  const isShared = declared?.isExtShared ?? false;
  return {
    ...channel,
    is_shared: isShared,
    is_ext_shared: isShared,
    is_org_shared: false,
    context_team_id: workspace.seed.team,
    ...declared?.more,
  };
}

function noteView(workspace: Workspace, method: string, body: Fields, answer: Fields): void {
  if (!isFields(answer.view)) return;
  const view = answer.view as unknown as View;
  const user =
    workspace.triggers.get(stringOf(body.trigger_id) || stringOf(body.interactivity_pointer)) ?? "";
  if (method === "views.open") workspace.modals.opened(user, view);
  if (method === "views.push") workspace.modals.pushed(user, view);
  if (method === "views.update") workspace.modals.updated(view);
  if (method === "views.publish") workspace.homes.set(stringOf(body.user_id), view);
}

function noteEphemeral(workspace: Workspace, body: Fields, answer: Fields): void {
  const message = {
    ...messageOf(body),
    channel: stringOf(body.channel),
    user: workspace.bot.userId,
    ts: stringOf(answer.message_ts),
  };
  workspace.ephemerals.push({ ...message, for: stringOf(body.user) });
}

/** The parts of a message that an app writes. */
export function messageOf(body: Fields): Pick<Message, "type" | "text" | "blocks" | "thread_ts"> {
  return {
    type: "message",
    text: stringOf(body.text),
    ...(Array.isArray(body.blocks) && { blocks: body.blocks }),
    ...(Array.isArray(body.attachments) && { attachments: body.attachments }),
    ...(body.thread_ts !== undefined && { thread_ts: stringOf(body.thread_ts) }),
  };
}
