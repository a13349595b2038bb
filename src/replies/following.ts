import type { DateTime } from "luxon";
import { type Connector, type Follower, MOST_FOLLOWERS } from "../lifecycle/connector.ts";
import type { Block, Reply, Spans } from "../reply.ts";
import { about, buttons, capital, listText, nameLabel, plural, reply, say, sentence, text } from "./parts.ts";
import { untilText } from "./reminder.ts";
import { moment, type View } from "./times.ts";

type Setting = Connector["setting"];
type Only = Follower["only"];

const SHOWN = 15;

function hereText(setting: Setting): string {
  return setting === "shared" ? "this channel" : "this chat";
}

/** For who may be elsewhere: which place it is, is not told. */
export function placeText(setting: Setting): string {
  return setting === "shared" ? "a channel" : "a chat";
}

const ONLY: Record<Only, string> = {
  all: "all its reminders",
  deadlines: "only the reminders of what its publisher may miss",
};

/** A place hears of a connector from now on, or of more or less of it. `next`: what it will be told first. */
export function followedReply(
  connector: Connector,
  { only, setting }: Pick<Follower, "only" | "setting">,
  next: DateTime | undefined,
  view: View,
): Reply {
  return reply(
    `${capital(hereText(setting))} follows ${connector.name} from now on: ${ONLY[only]} come here too.`,
    text(...(next ? sentence`The next comes ${untilText(next, view)}.` : nothingAhead(connector))),
    buttons(
      otherOnlyButton(connector, only),
      about(connector, "unfollow", "Unfollow"),
      say("All that comes here", "following", "following"),
    ),
  );
}

function nothingAhead({ silence }: Connector): Spans {
  return [silence.mutedAt ? "They are muted just now, for every place." : "None is planned just now."];
}

function otherOnlyButton(connector: Connector, only: Only) {
  return only === "all"
    ? about(connector, "follow", "Only deadlines", { only: "deadlines" }, "deadlines")
    : about(connector, "follow", "All reminders", { only: "all" }, "all");
}

export function alreadyFollowingReply(connector: Connector, { only, setting }: Follower): Reply {
  return reply(
    `${capital(hereText(setting))} follows ${connector.name} already: ${ONLY[only]} come here. Nothing was changed.`,
    buttons(otherOnlyButton(connector, only), about(connector, "unfollow", "Unfollow")),
  );
}

export function registeredHereReply(connector: Connector, wanted: "follow" | "unfollow"): Reply {
  const { setting, name } = connector;
  return reply(
    `${name} is registered in ${hereText(setting)}, so all its reminders come here${wanted === "follow" ? " already" : ""}. Nothing was changed.`,
    wanted === "follow"
      ? undefined
      : text(
          "To have them elsewhere, type there ",
          { bold: `reminders ${name} here` },
          "; for silence, ",
          { bold: `reminders ${name} mute` },
          "; to stop keeping it, ",
          { bold: `untrack ${name}` },
          ".",
        ),
    buttons(
      about(connector, "reminders", "Reminders"),
      wanted === "unfollow" ? about(connector, "reminders", "Mute", { do: "mute" }, "mute") : undefined,
    ),
  );
}

export function tooManyFollowersReply(connector: Connector): Reply {
  return reply(
    `${connector.name} is followed in ${MOST_FOLLOWERS} places already, and more are not possible. Nothing was changed.`,
    text("In one of them, type ", { bold: `unfollow ${connector.name}` }, "."),
    buttons(about(connector, "reminders", "Reminders")),
  );
}

export function unfollowedReply(connector: Connector, { only, setting }: Follower): Reply {
  return reply(
    `${capital(hereText(setting))} does not follow ${connector.name} any more; its reminders go on elsewhere.`,
    buttons(
      about(connector, "follow", "Follow again", { only }, only),
      say("All that comes here", "following", "following"),
    ),
  );
}

export function notFollowingReply(connector: Connector, setting: Setting): Reply {
  return reply(
    `${capital(hereText(setting))} does not follow ${connector.name}. Nothing was changed.`,
    buttons(about(connector, "follow", "Follow"), say("All that comes here", "following", "following")),
  );
}

/** A connector that a place hears of. */
export interface Heard {
  connector: Connector;
  /** Absent: it is registered there. */
  only?: Only;
  /** The next reminder that comes there. */
  next?: { at: DateTime; isSnoozed: boolean };
}

/** What a place hears of. */
export function followingReply(heard: readonly Heard[], setting: Setting, view: View): Reply {
  const here = capital(hereText(setting));
  if (heard.length === 0) {
    return reply(
      `${here} hears of no connector.`,
      text(
        "Type ",
        { bold: "follow Contoso CRM" },
        " (a connector's name), or ",
        { bold: "list" },
        " for those that are tracked.",
      ),
      buttons(say("All connectors", "list", "list")),
    );
  }
  const first = heard.find(({ next }) => next);
  const followed = heard.find(({ only }) => only);
  const items = heard.slice(0, SHOWN).map((one) => heardItem(one, view));
  if (heard.length > SHOWN) items.push([`… and ${heard.length - SHOWN} more`]);
  return reply(
    first?.next
      ? sentence`${here} hears of ${plural(heard.length, "connector")}; next of ${first.connector.name}, ${untilText(first.next.at, view)}.`
      : `${here} hears of ${plural(heard.length, "connector")}; no reminder is planned.`,
    { kind: "list", items },
    buttons(
      first && about(first.connector, "reminders", "Next one's reminders"),
      followed && about(followed.connector, "unfollow", `Unfollow ${nameLabel(followed.connector)}`),
      say("All connectors", "list", "list"),
    ),
  );
}

function heardItem({ connector, only, next }: Heard, view: View): Spans {
  const { silence } = connector;
  const why =
    only === undefined ? "registered here" : only === "all" ? "followed" : "followed, only deadlines";
  const ahead: Spans = next
    ? sentence`next ${moment(next.at, view)}${next.isSnoozed ? " (snoozed)" : ""}`
    : [silence.mutedAt ? "muted" : "no reminder planned"];
  return sentence`${{ bold: connector.name }} · ${why} · ${ahead}`;
}

/** Where else a connector is heard of: how many places of which kind, and never which. */
export function elsewhereText({ followers = [] }: Connector): Block | undefined {
  if (followers.length === 0) return undefined;
  const counted = (setting: Setting, only: Only, name: string) => {
    const count = followers.filter((one) => one.setting === setting && one.only === only).length;
    return count === 0 ? [] : [`${plural(count, name)}${only === "deadlines" ? " (only deadlines)" : ""}`];
  };
  const kinds = [
    ...counted("shared", "all", "channel"),
    ...counted("shared", "deadlines", "channel"),
    ...counted("direct", "all", "chat"),
    ...counted("direct", "deadlines", "chat"),
  ];
  return text(`They come to ${listText(kinds)} too.`);
}
