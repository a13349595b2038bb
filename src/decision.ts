import type { Connector } from "./lifecycle/connector.ts";
import type { Reply } from "./reply.ts";
import type { Settings } from "./settings.ts";

/** What should become of a connector: `removed` deletes it; absent, it stays as it is. */
export interface Change {
  next?: Connector | "removed";
}

/** What the rules want, as data: nothing has happened yet. */
export interface Decision extends Change {
  reply: Reply;
  /** Changes the workspace's settings, whatever they have become meanwhile. */
  settings?: (current: Settings) => Settings;
  /** Everything kept for this workspace is to be deleted. */
  forget?: true;
}
