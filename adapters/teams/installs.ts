import type { Shelf, WorkspaceId } from "../../src/index.ts";
import { forgetMarks } from "./closed.ts";
import type { Desk } from "./desk.ts";
import { personKey } from "./people.ts";
import { chatKey } from "./post.ts";
import type { Heard, HeardActivity } from "./read.ts";

const MOST_REMEMBERED = 10_000;

/** Where we are installed: chats and teams, by tenant. */
export interface Installs {
  /** Somebody speaks to us there, so we are. */
  note(heard: HeardActivity): Promise<void>;
  /** We were removed there. With the last place of a tenant goes all that is kept for it. */
  remove(desk: Desk, heard: Heard, isRetry: boolean): Promise<void>;
}

export function openInstalls(installsOf: (workspace: WorkspaceId) => Shelf): Installs {
  const noted = new Set<string>();
  const keyOf = ({ tenant, scope }: Heard) => `${tenant}/${scope}`;
  return {
    async note(heard) {
      // Another process may have heard of a removal before we were added again.
      if (noted.has(keyOf(heard)) && heard.kind !== "added") return;
      await installsOf(heard.tenant).set(heard.scope, true);
      if (noted.size >= MOST_REMEMBERED) noted.clear();
      noted.add(keyOf(heard));
    },
    async remove({ assistant, shelfOf, lastingOf, log }, heard, isRetry) {
      const { tenant, scope, person, isDirect } = heard;
      if (isRetry && noted.has(keyOf(heard)))
        return log.info("the app was added again before its removal was done", { workspace: tenant });
      noted.delete(keyOf(heard));
      await installsOf(tenant).delete(scope);
      await forgetMarks(shelfOf(tenant), heard);
      for (const key of isDirect ? [personKey(person), chatKey(person)] : [])
        await shelfOf(tenant).delete(key);
      if (!(await installsOf(tenant).isEmpty())) return;
      await assistant.forget(tenant);
      await lastingOf(tenant).clear();
      log.info("the app was removed from its last place in a tenant, and all of it was deleted", {
        workspace: tenant,
      });
    },
  };
}
