import type { Shelf, WorkspaceId } from "../../src/index.ts";
import { forgetMarks } from "./closed.ts";
import type { Desk } from "./desk.ts";
import { personKey } from "./people.ts";
import { chatKey } from "./post.ts";
import type { Heard } from "./read.ts";

const MOST_REMEMBERED = 10_000;

/** Where we are installed: chats and teams, by tenant. */
export interface Installs {
  /** Somebody speaks to us there, so we are. */
  note(heard: Heard): Promise<void>;
  /** We were removed there. With the last place of a tenant goes all that is kept for it. */
  remove(desk: Desk, heard: Heard): Promise<void>;
}

export function openInstalls(shelfOf: (workspace: WorkspaceId) => Shelf): Installs {
  const noted = new Set<string>();
  const keyOf = ({ tenant, scope }: Heard) => `${tenant}/${scope}`;
  return {
    async note(heard) {
      if (noted.has(keyOf(heard))) return;
      await shelfOf(heard.tenant).set(heard.scope, true);
      if (noted.size >= MOST_REMEMBERED) noted.clear();
      noted.add(keyOf(heard));
    },
    async remove({ assistant, shelfOf: shelf, log }, heard) {
      const { tenant, scope, person, isDirect } = heard;
      noted.delete(keyOf(heard));
      await shelfOf(tenant).delete(scope);
      await forgetMarks(shelf(tenant), heard);
      for (const key of isDirect ? [personKey(person), chatKey(person)] : []) await shelf(tenant).delete(key);
      if (!(await shelfOf(tenant).isEmpty())) return;
      await assistant.forget(tenant);
      log.info("the app was removed from its last place in a tenant, and all of it was deleted", {
        workspace: tenant,
      });
    },
  };
}
