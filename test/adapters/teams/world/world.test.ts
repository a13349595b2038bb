import { expect, test } from "vitest";
import { addressOf } from "./places.ts";
import { openWithBot, pathOf } from "./setup.ts";

test("a person talks to the bot in their chat", async () => {
  const { world, bot, ada, cleo } = await openWithBot();
  const asked = await ada.says("is 1 < 2 & 3?");
  expect(asked.status).toBe(202);
  await world.until(() => ada.last());
  const [heard] = bot.heard;
  expect(heard).toMatchObject({
    type: "message",
    channelId: "msteams",
    text: "is 1 &lt; 2 &amp; 3?",
    textFormat: "plain",
    serviceUrl: "https://smba.trafficmanager.net/emea/",
    locale: "de-DE",
    attachments: [{ contentType: "text/html", content: "<p>is 1 &lt; 2 &amp; 3?</p>" }],
    from: { id: ada.id, name: "Ada Lovelace", aadObjectId: ada.aadObjectId },
    conversation: { conversationType: "personal", tenantId: ada.tenant.id, id: ada.chat.id },
    recipient: { id: world.botId, name: "Connector Shepherd" },
    entities: [{ type: "clientInfo", locale: "de-DE", country: "DE", timezone: "Europe/Berlin" }],
    channelData: { tenant: { id: ada.tenant.id } },
  });
  expect(heard?.localTimestamp).toMatch(/\+0[12]:00$/);
  expect(ada.id).toMatch(/^29:1/);
  expect(ada.chat.id).toMatch(/^a:1/);
  expect(ada.sees().map(({ text }) => text)).toEqual(["is 1 < 2 & 3?", "You said is 1 &lt; 2 &amp; 3?"]);
  expect(cleo.sees(ada.chat)).toEqual([]);
  expect(world.calls).toMatchObject([
    { method: "POST", host: "smba.trafficmanager.net", conversation: ada.chat.id, status: 201 },
  ]);
  expect(world.calls[0]?.path).toBe(`/emea/${pathOf(ada.chat.id, asked.message.id)}`);
  expect(world.calls[0]?.authorization).toBe(`Bearer ${world.botToken}`);
});

test("each tenant is told where to send, and the token goes nowhere else", async () => {
  const { world, cleo } = await openWithBot();
  await cleo.says("hello");
  await world.until(() => cleo.last());
  expect(world.signed.map((url) => new URL(url).pathname.split("/")[1])).toEqual(["amer"]);
  expect(
    await world.signer.signRequest({ url: "https://evil.example/x?y=1", headers: new Headers() }),
  ).toEqual({
    url: `${world.url}/x?y=1`,
    headers: new Headers({ authorization: `Bearer ${world.botToken}`, "x-original-host": "evil.example" }),
  });
});

test("a post in a channel begins a thread, with the bot mentioned as Teams writes it", async () => {
  const { world, bot, ada, bob, channel, team } = await openWithBot();
  const { message } = await ada.says("status of Bob Ross", { in: channel, mentions: 2, also: [bob] });
  await world.until(() => ada.last(channel));
  const [heard] = bot.heard;
  expect(heard?.text).toBe(
    "<at>Connector Shepherd</at>&nbsp;status of <at>Bob Ross</at>&nbsp;<at>Connector Shepherd</at>",
  );
  expect(heard?.entities?.slice(1)).toEqual([
    {
      type: "mention",
      mentioned: { id: world.botId, name: "Connector Shepherd" },
      text: "<at>Connector Shepherd</at>",
    },
    { type: "mention", mentioned: { id: bob.id, name: "Bob Ross" }, text: "<at>Bob Ross</at>" },
    {
      type: "mention",
      mentioned: { id: world.botId, name: "Connector Shepherd" },
      text: "<at>Connector Shepherd</at>",
    },
  ]);
  expect(heard?.conversation).toMatchObject({
    conversationType: "channel",
    isGroup: true,
    id: `${channel.id};messageid=${message.id}`,
  });
  expect(heard?.channelData).toMatchObject({
    teamsChannelId: channel.id,
    teamsTeamId: team.id,
    channel: { id: channel.id },
    team: { id: team.general.id, aadGroupId: team.aadGroupId },
  });
  await bob.says("me too", { thread: message });
  await world.until(() => bob.last(channel).text.endsWith("me too"));
  expect(channel.messages.map(({ thread }) => thread)).toEqual(Array(4).fill(message.id));
  await bot.call("POST", pathOf(channel.id), { type: "message", text: "a new post" });
  const post = ada.last(channel);
  expect(post.thread).toBe(post.id);
  expect(bob.sees(channel, { thread: message })).toHaveLength(4);
});

test("what is written, whatever it is, arrives as it is", async () => {
  const { bot, ada, bob, group } = await openWithBot();
  await ada.says("", { in: group, typed: "<at>Nobody</at> nothing" });
  await bob.says("nothing", {
    in: group,
    change: (activity) => Object.assign(activity, { text: "changed" }),
  });
  await bob.says("ask Ada nothing", { in: group, mentions: 0, also: [ada] });
  expect(bot.heard.map(({ text }) => text)).toEqual([
    ...["<at>Nobody</at> nothing", "changed", "ask Ada nothing <at>Ada Lovelace</at>"],
  ]);
  expect(bot.heard[1]?.conversation).toMatchObject({ conversationType: "groupChat", isGroup: true });
});

test("a targeted message is seen by one person", async () => {
  const { world, bot, ada, bob, channel, group } = await openWithBot();
  await ada.says("for me", { in: channel });
  await world.until(() => ada.last(channel));
  expect(channel.fromBot()).toMatchObject([{ targetedTo: ada.id }]);
  expect(() => bob.last(channel)).toThrow('Bob Ross sees nothing of the bot\'s in "Connectors"');
  const tell = (id: string, recipient?: object) =>
    bot.call("POST", `${pathOf(id)}?isTargetedActivity=true`, { type: "message", text: "psst", recipient });
  const asked = [tell(group.id), tell(ada.chat.id, { id: ada.id }), tell(group.id, { id: bob.id })];
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([400, 400, 201]);
  expect(bob.last(group).text).toBe("psst");
  expect(ada.sees(group)).toEqual([]);
});

test("the bot edits and deletes what it wrote, and nothing else", async () => {
  const { world, bot, ada } = await openWithBot();
  const { message } = await ada.says("hello");
  const answer = await world.until(() => ada.last());
  const change = (method: string, id: string) =>
    bot.call(method, pathOf(ada.chat.id, id), { type: "message", text: "changed" });
  expect((await change("PUT", answer.id)).status).toBe(200);
  expect(ada.last()).toMatchObject({ id: answer.id, text: "changed", edits: 1 });
  const unknown = await change("PUT", message.id);
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ error: { code: "ActivityNotFoundInConversation" } });
  expect((await change("DELETE", answer.id)).status).toBe(200);
  expect(ada.sees()).toHaveLength(1);
  expect(ada.chat.messages.map(({ deleted }) => deleted)).toEqual([false, true]);
  expect((await change("PUT", answer.id)).status).toBe(404);
});

test("the service refuses what it would refuse", async () => {
  const { world, bot, ada, channel } = await openWithBot();
  const post = async (id: string, text: string) => {
    const response = await bot.call("POST", pathOf(id), { type: "message", text });
    return [response.status, ((await response.json()) as { error?: { code: string } }).error?.code];
  };
  expect(await post(ada.chat.id, "x".repeat(110_000))).toEqual([413, "MessageSizeTooBig"]);
  expect(await post("19:gone@thread.v2", "x")).toEqual([404, "ConversationNotFound"]);
  expect(await post(`${channel.id};messageid=1`, "x")).toEqual([404, "ConversationNotFound"]);
  expect(await post(ada.chat.id, "")).toEqual([400, "BadSyntax"]);
  expect(await post(ada.chat.id, "x")).toEqual([201, undefined]);
  const bare = await fetch(`${world.url}/emea/${pathOf(ada.chat.id)}`, { method: "POST", body: "{}" });
  expect(bare.status).toBe(401);
  expect(world.calls.map(({ status }) => status)).toEqual([413, 404, 404, 400, 201, 401]);
});

test("a person has one chat, to be had by their own tenant", async () => {
  const { world, bot, ada, cleo, channel } = await openWithBot();
  const create = async (tenantId: string, who = ada.id) => {
    const tenant = { tenantId, channelData: { tenant: { id: tenantId } } };
    const body = { bot: { id: world.botId }, members: [{ id: who }], ...tenant };
    const response = await bot.call("POST", "v3/conversations", body);
    return [response.status, ((await response.json()) as { id?: string }).id];
  };
  expect(await create(ada.tenant.id)).toEqual([201, ada.chat.id]);
  expect(await create(ada.tenant.id)).toEqual([201, ada.chat.id]);
  expect(await create(cleo.tenant.id)).toEqual([403, undefined]);
  expect(await create(ada.tenant.id, "29:nobody")).toEqual([403, undefined]);
  const activity = { type: "message", text: "begun" };
  const channelData = { channel: { id: channel.id } };
  const begun = await bot.call("POST", "v3/conversations", {
    bot: { id: world.botId },
    isGroup: true,
    channelData,
    activity,
  });
  const { id } = (await begun.json()) as { id: string };
  expect(addressOf(id)).toEqual({ conversation: channel.id, thread: ada.last(channel).id });
  const who = await bot.call("GET", `v3/conversations/${encodeURIComponent(channel.id)}/pagedmembers`);
  expect(await who.json()).toMatchObject({ members: [{ id: ada.id, aadObjectId: ada.aadObjectId }, {}] });
});

test("the app comes and goes", async () => {
  const { world, bot, ada, bob, team, channel } = await openWithBot();
  expect((await world.uninstalls(team, ada)).map(({ status }) => status)).toEqual([202, 202]);
  expect((await bot.call("POST", pathOf(channel.id), { type: "message", text: "x" })).status).toBe(403);
  await world.installs(team, ada, { first: "installationUpdate", isUpgrade: true });
  expect((await bot.call("POST", pathOf(channel.id), { type: "message", text: "x" })).status).toBe(201);
  await world.installs(bob.chat);
  await world.addsMember(team, bob);
  expect(bot.heard.map(({ type, action }) => action ?? type)).toEqual([
    ...["conversationUpdate", "remove", "add-upgrade", "conversationUpdate", "conversationUpdate", "add"],
    "conversationUpdate",
  ]);
  expect(bot.heard[0]).toMatchObject({
    membersRemoved: [{ id: world.botId }],
    channelData: { eventType: "teamMemberRemoved" },
    conversation: { id: team.id },
  });
  expect(bot.heard[5]).toMatchObject({ from: { id: bob.id }, conversation: { id: bob.chat.id } });
  expect(bot.heard[6]).toMatchObject({ membersAdded: [{ id: bob.id }] });
});

test("people edit, delete, react and type", async () => {
  const { world, bot, ada } = await openWithBot();
  const { message } = await ada.says("hello");
  const answer = await world.until(() => ada.last());
  await ada.edits(message, "hello there");
  await ada.reacts(answer, "heart");
  await ada.types();
  await ada.deletes(message);
  expect(bot.heard.slice(1)).toMatchObject([
    { type: "messageUpdate", id: message.id, text: "hello there", channelData: { eventType: "editMessage" } },
    { type: "messageReaction", reactionsAdded: [{ type: "heart" }], replyToId: answer.id },
    { type: "typing" },
    { type: "messageDelete", id: message.id, channelData: { eventType: "softDeleteMessage" } },
  ]);
  expect(ada.sees()).toHaveLength(1);
});
