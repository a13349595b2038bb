import type { WorkspaceId } from "../../src/index.ts";
import type { Lane } from "../pace.ts";

/** Slack takes about one message a second in a channel. */
export function channelLane(workspace: WorkspaceId, channel: string): Lane {
  return { key: `slack/${workspace}/${channel}`, tempo: { every: 1000, burst: 1 } };
}

/** All of a workspace, which is only ever held. */
export function workspaceLane(workspace: WorkspaceId): Lane {
  return { key: `slack/${workspace}`, tempo: { every: 1, burst: 1000 } };
}
