import type { Decision } from "../decision.ts";
import type { Address, Person } from "../incoming.ts";
import type { Connector } from "../lifecycle/connector.ts";
import type { View } from "../replies/times.ts";
import type { Fields } from "./tails.ts";

/** A command as it reaches the rules: who asks what, from where. `fields` come from words or from a button alike. */
export interface Asked {
  fields: Fields;
  from: Person;
  where: Address;
  setting: "direct" | "shared";
}

/** Decides on one connector. */
export type DecideConnector = (asked: Asked, connector: Connector, view: View) => Decision;

/** Decides on a workspace, given all its followed connectors. */
export type DecideWorkspace = (asked: Asked, connectors: readonly Connector[], view: View) => Decision;
