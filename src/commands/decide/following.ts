import type { DateTime } from "luxon";
import { type Address, samePlace } from "../../incoming.ts";
import { type Connector, type Follower, isoOf, MOST_FOLLOWERS } from "../../lifecycle/connector.ts";
import {
  alreadyFollowingReply,
  followedReply,
  followingReply,
  type Heard,
  notFollowingReply,
  placeText,
  registeredHereReply,
  tooManyFollowersReply,
  unfollowedReply,
} from "../../replies/following.ts";
import type { View } from "../../replies/times.ts";
import { isPending, type Place, placesOf, planOf, willBeSaid } from "../../scheduling/plan.ts";
import { isRefused } from "../../scheduling/refusals.ts";
import { replan } from "../../scheduling/replan.ts";
import type { DecideConnector, DecideWorkspace } from "../asked.ts";
import { changed } from "../changed.ts";

/** A place hears of a connector beside the one in which it is registered. */
export const decideFollow: DecideConnector = (asked, connector, view) => {
  const { where, setting, from, fields } = asked;
  if (samePlace(where, connector.where)) return { reply: registeredHereReply(connector, "follow") };
  const only: Follower["only"] = fields.only === "deadlines" ? "deadlines" : "all";
  const known = followerAt(connector, where);
  if (known?.only === only) return { reply: alreadyFollowingReply(connector, known) };
  // A place that hears nothing any more gives way.
  const all = connector.followers ?? [];
  const others = all.filter((one) => one !== known);
  const kept = others.length < MOST_FOLLOWERS ? others : others.filter(({ told }) => !isRefused(told));
  if (kept.length >= MOST_FOLLOWERS) return { reply: tooManyFollowersReply(connector) };
  const by = { id: from.id, name: from.name };
  const fresh: Follower = { where, setting, by, at: isoOf(view.now), only, told: {} };
  const follower = known ? { ...known, only } : fresh;
  const what = `follow${only === "deadlines" ? " deadlines" : ""} in ${placeText(setting)}`;
  const next = changed(connector, { followers: [...kept, follower] }, what, from, view.now);
  // What is held back from before is not for them: only the plan knows that.
  const planned = replan(connector, next, view.settings, view.now);
  const soon = nextIn(placeAt(planned, where), planned, view);
  return { reply: followedReply(next, follower, soon?.at, view), next };
};

export const decideUnfollow: DecideConnector = (asked, connector, view) => {
  const known = followerAt(connector, asked.where);
  if (known) {
    const followers = followersWithout(connector, known);
    const what = `unfollow in ${placeText(asked.setting)}`;
    const next = changed(connector, { followers }, what, asked.from, view.now);
    return { reply: unfollowedReply(next, known), next };
  }
  const isHome = samePlace(asked.where, connector.where);
  return {
    reply: isHome ? registeredHereReply(connector, "unfollow") : notFollowingReply(connector, asked.setting),
  };
};

/** What the place where it is asked hears of, the next reminder first. */
export const decideFollowing: DecideWorkspace = (asked, connectors, view) => {
  const heard = connectors.flatMap((connector): Heard[] => {
    const place = placeAt(connector, asked.where);
    if (!place) return [];
    const next = nextIn(place, connector, view);
    return [{ connector, ...(!place.isHome && { only: place.only }), ...(next && { next }) }];
  });
  const momentOf = ({ next }: Heard) => next?.at.toMillis() ?? Number.MAX_SAFE_INTEGER;
  const sorted = heard.toSorted(
    (a, b) => momentOf(a) - momentOf(b) || a.connector.name.localeCompare(b.connector.name, "en"),
  );
  return { reply: followingReply(sorted, asked.setting, view) };
};

export function followerAt({ followers = [] }: Connector, where: Address): Follower | undefined {
  return followers.find((one) => samePlace(one.where, where));
}

/** Undefined: none is left. */
export function followersWithout({ followers = [] }: Connector, gone: Follower): Follower[] | undefined {
  const left = followers.filter((one) => one !== gone);
  return left.length === 0 ? undefined : left;
}

/** Where `where` is, as a place that hears of the connector. */
function placeAt(connector: Connector, where: Address): Place | undefined {
  return placesOf(connector).find((place) => samePlace(place.where, where));
}

function nextIn(
  place: Place | undefined,
  connector: Connector,
  view: View,
): { at: DateTime; isSnoozed: boolean } | undefined {
  const [next] = planOf(connector, view.settings, view.now, place)
    .filter(willBeSaid)
    .flatMap(({ state }) => (isPending(state) && state.at > view.now ? [state] : []))
    .toSorted((a, b) => a.at.toMillis() - b.at.toMillis());
  return next && { at: next.at, isSnoozed: next.kind === "snoozed" };
}
