import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { AppManifestUtils } from "@microsoft/app-manifest";
import { afterEach, describe, expect, it, vi } from "vitest";
import { COMMAND_NAMES, COMMANDS } from "../../src/commands/command.ts";
import { parse } from "../../src/commands/parse.ts";
import { openHouse } from "../support.ts";
import { packaged } from "./teams-manifest-package.ts";

const FOLDER = resolve(import.meta.dirname, "../../manifest/teams");

const { manifest } = packaged();
const lists = manifest.bots[0]?.commandLists ?? [];
const listed = [
  ...new Map(lists.flatMap(({ commands }) => commands).map((one) => [one.title, one])).values(),
];

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the manifest for Teams", () => {
  /** Microsoft's own library with the schemas it brings; the network is not asked. */
  function problemsOf(changed: object): Promise<string[]> {
    vi.stubGlobal("fetch", () => Promise.reject(new Error("no network here")));
    return AppManifestUtils.validateAgainstSchema(JSON.parse(JSON.stringify(changed)));
  }

  it("is what Microsoft's schema of its version takes", async () => {
    expect(manifest.$schema).toContain(`/teams/v${manifest.manifestVersion}/`);
    expect(await problemsOf(manifest)).toEqual([]);
  });

  it.each(["1.20", "1.21", "1.25", "1.29", "1.30"])("would be taken as version %s too", async (version) => {
    const $schema = manifest.$schema.replace(/v1\.19/, `v${version}`);
    expect(await problemsOf({ ...manifest, $schema, manifestVersion: version })).toEqual([]);
  });

  it("would not be taken with a name too long, a field misspelt and an id that was not filled in", async () => {
    const wrong = { ...manifest, name: { ...manifest.name, short: "n".repeat(31) }, nmae: "", id: "{{id}}" };
    expect(await problemsOf(wrong)).toHaveLength(3);
  });

  it("keeps the limits that the schema leaves to people", () => {
    expect(manifest.name.short).toBe("Connector Shepherd");
    expect(manifest.description.short.length).toBeLessThanOrEqual(80);
    expect(manifest.description.short).not.toContain(manifest.name.short);
    expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/);
    for (const field of ["websiteUrl", "privacyUrl", "termsOfUseUrl"])
      expect(manifest.developer[field]).toMatch(/^https:\/\//);
  });

  it("asks for a bot that is spoken to, and for nothing that was not tried", () => {
    expect(manifest).toMatchObject({
      bots: [{ scopes: ["personal", "team", "groupChat"], isNotificationOnly: false, supportsFiles: false }],
      permissions: ["identity", "messageTeamMembers"],
      defaultInstallScope: "personal",
    });
    for (const field of ["authorization", "webApplicationInfo", "composeExtensions", "staticTabs"])
      expect(manifest).not.toHaveProperty(field);
  });

  it("names no other chat platform", () => {
    const words = /slack|discord|webex|zoom|google|mattermost|telegram|whatsapp|zulip|rocket/i;
    expect(JSON.stringify(manifest)).not.toMatch(words);
    for (const icon of ["color.svg", "outline.svg"])
      expect(readFileSync(`${FOLDER}/${icon}`, "utf8")).not.toMatch(words);
  });

  it("speaks of commands that exist", () => {
    const words = ["track", "status", "next", "eta", "ready", "mark", "help", "export", "forget"];
    for (const word of words) {
      expect(manifest.description.full).toMatch(new RegExp(`\\b${word}\\b`));
      expect(parse(word).kind).toMatch(/^(?:said|named)$/);
    }
    const [, said = ""] = /@Connector Shepherd ([^.]+)\./.exec(manifest.description.full) ?? [];
    expect(parse(said)).toMatchObject({ kind: "named", command: "status" });
  });
});

describe("the commands that Teams offers", () => {
  it("are a list for each place, of no more than ten, each of them once", () => {
    expect(lists.map(({ scopes }) => scopes)).toEqual([["personal"], ["team"], ["groupChat"]]);
    for (const { commands } of lists) {
      expect(commands.length).toBeLessThanOrEqual(10);
      expect(new Set(commands.map(({ title }) => title)).size).toBe(commands.length);
    }
  });

  it("are the same in a channel and in a group chat", () => {
    expect(lists[2]?.commands).toEqual(lists[1]?.commands);
  });

  it.each(listed)("has “$title” as the table of commands has it", ({ title, description }) => {
    const name = COMMAND_NAMES.find((one) => COMMANDS[one].words[0] === title);
    if (!name) throw new Error(`no command: ${title}`);
    const { usage, summary } = COMMANDS[name];
    const said = `${usage} · `;
    const whole = `${said}${summary}`;
    expect(parse(title)).toMatchObject({ command: name });
    expect(title.length).toBeLessThanOrEqual(32);
    expect(description.length).toBeLessThanOrEqual(128);
    if (whole.length <= 128) expect(description).toBe(whole);
    expect(description.slice(0, said.length)).toBe(said);
    expect(description.length).toBeGreaterThan(said.length);
  });

  it.each(listed)("answers “$title” when it is sent just as it was picked", async ({ title }) => {
    const house = await openHouse();
    const none = await house.say(title);
    await house.say("track Contoso CRM");
    const one = await house.say(title);
    await house.sayAll("track Fabrikam Fleet", "track Northwind Orders");
    const three = await house.say(title);
    for (const reply of [none, one, three]) expect(reply.title).not.toMatch(/I don't know|understand/);
    for (const reply of [one, three]) expect(reply.title).not.toContain("has nothing to work on");
  });
});
