import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { webApi } from "@slack/bolt";
import { expect, onTestFinished, test } from "vitest";
import type { Fields } from "./json.ts";
import { openSlackWorld, wordsOf } from "./slack-world.ts";

const words = (text: string) => ({ type: "plain_text" as const, text });

function modal(title: string, ...blocks: webApi.KnownBlock[]): webApi.ModalView {
  return { type: "modal", callback_id: title, title: words(title), submit: words("Send"), blocks };
}

const input = (label: string, element: object, more: object = {}) =>
  ({ type: "input", block_id: label, label: words(label), element, ...more }) as webApi.KnownBlock;

/** A world whose app answers every delivery with the same ack, and does nothing else. */
async function openBefore(view: webApi.ModalView) {
  const world = await openSlackWorld();
  const app = { ack: undefined as Fields | undefined, waitMs: 0 };
  const server = createServer((request, response) => {
    request.resume();
    const answer = () => response.end(app.ack && JSON.stringify(app.ack));
    if (app.waitMs > 0) setTimeout(answer, app.waitMs);
    else answer();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await world.close();
  });
  await world.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const client = new webApi.WebClient(world.a.bot.token, {
    slackApiUrl: world.apiUrl,
    retryConfig: { retries: 0 },
  });
  const { payload } = await world.a.command("ana", "launch", "form");
  const opened = await client.views.open({ trigger_id: String(payload.trigger_id), view });
  return { world, a: world.a, app, client, payload, view: opened.view };
}

test("a trigger opens one modal", async () => {
  const { client, payload } = await openBefore(modal("One"));
  const again = client.views.open({ trigger_id: String(payload.trigger_id), view: modal("Two") });
  await expect(again).rejects.toThrow("exchanged_trigger_id");
});

test("one modal over another; an update of what is shown, none of what is closed", async () => {
  const { a, app, client, view } = await openBefore(modal("Below"));
  app.ack = { response_action: "push", view: modal("Above") };
  expect((await a.submit("ana")).view?.callback_id).toBe("Above");
  await client.views.update({ view_id: String(view?.id), view: modal("Changed") });
  app.ack = undefined;
  expect((await a.submit("ana")).view?.callback_id).toBe("Changed");
  const above = { view_id: String((await a.modal("ana"))?.id), view: modal("Late") };
  await expect(client.views.update({ ...above, hash: "old" })).rejects.toThrow("hash_conflict");
  app.ack = { response_action: "clear" };
  expect((await a.submit("ana")).view).toBeUndefined();
  await expect(client.views.update(above)).rejects.toThrow("not_found");
});

test("what a person types, picks and leaves", async () => {
  const options = ["Red", "Blue"].map((one) => ({ text: words(one), value: one.toLowerCase() }));
  const { a } = await openBefore(
    modal(
      "Form",
      input("Name", { type: "plain_text_input", action_id: "x", initial_value: "Ana", max_length: 5 }),
      input("When", { type: "datetimepicker", action_id: "x" }),
      input("Colour", { type: "static_select", action_id: "x", options, initial_option: options[0] }),
      input("Both", { type: "checkboxes", action_id: "x", options }, { optional: true }),
    ),
  );
  await expect(a.submit("ana")).rejects.toThrow('"When" is required');
  await expect(a.submit("ana", { Name: "too long", When: 1 })).rejects.toThrow('"Name" takes 5 characters');
  await expect(a.submit("ana", { Nmae: "x" })).rejects.toThrow('no input "Nmae" among: Name · When · Colour');
  const sent = await a.submit("ana", { When: new Date(5000), Both: ["Red", "blue"], Colour: "Blue" });
  expect(sent.payload).toMatchObject({
    type: "view_submission",
    user: { username: "ana" },
    team: { id: "T0000000A1" },
    view: {
      state: {
        values: {
          Name: { x: { type: "plain_text_input", value: "Ana" } },
          When: { x: { selected_date_time: 5 } },
          Colour: { x: { selected_option: { value: "blue" } } },
          Both: { x: { selected_options: options } },
        },
      },
    },
  });
  expect(await a.modal("ana")).toBeUndefined();
});

test("an ack that Slack does not understand leaves the modal as it is", async () => {
  const { a, app } = await openBefore(modal("Form", input("Name", { type: "plain_text_input" })));
  app.ack = { response_action: "errors", errors: { Other: "no" } };
  expect(await a.submit("ana", { Name: "x" })).toMatchObject({
    trouble: "an error at Other, which is no input",
    view: { callback_id: "Form" },
  });
  app.ack = { response_action: "errors", errors: { Name: "no" } };
  expect((await a.submit("ana")).errors).toEqual({ Name: "no" });
  app.waitMs = 3100;
  const late = await a.submit("ana", { Name: "y" });
  expect(late.trouble).toMatch(/^the answer took 3\d\d\d ms$/);
  expect(late.errors).toBeUndefined();
});

test("what only one person sees can be clicked, replaced and taken away", async () => {
  const { world, a, client, app } = await openBefore(modal("Form"));
  const channel = await a.channel("launch");
  const blocks = [
    { type: "section", text: { type: "mrkdwn", text: "*Two* <https://x.test|links> &amp; more" } },
    { type: "actions", elements: [{ type: "button", text: words("Go"), action_id: "go", value: "1" }] },
  ] as webApi.KnownBlock[];
  await client.chat.postEphemeral({ channel, user: a.user("ben"), text: "psst", blocks });
  const [seen] = await a.ephemerals("ben", "launch");
  if (!seen) throw new Error("nothing seen");
  expect(wordsOf(seen)).toBe("*Two* links & more\nGo");
  expect(await a.history("launch")).toEqual([]);
  await expect(a.click("ana", seen, "Go")).rejects.toThrow("sees no message");
  const { payload } = await a.click("ben", seen, "Go");
  expect(payload).toMatchObject({
    container: { type: "message", message_ts: seen.ts, channel_id: channel, is_ephemeral: true },
    channel: { id: channel, name: "launch" },
    is_enterprise_install: false,
    enterprise: null,
    actions: [{ action_id: "go", block_id: "block1", type: "button", value: "1", text: { text: "Go" } }],
  });
  expect(payload).not.toHaveProperty("message");
  const answer = (body: object) =>
    fetch(String(payload.response_url), { method: "POST", body: JSON.stringify(body) });
  await answer({ text: "instead", replace_original: true });
  expect((await a.ephemerals("ben")).map(wordsOf)).toEqual(["instead"]);
  await answer({ delete_original: true });
  expect(await a.ephemerals("ben")).toEqual([]);
  app.ack = { text: "in the ack" };
  expect((await a.command("ben", "launch", "x")).said).toMatchObject({ text: "in the ack" });
  expect(await a.ephemerals("ben")).toHaveLength(1);
  expect(world.front.callsTo("response_url")).toHaveLength(2);
});
