import { describe, expect, it } from "vitest";
import type { Address } from "../../src/incoming.ts";
import { buttonFor, NAME, openHouse, openHouseAt, openHouseWith, textOf } from "../support.ts";

const CHANNEL = "slack:T1/C-releases/U-bo" as Address;
const inChannel = { where: CHANNEL, setting: "shared" } as const;
const refuse = (why: string) => () => ({ kind: "never", why }) as const;

describe("reminders failed", () => {
  it("is a good word where nothing failed", async () => {
    const house = await openHouseAt("review");
    await house.wait("3d");
    for (const words of ["reminders failed", "failed reminders", "dead letters", "failed", "failed?"])
      expect((await house.say(words)).title).toBe("All is well: no platform has refused a reminder.");
  });

  it("tells what could not be delivered, when, why in plain words, and what to do", async () => {
    const house = await openHouseAt("review", { deliver: refuse("is_archived") });
    await house.wait("2026-11-04T12:00");
    const reply = await house.say("reminders failed");
    expect(reply.title).toBe(
      `1 reminder could not be delivered; the latest, of ${NAME}, Wed 4 Nov 2026, 09:15 PST.`,
    );
    const text = textOf(reply);
    expect(text).toContain(
      "Wed 4 Nov 2026, 09:15 PST · report, 24 hours after submission · for the chat in which it is registered · the channel is archived (“is_archived”)",
    );
    expect(text).toContain(`type reminders ${NAME} here`);
    const { action = "", fields = {} } = buttonFor(reply, "reminders", { do: "here" }) ?? {};
    const here = await house.answer({ said: { kind: "press", action, fields }, ...inChannel });
    expect(here?.title).toContain("come to this channel from now on");
  });

  it("lists the newest first, connector by connector, those of followers too", async () => {
    const house = await openHouseAt("review", { deliver: refuse("channel_not_found") });
    await house.sayAll("track Fabrikam Fleet", "mark Fabrikam Fleet submitted 2026-11-03 09:00");
    await house.answer({ said: { kind: "text", text: `follow ${NAME}` }, ...inChannel });
    await house.wait("2026-11-05T09:10");
    const reply = await house.say("reminders failed");
    expect(reply.title).toContain("4 reminders could not be delivered; the latest, of Fabrikam Fleet");
    const lists = reply.blocks.flatMap((block) => (block.kind === "list" ? [block] : []));
    expect(lists.map(({ heading }) => heading)).toEqual(["Fabrikam Fleet", NAME]);
    const text = textOf(reply);
    expect(text).toContain("for a channel that follows it");
    expect(text).not.toMatch(/C-releases|U-bo/);
  });

  // Final answers of chat.postMessage and conversations.open, those that Teams documents for bots, and our own.
  it.each<[string, string[]]>([
    ["the channel is archived", ["is_archived"]],
    ["the channel is shared with another organisation", ["shared_outside"]],
    [
      "I am not installed there any more",
      [
        ...["account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"],
        ...["team_access_not_granted", "BotNotInConversationRoster", "ForbiddenOperationException"],
        ...["the app is not installed there, or its token was revoked", "the tenant is not served any more"],
      ],
    ],
    [
      "the channel or chat is not there any more",
      [
        "channel_not_found",
        "thread_not_found",
        "ConversationNotFound",
        "ActivityNotFoundInConversation",
        "404",
      ],
    ],
    [
      "the person can't be written to",
      [
        ...["user_not_found", "users_not_found", "user_not_visible", "user_disabled", "cannot_dm_bot"],
        ...["messages_tab_disabled", "no chat"],
      ],
    ],
    ["I was blocked there", ["ConversationBlockedByUser", "MessageWritesBlocked"]],
    ["an administrator has blocked me", ["BotDisabledByAdmin", "ekm_access_denied"]],
    [
      "I may not write there any more",
      [
        ...["not_in_channel", "restricted_action", "restricted_action_read_only_channel", "no_permission"],
        ...["restricted_action_thread_only_channel", "restricted_action_non_threadable_channel"],
        ...["access_denied", "missing_scope", "not_allowed_token_type", "org_login_required"],
        ...[
          "two_factor_setup_required",
          "NotEnoughPermissions",
          "Forbidden",
          "403",
          "the chat is closed to us",
        ],
      ],
    ],
    ["its platform is not connected", ["the address is not Slack's", "the address is not Teams'"]],
    [
      "the platform could not take it as it was written",
      [
        ...["msg_too_long", "msg_blocks_too_long", "no_text", "too_many_attachments", "invalid_blocks"],
        ...[
          "invalid_arguments",
          "invalid_arg_name",
          "MessageSizeTooBig",
          "BadArgument",
          "BadSyntax",
          "400",
          "413",
        ],
      ],
    ],
    ["the platform refused it", ["some_new_word", "author_unknown", "no_token_for_404"]],
  ])("says that %s, by each of the platforms' words for it", async (meaning, words) => {
    for (const why of words) {
      const house = await openHouseAt("review", { deliver: refuse(why) });
      await house.wait("2026-11-04T12:00");
      expect(textOf(await house.say("failed"))).toContain(` · ${meaning} (“${why}”)`);
    }
  });

  it("shows of a platform's word nothing that would turn the line", async () => {
    const house = await openHouseAt("review", { deliver: refuse("a\u202eb") });
    await house.wait("2026-11-04T12:00");
    expect(textOf(await house.say("failed"))).toContain("the platform refused it (“a b”)");
  });

  it("shows nothing of another workspace, nor of what is not followed any more", async () => {
    const house = await openHouseAt("review", { deliver: refuse("is_archived") });
    await house.wait("2026-11-04T12:00");
    expect((await house.as("T-fabrikam", "Bo").say("failed")).title).toContain("All is well");
    await house.say(`untrack ${NAME} confirm`);
    expect((await house.say("failed")).title).toContain("All is well");
  });

  it("leaves words about a failed report what they were", async () => {
    const house = await openHouse();
    expect((await house.say("failed yesterday")).title).toContain("did you mean “mark failed yesterday”?");
    expect(textOf(await house.say("failed"))).toContain("report-failed");
  });
});

describe("A connector whose latest reminder was refused", () => {
  it("says so in its status and its reminders, until one arrives", async () => {
    let isOpen = false;
    const house = await openHouseAt("review", {
      deliver: () => (isOpen ? { kind: "sent" } : { kind: "never", why: "is_archived" }),
    });
    const note = `the latest reminder for the chat in which it is registered could not be delivered, Wed 4 Nov 2026, 09:15 PST: the channel is archived (“is_archived”). Type reminders ${NAME} here where the next ones should come.`;
    expect(textOf(await house.say(`status ${NAME}`))).not.toContain("could not be delivered");
    await house.wait("2026-11-04T12:00");
    for (const command of ["status", "reminders"])
      expect(textOf(await house.say(`${command} ${NAME}`))).toContain(note);
    isOpen = true;
    await house.wait("2026-11-05T12:00");
    for (const command of ["status", "reminders"])
      expect(textOf(await house.say(`${command} ${NAME}`))).not.toContain("could not be delivered");
  });

  it("does not say so for ever", async () => {
    const house = await openHouseWith(NAME, [`mark ${NAME} submitted`], { deliver: refuse("is_archived") });
    await house.wait("2026-11-05T12:00");
    house.sleep("2026-12-05T09:00");
    expect(textOf(await house.say(`status ${NAME}`))).toContain("could not be delivered");
    house.sleep("2026-12-05T10:00");
    expect(textOf(await house.say(`status ${NAME}`))).not.toContain("could not be delivered");
  });
});
