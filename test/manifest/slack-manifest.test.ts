import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { webApi } from "@slack/bolt";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { INSTALL_PATH, REDIRECT_PATH } from "../../adapters/slack/install.ts";
import { SCOPES } from "../../adapters/slack/scopes.ts";
import { ENDPOINT } from "../../adapters/slack/server.ts";
import { COMMAND_NAMES, COMMANDS } from "../../src/commands/command.ts";
import { parse } from "../../src/commands/parse.ts";
import { openHouse } from "../support.ts";

const ROOT = resolve(import.meta.dirname, "../..");

function readJson(path: string) {
  return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
}

const manifest: Manifest = readJson("manifest/slack.json");

interface Manifest {
  display_information: {
    name: string;
    description: string;
    long_description: string;
    background_color: string;
  };
  features: {
    app_home: Record<string, boolean>;
    bot_user: { display_name: string; always_online: boolean };
    slash_commands: {
      command: string;
      url: string;
      description: string;
      usage_hint: string;
      should_escape: boolean;
    }[];
    agent_view: { agent_description: string; suggested_prompts: { title: string; message: string }[] };
  };
  oauth_config: { redirect_urls: string[]; scopes: Record<string, string[]> };
  settings: {
    event_subscriptions: { request_url: string; bot_events: string[] };
    interactivity: { is_enabled: boolean; request_url: string };
    org_deploy_enabled: boolean;
    socket_mode_enabled: boolean;
    token_rotation_enabled: boolean;
  };
}

const { display_information: display, features, oauth_config: oauth, settings } = manifest;
const [command] = features.slash_commands;
const hint = command?.usage_hint ?? "";

const FOLDER = join(ROOT, "adapters/slack");
const sources = readdirSync(FOLDER).map((name) => readFileSync(join(FOLDER, name), "utf8"));
const source = sources.join("\n");

/** Every method of Slack's library, as it would be written: "chat.postMessage". */
function methodsOf(holder: object, path: string[] = []): string[] {
  return Object.entries(holder).flatMap(([name, value]) => {
    if (typeof value === "function") return [[...path, name].join(".")];
    const isFamily = typeof value === "object" && value !== null && path.length < 4;
    return isFamily && Object.getPrototypeOf(value) === Object.prototype
      ? methodsOf(value, [...path, name])
      : [];
  });
}

const ALL_METHODS = [...methodsOf(new webApi.WebClient()), "filesUploadV2", "apiCall"];

/** As `client.views.open(`, or as `client.views[…](` where "open" stands in the same file. */
function isCalledIn(text: string, method: string): boolean {
  const [family = "", name] = method.split(".");
  const isWritten = new RegExp(String.raw`\b${method.replaceAll(".", String.raw`\.`)}\(`).test(text);
  return isWritten || (text.includes(`client.${family}[`) && text.includes(`"${name}"`));
}

/** What Slack asks for, after its pages of methods and events. */
const OF_METHODS: Record<string, string[]> = {
  "auth.test": [],
  "chat.postEphemeral": ["chat:write"],
  // In public channels that it was not asked into, too.
  "chat.postMessage": ["chat:write", "chat:write.public"],
  "chat.update": ["chat:write"],
  // Asked of public and private channels; a chat is not asked after.
  "conversations.info": ["channels:read", "groups:read"],
  "conversations.open": ["im:write"],
  filesUploadV2: ["files:write"],
  "users.info": ["users:read"],
  "views.open": [],
  "views.publish": [],
  "views.push": [],
  "views.update": [],
};

const OF_EVENTS: Record<string, string[]> = {
  app_home_opened: [],
  app_mention: ["app_mentions:read"],
  app_uninstalled: [],
  "message.im": ["im:history"],
  tokens_revoked: [],
};

/** Slack refuses `assistant:write` without an agent's view, and shows no agent's view without it. */
const OF_FEATURES: Record<string, string[]> = {
  agent_view: ["assistant:write"],
  app_home: [],
  bot_user: [],
  slash_commands: ["commands"],
};

describe("manifest/slack.json", () => {
  it("is what Slack's own schema takes", () => {
    const schema = z.fromJSONSchema(readJson("test/fixtures/slack-manifest.schema.json"));
    expect(schema.safeParse(manifest).error?.issues ?? []).toEqual([]);
    const wrong = { ...manifest, display_information: { ...display, name: "n".repeat(36), nmae: "" } };
    expect(schema.safeParse(wrong).error?.issues).toHaveLength(2);
  });

  it("keeps the limits that people and Slack's pages know", () => {
    expect(display.name.length).toBeLessThanOrEqual(35);
    expect(display.description.length).toBeLessThanOrEqual(140);
    expect(display.long_description.length).toBeGreaterThanOrEqual(175);
    expect(display.long_description.length).toBeLessThanOrEqual(4000);
    expect(features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
    // The schema writes this one as "regex", which no validator knows.
    expect(display.background_color).toMatch(/^#[0-9a-f]{6}$/);
  });

  it("is read on one colour that white words stand out from", () => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
      Number.parseInt(display.background_color.slice(at, at + 2), 16),
    );
    const linear = (value: number) =>
      value / 255 <= 0.040_45 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    const light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    expect(1.05 / (light + 0.05)).toBeGreaterThan(4.5);
  });

  it("asks for the scopes that the installation asks for, and each of them is used", () => {
    const used = [OF_METHODS, OF_EVENTS, OF_FEATURES].flatMap((table) => Object.values(table).flat());
    expect(Object.keys(oauth.scopes)).toEqual(["bot"]);
    expect(oauth.scopes.bot).toEqual(SCOPES);
    expect([...new Set(used)].toSorted()).toEqual(SCOPES);
  });

  it("has every method that the adapter calls in the table of scopes, and no other", () => {
    const called = ALL_METHODS.filter((method) => sources.some((text) => isCalledIn(text, method)));
    expect(ALL_METHODS.length).toBeGreaterThan(200);
    expect([...new Set(called)].toSorted()).toEqual(Object.keys(OF_METHODS).toSorted());
  });

  it("subscribes to the events that the adapter listens to, and to no other", () => {
    const looped = [...source.matchAll(/for \(const type of \[([^\]]*)\]/g)].map(([, names]) => names);
    const listened = [
      ...[...source.matchAll(/app\.event\("(\w+)"/g)].map(([, name]) => name),
      ...[...looped.join().matchAll(/"(\w+)"/g)].map(([, name]) => name),
    ].map((name) => (name === "message" ? "message.im" : name));
    expect(settings.event_subscriptions.bot_events).toEqual(listened.toSorted());
    expect(settings.event_subscriptions.bot_events).toEqual(Object.keys(OF_EVENTS).toSorted());
  });

  it("has the features that the scopes are for, and an agent's view instead of the assistant's of old", () => {
    expect(Object.keys(features).toSorted()).toEqual(Object.keys(OF_FEATURES).toSorted());
  });

  it("sends everything to one host, by paths that the program serves", () => {
    const sent = [
      command?.url,
      settings.event_subscriptions.request_url,
      settings.interactivity.request_url,
    ].map((address) => new URL(address ?? ""));
    const back = oauth.redirect_urls.map((address) => new URL(address));
    expect(sent.map(({ pathname }) => pathname)).toEqual([ENDPOINT, ENDPOINT, ENDPOINT]);
    expect(back.map(({ pathname }) => pathname)).toEqual([REDIRECT_PATH]);
    expect(new Set([...sent, ...back].map(({ origin }) => origin))).toEqual(
      new Set(["https://shepherd.example.com"]),
    );
  });

  it("works as it is for one bot token by HTTP, and for orgs", () => {
    expect(settings).toMatchObject({
      interactivity: { is_enabled: true },
      org_deploy_enabled: true,
      socket_mode_enabled: false,
      // A token that changes twice a day can't be put into a variable; with OAuth this may be true.
      token_rotation_enabled: false,
    });
    expect(features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
    expect(features.bot_user.always_online).toBe(true);
  });
});

describe("the manifest's words", () => {
  it("name one command, whose links and names come as Slack's ids", () => {
    expect(features.slash_commands.map((one) => one.command)).toEqual(["/connector"]);
    expect(command?.should_escape).toBe(true);
  });

  it.each(hint.split(" · "))("hint at “%s” as the help does", (usage) => {
    const name = COMMAND_NAMES.find((one) => usage.split(" ")[0] === COMMANDS[one].words[0]);
    expect(name && COMMANDS[name].usage).toBe(usage);
  });

  it.each([...display.long_description.matchAll(/\/connector ([a-z]+)/g)].map(([, word = ""]) => word))(
    "speak of /connector %s, which is a command",
    (word) => {
      expect(COMMAND_NAMES.some((name) => COMMANDS[name].words[0] === word)).toBe(true);
      expect(parse(word).kind).toMatch(/^(?:said|named)$/);
    },
  );

  it.each(features.agent_view.suggested_prompts)(
    "suggest “$message”, which is answered at once, with no connector and with three",
    async ({ message }) => {
      const house = await openHouse();
      const before = await house.say(message);
      await house.sayAll("track Contoso CRM", "track Fabrikam Fleet", "track Northwind Orders");
      const after = await house.say(message);
      for (const { title } of [before, after])
        expect(title).not.toMatch(
          /I don't know|I am not sure|I have no answer|has nothing to work on|understand/,
        );
    },
  );
});

describe("docs/slack.md and README.md", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const docs = readFileSync(join(ROOT, "docs/slack.md"), "utf8");

  it("say why, for each scope and for no other", () => {
    const rows = [...readme.matchAll(/^\| ((?:`[a-z_.:]+`,? ?)+)\| \S.*\|$/gm)].map(
      ([, names = ""]) => names,
    );
    const named = rows.flatMap((names) => [...names.matchAll(/`([a-z_]+:[a-z.]+|commands)`/g)]);
    expect(named.map(([, scope]) => scope).toSorted()).toEqual(SCOPES);
  });

  it("tell every variable that the configuration knows", () => {
    const config = readFileSync(join(ROOT, "src/config.ts"), "utf8");
    const variables = new Set(config.match(/\bSLACK_[A-Z_]+\b/g));
    for (const name of [...variables, "PORT", "HOST", "DATABASE_URL", "LOG_LEVEL", "PLAYGROUND"])
      expect(docs).toContain(`\`${name}`);
  });

  it("name the addresses that the program serves", () => {
    for (const path of [ENDPOINT, INSTALL_PATH, REDIRECT_PATH]) expect(docs).toContain(path);
  });
});
