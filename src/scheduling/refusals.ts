import { DateTime } from "luxon";
import type { Connector, Told } from "../lifecycle/connector.ts";
import { placesOf } from "./plan.ts";

/** One reminder that its platform refused for good. */
export interface Refusal {
  connector: Connector;
  /** The reminder's. */
  id: string;
  at: DateTime;
  /** In the platform's word. */
  why: string | undefined;
  /** Where it was to be told. */
  setting: Connector["setting"];
  /** It was for a place that follows the connector, not for the one in which it is registered. */
  isFollower: boolean;
  /** Nothing was told there since. */
  isLatest: boolean;
}

/** What could not be delivered of a connector, the newest first. */
export function refusalsOf(connector: Connector): Refusal[] {
  return placesOf(connector)
    .flatMap(({ told, setting, isHome }) => {
      const latest = latestOf(told);
      return Object.entries(told)
        .filter(([, { how }]) => how === "refused")
        .map(([id, { at, why }]) => ({
          connector,
          id,
          at: DateTime.fromISO(at),
          why,
          setting,
          isFollower: !isHome,
          isLatest: at === latest?.at,
        }));
    })
    .toSorted((a, b) => b.at.toMillis() - a.at.toMillis());
}

/** The last that was tried in a place was refused: nobody there hears anything. */
export function isRefused(told: Told): boolean {
  return latestOf(told)?.how === "refused";
}

function latestOf(told: Told): Told[string] | undefined {
  const tried = Object.values(told).filter(({ how }) => how !== "passed");
  return tried.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
}
