import type { Activities } from "./activities.ts";
import type { Answer, Driver } from "./driver.ts";
import type { Conversation, Places, Profile } from "./places.ts";
import type { Team } from "./tenants.ts";

interface InstallOptions {
  /** The app's new version takes the place of the old. */
  isUpgrade?: boolean;
  /** Teams sends both, and in no certain order. By default the conversationUpdate goes first. */
  first?: "conversationUpdate" | "installationUpdate";
}

/** `by`: needed where there are several people. Answers in the order in which they were sent. */
type Install = (where: Conversation | Team, by?: Profile, options?: InstallOptions) => Promise<Answer[]>;

/** The app is everywhere from the beginning; where it was removed, what the bot sends is refused. */
export interface Installer {
  installs: Install;
  uninstalls: Install;
  addsMember(team: Team, person: Profile, by?: Profile): Promise<Answer>;
}

export function installerOf({ botId }: Places, activities: Activities, driver: Driver): Installer {
  function change(isInstall: boolean): Install {
    return async (where, given, { isUpgrade = false, first = "conversationUpdate" } = {}) => {
      const place = "general" in where ? where.general : where;
      const by = given ?? (place.type === "personal" ? place.members()[0] : undefined);
      if (!by) throw new Error(`who changes the app in "${where.name}"?`);
      (place.team ?? place).isInstalled = isInstall;
      const parts = { from: by, in: place };
      const action = `${isInstall ? "add" : "remove"}${isUpgrade ? "-upgrade" : ""}`;
      const both = [
        activities.members({ ...parts, [isInstall ? "added" : "removed"]: [{ id: botId }] }),
        activities.installation({ ...parts, action }),
      ];
      const answers: Answer[] = [];
      for (const one of first === "conversationUpdate" ? both : both.toReversed()) {
        answers.push(await driver.post(one));
      }
      return answers;
    };
  }

  return {
    installs: change(true),
    uninstalls: change(false),
    addsMember(team, person, by = person) {
      const { id, aadObjectId } = person;
      const added = [{ id, aadObjectId }];
      return driver.post(activities.members({ from: by, in: team.general, added }));
    },
  };
}
