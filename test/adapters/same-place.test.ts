import { expect, test } from "vitest";
import { mintAddress as mintSlack } from "../../adapters/slack/address.ts";
import { mintAddress as mintTeams } from "../../adapters/teams/address.ts";
import { type Address, samePlace, type WorkspaceId } from "../../src/incoming.ts";

const tenant = "T1" as WorkspaceId;
const inSlack = (channel: string, person: string) => mintSlack({ tenant, channel, person });

const CHANNEL = "19:8ec7832abeb3a07fa07fca0c12be9293@thread.tacv2";
const inTeams = (conversation: string, person: string, isDirect = false) =>
  mintTeams({
    tenant,
    serviceUrl: "https://smba.trafficmanager.net/emea/",
    scope: "19:general@thread.tacv2",
    isDirect,
    conversation,
    bot: "28:bot",
    person,
  });

test.each<[string, Address, Address]>([
  ["a channel of Slack, for two people", inSlack("C1", "U1"), inSlack("C1", "U2")],
  ["a channel of Teams, for two people", inTeams(CHANNEL, "29:a/b"), inTeams(CHANNEL, "29:c;d")],
  [
    "a channel of Teams, from two threads",
    inTeams(`${CHANNEL};messageid=1795300811000`, "29:a"),
    inTeams(`${CHANNEL};messageid=1795300899000`, "29:b"),
  ],
  [
    "a thread and its channel",
    inTeams(`${CHANNEL};messageid=1795300811000`, "29:a"),
    inTeams(CHANNEL, "29:a"),
  ],
  ["an address without parts", "terminal:here" as Address, "terminal:here" as Address],
])("the same place: %s", (_, one, other) => {
  expect(samePlace(one, other)).toBe(true);
});

test.each<[string, Address, Address]>([
  ["two channels of Slack", inSlack("C1", "U1"), inSlack("C2", "U1")],
  ["a channel and a chat with the person", inSlack("C1", "U1"), inSlack("U1", "U1")],
  ["two people's chats with us", inSlack("U1", "U1"), inSlack("U2", "U2")],
  ["two channels of Teams", inTeams(CHANNEL, "29:a"), inTeams("19:other@thread.tacv2", "29:a")],
  ["a group chat of Teams and a chat", inTeams("19:x@thread.v2", "29:a"), inTeams("a:1", "29:a", true)],
  ["two platforms", inSlack("C1", "U1"), inTeams("C1", "U1")],
  ["two conversations without parts", "chat:general" as Address, "chat:releases" as Address],
])("two places: %s", (_, one, other) => {
  expect(samePlace(one, other)).toBe(false);
});
