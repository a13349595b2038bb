import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";

describe("The configuration", () => {
  it("has a default for everything", () => {
    expect(readConfig({})).toEqual({
      databaseUrl: "sqlite:.shepherd/shepherd.db",
      logLevel: "warn",
      port: 3978,
      host: "127.0.0.1",
      isPlaygroundAsked: false,
      credentials: [],
    });
  });

  it("takes what is empty for what is not set", () => {
    expect(readConfig({ PORT: "", HOST: "", PLAYGROUND: "", SLACK_BOT_TOKEN: "" })).toEqual(readConfig({}));
  });

  it.each([
    ["0", 0],
    ["3979", 3979],
    ["65535", 65_535],
  ])("reads the port %s", (PORT, port) => {
    expect(readConfig({ PORT })).toMatchObject({ port });
  });

  it.each(["65536", "-1", "80a", "3.5", " ", "1e3", "0x50", "tcp://10.0.0.1:80"])(
    "refuses the port “%s”",
    (PORT) => {
      expect(readConfig({ PORT })).toEqual({ problems: ["PORT: must be a number from 0 to 65535"] });
    },
  );

  it.each([
    "SLACK_SIGNING_SECRET",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_STATE_SECRET",
    "MicrosoftAppId",
    "MicrosoftAppPassword",
    "MicrosoftAppTenantId",
  ])("knows that %s is a platform's, and holds its name only", (name) => {
    const config = readConfig({ [name]: "hunter22" });
    expect(config).toMatchObject({ credentials: [name] });
    expect(JSON.stringify(config)).not.toContain("hunter22");
  });

  it("takes PLAYGROUND=1 alone for being asked", () => {
    for (const [PLAYGROUND, isPlaygroundAsked] of [
      ["1", true],
      ["0", false],
      ["no", false],
      ["true", false],
    ] as const) {
      expect(readConfig({ PLAYGROUND })).toMatchObject({ isPlaygroundAsked });
    }
  });
});
