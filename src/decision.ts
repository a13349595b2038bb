import type { Connector } from "./lifecycle/connector.ts";
import type { Reply } from "./reply.ts";
import type { Settings } from "./settings.ts";

/** What the rules want, as data: nothing has happened yet. */
export interface Decision {
  reply: Reply;
  /** The connector as it should be stored; `removed` deletes it. Absent: it stays as it is. */
  next?: Connector | "removed";
  /** The workspace's settings as they should be stored. */
  settings?: Settings;
  /** Everything kept for this workspace is to be deleted. */
  forget?: true;
}
