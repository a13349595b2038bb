import type { Connector } from "../lifecycle/connector.ts";
import type { Block, Button, Reply, Spans } from "../reply.ts";
import { type Refusal, refusalsOf } from "../scheduling/refusals.ts";
import { about, buttons, nameLabel, plural, reply, say, sentence, text, warning } from "./parts.ts";
import { clip, oneLine } from "./printable.ts";
import { labelOfId } from "./reminders.ts";
import { moment, type View } from "./times.ts";

/** A dozen lines together, which fit into every message whatever the names are. */
const CONNECTORS_SHOWN = 4;
const SHOWN = 3;
const BUTTONS = 3;
const LATELY_DAYS = 30;

/** Every reminder that could not be delivered, the newest first, connector by connector. */
export function failedReply(connectors: readonly Connector[], view: View): Reply {
  const all = connectors
    .flatMap((connector) => refusalsOf(connector))
    .toSorted((a, b) => b.at.toMillis() - a.at.toMillis());
  const [latest] = all;
  if (!latest) {
    return reply(
      "All is well: no platform has refused a reminder.",
      text(
        "Did a certification report fail? Type ",
        { bold: "mark Contoso CRM report-failed" },
        " (your connector's name).",
      ),
      text("What comes when, and what is silenced: type ", { bold: "reminders Contoso CRM" }, "."),
      buttons(say("Connectors", "list", "list")),
    );
  }
  const groups = [...Map.groupBy(all, ({ connector }) => connector.id).values()];
  const left = groups.length - CONNECTORS_SHOWN;
  return reply(
    sentence`${plural(all.length, "reminder")} could not be delivered; the latest, of ${latest.connector.name}, ${moment(latest.at, view)}.`,
    ...groups.slice(0, CONNECTORS_SHOWN).map((group) => listOf(group, view)),
    left > 0 ? text(`… and ${plural(left, "more connector", "more connectors")}.`) : undefined,
    text(
      "They are not sent again. In the channel or chat where the next ones should come, type ",
      { bold: `reminders ${latest.connector.name} here` },
      ".",
    ),
    buttons(...groups.slice(0, BUTTONS).flatMap(hereButton), say("Connectors", "list", "list")),
  );
}

function hereButton([refusal]: readonly Refusal[]): Button[] {
  if (!refusal) return [];
  const { connector } = refusal;
  return [about(connector, "reminders", `Here: ${nameLabel(connector)}`, { do: "here" }, "here")];
}

/** Says that the latest reminder somewhere was refused, while that is news; undefined: it was not. */
export function refusedNote(connector: Connector, view: View): Block | undefined {
  const since = view.now.minus({ days: LATELY_DAYS });
  const refusal = refusalsOf(connector).find(({ isLatest, at }) => isLatest && at >= since);
  if (!refusal) return undefined;
  return warning(
    ...sentence`the latest reminder ${placeText(refusal)} could not be delivered, ${moment(refusal.at, view)}: ${reasonText(refusal.why)}. Type `,
    { bold: refusal.isFollower ? "reminders failed" : `reminders ${connector.name} here` },
    refusal.isFollower ? " for more." : " where the next ones should come.",
  );
}

function listOf(refusals: readonly Refusal[], view: View): Block {
  const items = refusals
    .slice(0, SHOWN)
    .map(
      (one): Spans =>
        sentence`${moment(one.at, view)} · ${labelOfId(one.id)} · ${placeText(one)} · ${reasonText(one.why)}`,
    );
  if (refusals.length > SHOWN) items.push([`… and ${refusals.length - SHOWN} more`]);
  return { kind: "list", heading: refusals[0]?.connector.name ?? "", items };
}

function placeText({ isFollower, setting }: Refusal): string {
  const place = setting === "shared" ? "channel" : "chat";
  return isFollower ? `for a ${place} that follows it` : `for the ${place} in which it is registered`;
}

/** What the words of Slack, of Teams and of our own messengers mean. Others are shown as they are. */
const REASONS: [words: RegExp, means: string][] = [
  [/^is_archived$/, "the channel is archived"],
  [/^shared_outside$/, "the channel is shared with another organisation"],
  [
    /^(?:account_inactive|invalid_auth|not_authed|token_(?:expired|revoked)|team_access_not_granted)$/,
    "I am not installed there any more",
  ],
  [
    /^(?:BotNotInConversationRoster|ForbiddenOperationException|the (?:app|tenant) is not (?:installed|served) .*)$/,
    "I am not installed there any more",
  ],
  [
    /^(?:(?:channel|thread)_not_found|ConversationNotFound|ActivityNotFoundInConversation|404)$/,
    "the channel or chat is not there any more",
  ],
  [
    /^(?:users?_not_found|user_(?:not_visible|disabled)|cannot_dm_bot|messages_tab_disabled|no chat)$/,
    "the person can't be written to",
  ],
  [/^(?:ConversationBlockedByUser|MessageWritesBlocked)$/, "I was blocked there"],
  [/^(?:BotDisabledByAdmin|ekm_access_denied)$/, "an administrator has blocked me"],
  [
    /^(?:not_in_channel|restricted_action\w*|NotEnoughPermissions|Forbidden|403|the chat is closed to us)$/,
    "I may not write there any more",
  ],
  [
    /^(?:access_denied|no_permission|missing_scope|not_allowed_token_type|org_login_required|two_factor_setup_required)$/,
    "I may not write there any more",
  ],
  [/^the address is not \w+'s?$/, "its platform is not connected"],
  [
    /^(?:msg_\w+|no_text|too_many_\w+|invalid_\w+|MessageSizeTooBig|Bad\w+|400|413)$/,
    "the platform could not take it as it was written",
  ],
];

/** "the channel is archived (“is_archived”)". */
function reasonText(why: string | undefined): string {
  if (!why) return "the platform refused it and gave no reason";
  const means = REASONS.find(([word]) => word.test(why))?.[1] ?? "the platform refused it";
  return `${means} (“${clip(oneLine(why), 60)}”)`;
}
