import type { Activities } from "./activities.ts";
import type { Driver } from "./driver.ts";
import { digitsOf, guidOf, opaqueOf } from "./json.ts";
import { type Person, personOf } from "./person.ts";
import {
  addConversation,
  type Conversation,
  type Places,
  type Profile,
  type TeamPlace,
  type TenantPlace,
} from "./places.ts";

/** Where Teams' service is. */
export const SERVICE = "https://smba.trafficmanager.net";

export interface TenantOptions {
  /** "emea" by default. */
  region?: string;
  /** Where the bot is told to send, whatever the region. */
  serviceUrl?: string;
}

export interface Team extends TeamPlace {
  general: Conversation;
  channel(name: string): Conversation;
}

/** An organisation. Asked for the same name, it gives the same person, team or chat. */
export interface Tenant extends TenantPlace {
  person(name: string, options?: Partial<Pick<Profile, "zone" | "locale" | "platform">>): Person;
  team(name: string): Team;
  groupChat(members: Profile[], name: string): Conversation;
}

export function tenantsOf(places: Places, activities: Activities, driver: Driver) {
  const tenants = new Map<string, Tenant>();

  function open(
    name: string,
    { region = "emea", serviceUrl = `${SERVICE}/${region}/` }: TenantOptions = {},
  ): Tenant {
    const people = new Map<string, Person>();
    const teams = new Map<string, Team>();
    const place: TenantPlace = {
      id: guidOf("tenant", name),
      name,
      serviceUrl,
      people,
    };
    return {
      ...place,
      person: (who, { zone = "Europe/London", locale = "en-GB", platform = "Web" } = {}) =>
        remembered(people, who, () => {
          const chat = addConversation(places, {
            id: `a:1${opaqueOf("chat", name, who)}`,
            type: "personal",
            name: who,
            tenant: place,
            members: () => [person],
          });
          const profile: Profile = {
            id: `29:1${opaqueOf("person", name, who).slice(0, 60)}`,
            name: who,
            zone,
            locale,
            platform,
            aadObjectId: guidOf("person", name, who),
            tenant: place,
            chat,
          };
          const person = personOf(places, activities, driver, profile);
          places.people.set(person.id, person);
          return person;
        }),
      team: (called) => remembered(teams, called, () => teamOf(place, called)),
      groupChat(members, called) {
        const id = `19:${digitsOf("group", name, called).slice(0, 32)}@thread.v2`;
        const parts = { id, type: "groupChat" as const, name: called, tenant: place, members: () => members };
        return places.conversations.get(id) ?? addConversation(places, parts);
      },
    };
  }

  function teamOf(tenant: TenantPlace, called: string): Team {
    const channels = new Map<string, Conversation>();
    const idOf = (channel: string) =>
      `19:${digitsOf("channel", tenant.name, called, channel).slice(0, 32)}@thread.tacv2`;
    const channel = (name: string): Conversation =>
      remembered(channels, name, () =>
        addConversation(places, {
          id: idOf(name),
          type: "channel",
          name,
          tenant,
          team,
          members: () => [...tenant.people.values()],
        }),
      );
    const team = {
      id: idOf("General"),
      name: called,
      aadGroupId: guidOf("team", tenant.name, called),
      tenant,
      isInstalled: true,
      channel,
    } as Team;
    team.general = channel("General");
    return team;
  }

  return (name: string, options?: TenantOptions): Tenant =>
    remembered(tenants, name, () => open(name, options));
}

function remembered<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const one = kept.get(key) ?? make();
  kept.set(key, one);
  return one;
}
