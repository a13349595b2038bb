import { describe, expect, it } from "vitest";
import { readConfig, readSlackConfig, type SlackConfig } from "../src/config.ts";

describe("The configuration", () => {
  it("has a default for everything but the store", () => {
    expect(readConfig({})).toEqual({
      logLevel: "warn",
      port: 3978,
      host: "127.0.0.1",
      isPlaygroundAsked: false,
      remindersAtOnce: 16,
    });
  });

  it("takes what is empty for what is not set", () => {
    const names = ["PORT", "HOST", "PLAYGROUND", "DATABASE_URL", "LOG_LEVEL", "SLACK_BOT_TOKEN"];
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ""])))).toEqual(readConfig({}));
    for (const DATABASE_URL of [" ", '""', "' '"])
      expect(readConfig({ DATABASE_URL })).toEqual(readConfig({}));
  });

  it.each([
    "postgres://shepherd:hunter22@db.example.com/shepherd",
    " postgres://shepherd:hunter22@db.example.com/shepherd\n",
    // As docker's --env-file passes it on.
    '"postgres://shepherd:hunter22@db.example.com/shepherd"',
    "'postgres://shepherd:hunter22@db.example.com/shepherd' ",
  ])("takes the store of %s without the blanks and quotes around it", (DATABASE_URL) => {
    expect(readConfig({ DATABASE_URL })).toMatchObject({
      databaseUrl: "postgres://shepherd:hunter22@db.example.com/shepherd",
    });
  });

  it("says which words LOG_LEVEL may be", () => {
    const problems = ["LOG_LEVEL: must be one of trace, debug, info, warn, error, silent"];
    expect(readConfig({ LOG_LEVEL: "loud" })).toEqual({ problems });
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

  it.each([
    ["", 16],
    ["1", 1],
    ["256", 256],
  ])("reads from “%s” how many reminders are under way at once", (REMINDERS_AT_ONCE, remindersAtOnce) => {
    expect(readConfig({ REMINDERS_AT_ONCE })).toMatchObject({ remindersAtOnce });
  });

  it.each(["0", "257", "-1", "2.5", "eight", " "])("refuses “%s” reminders at once", (REMINDERS_AT_ONCE) => {
    const problems = ["REMINDERS_AT_ONCE: must be a number from 1 to 256"];
    expect(readConfig({ REMINDERS_AT_ONCE })).toEqual({ problems });
  });

  it("reads where the operator is told, in clear only on this machine", () => {
    for (const alertUrl of ["https://hooks.example.com/services/T1/B1/x", "http://127.0.0.1:9000/told"])
      expect(readConfig({ ALERT_URL: alertUrl })).toMatchObject({ alertUrl });
    expect(readConfig({ ALERT_URL: "" })).not.toHaveProperty("alertUrl");
  });

  it.each([
    ["http://hooks.example.com/hunter22", "must be an address that begins with https://"],
    ["hunter22", "must be an address that begins with https://"],
    ["https://ops:hunter22@hooks.example.com/", "must be an address without a name and a password"],
  ])("refuses to tell the operator at %s, and does not repeat it", (ALERT_URL, problem) => {
    expect(readConfig({ ALERT_URL })).toEqual({ problems: [`ALERT_URL: ${problem}`] });
  });
});

const SIGNING = "0123456789abcdef0123456789abcdef";
const BOT = "xoxb-1111-2222-hunter22";
const APP = "xapp-1-A0-hunter22";
const OAUTH = {
  SLACK_CLIENT_ID: "1.2",
  SLACK_CLIENT_SECRET: "client-hunter22",
  SLACK_STATE_SECRET: "state-hunter22",
};
const LIVE = "https://slack.com/api/";

function problemsOf(environment: NodeJS.ProcessEnv): string[] {
  const config = readSlackConfig(environment);
  return config && "problems" in config ? config.problems : [];
}

describe("What the configuration says of Slack", () => {
  const ways: [NodeJS.ProcessEnv, SlackConfig][] = [
    [
      { SLACK_SIGNING_SECRET: SIGNING, SLACK_BOT_TOKEN: BOT },
      { way: "token", apiUrl: LIVE, signingSecret: SIGNING, botToken: BOT },
    ],
    [
      { SLACK_SIGNING_SECRET: SIGNING, ...OAUTH },
      {
        way: "oauth",
        apiUrl: LIVE,
        signingSecret: SIGNING,
        clientId: "1.2",
        clientSecret: "client-hunter22",
        stateSecret: "state-hunter22",
      },
    ],
    [
      { SLACK_APP_TOKEN: APP, SLACK_BOT_TOKEN: BOT },
      { way: "socket", apiUrl: LIVE, appToken: APP, botToken: BOT },
    ],
  ];

  it.each(ways)("%o is one of three ways", (environment, config) => {
    expect(readSlackConfig(environment)).toEqual(config);
  });

  it("is nothing where nothing of it is set, or only where its API is", () => {
    for (const environment of [
      {},
      { PORT: "3978", MicrosoftAppId: "a", PLAYGROUND: "1" },
      { SLACK_BOT_TOKEN: "", SLACK_SIGNING_SECRET: " ", SLACK_CLIENT_ID: undefined },
      { SLACK_API_URL: "http://127.0.0.1:4000/api" },
    ])
      expect(readSlackConfig(environment)).toBeUndefined();
  });

  it("takes what is blank for what is not set, and leaves out blanks around a value", () => {
    const blank = { SLACK_APP_TOKEN: "", SLACK_CLIENT_ID: "  ", SLACK_STATE_SECRET: "\t", SLACK_API_URL: "" };
    const pasted = { SLACK_SIGNING_SECRET: ` ${SIGNING}\n`, SLACK_BOT_TOKEN: `${BOT} ` };
    expect(readSlackConfig({ ...blank, ...pasted })).toEqual(ways[0]?.[1]);
  });

  it("keeps a signing secret that is of no use by Socket Mode: both may be in one file", () => {
    const [, , [environment = {}, config] = []] = ways;
    expect(readSlackConfig({ ...environment, SLACK_SIGNING_SECRET: SIGNING })).toEqual(config);
  });

  it.each([
    ["http://127.0.0.1:4000/api", "http://127.0.0.1:4000/api/"],
    ["http://127.0.0.1:4000/api/", "http://127.0.0.1:4000/api/"],
    ["https://slack-gov.com/api//", "https://slack-gov.com/api/"],
  ])("asks an API at %s, which ends with one slash", (SLACK_API_URL, apiUrl) => {
    const environment = { SLACK_SIGNING_SECRET: SIGNING, SLACK_BOT_TOKEN: BOT, SLACK_API_URL };
    expect(readSlackConfig(environment)).toMatchObject({ apiUrl });
  });

  it.each(["slack.com/api", "ftp://slack.com/api/", "file:///etc/passwd", "/api"])(
    "refuses an API at %s",
    (SLACK_API_URL) => {
      const environment = { SLACK_SIGNING_SECRET: SIGNING, SLACK_BOT_TOKEN: BOT, SLACK_API_URL };
      expect(problemsOf(environment)).toEqual([expect.stringMatching(/^SLACK_API_URL: /)]);
    },
  );

  it.each<[NodeJS.ProcessEnv, string[]]>([
    [{ SLACK_BOT_TOKEN: BOT }, ["SLACK_SIGNING_SECRET: missing for Slack by HTTP with one bot token"]],
    [{ SLACK_SIGNING_SECRET: SIGNING }, ["SLACK_BOT_TOKEN: missing for Slack by HTTP with one bot token"]],
    [{ SLACK_APP_TOKEN: APP }, ["SLACK_BOT_TOKEN: missing for Slack by Socket Mode"]],
    [
      { SLACK_CLIENT_ID: "1.2" },
      ["SLACK_SIGNING_SECRET", "SLACK_CLIENT_SECRET", "SLACK_STATE_SECRET"].map(
        (name) => `${name}: missing for Slack by HTTP for many workspaces (OAuth)`,
      ),
    ],
    [
      { SLACK_STATE_SECRET: "state-hunter22", SLACK_SIGNING_SECRET: SIGNING },
      ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"].map(
        (name) => `${name}: missing for Slack by HTTP for many workspaces (OAuth)`,
      ),
    ],
  ])("tells all that is missing of %o", (environment, problems) => {
    expect(problemsOf(environment)).toEqual(problems);
  });

  it("says that one token and OAuth are two ways, and so are Socket Mode and OAuth", () => {
    expect(problemsOf({ SLACK_SIGNING_SECRET: SIGNING, SLACK_BOT_TOKEN: BOT, ...OAUTH })).toEqual([
      "SLACK_BOT_TOKEN: not together with SLACK_CLIENT_ID; leave one of them out",
    ]);
    expect(problemsOf({ SLACK_APP_TOKEN: APP, SLACK_BOT_TOKEN: BOT, ...OAUTH })).toEqual([
      "SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET: not together with SLACK_APP_TOKEN; leave one of them out",
    ]);
  });

  it("sees tokens in each other's place, a person's token, and one that lives twelve hours", () => {
    expect(problemsOf({ SLACK_APP_TOKEN: BOT, SLACK_BOT_TOKEN: APP })).toEqual([
      "SLACK_APP_TOKEN: must begin with xapp-, and begins with xoxb-",
      "SLACK_BOT_TOKEN: must begin with xoxb-, and begins with xapp-",
    ]);
    for (const token of ["xoxp-1-hunter22", "xoxe.xoxb-1-hunter22"]) {
      const begins = token.slice(0, 5);
      expect(problemsOf({ SLACK_SIGNING_SECRET: SIGNING, SLACK_BOT_TOKEN: token })).toEqual([
        `SLACK_BOT_TOKEN: must begin with xoxb-, and begins with ${begins}`,
      ]);
    }
  });

  it("tells everything at once, and of a token its first five letters only", () => {
    const problems = problemsOf({
      SLACK_API_URL: "slack-hunter22",
      SLACK_APP_TOKEN: BOT,
      SLACK_CLIENT_SECRET: "client-hunter22",
    });
    expect(problems.map((one) => one.split(":")[0])).toEqual([
      "SLACK_API_URL",
      "SLACK_CLIENT_SECRET",
      "SLACK_APP_TOKEN",
      "SLACK_BOT_TOKEN",
    ]);
    expect(problems.join()).not.toMatch(/hunter22|1111/);
    expect(problems.every((one) => /^[A-Z_]+: [^\n]+$/.test(one))).toBe(true);
  });

  it("leaves to readConfig what is everyone's: the port, and whether the playground is asked for", () => {
    const environment = {
      SLACK_BOT_TOKEN: BOT,
      SLACK_SIGNING_SECRET: SIGNING,
      PORT: "http",
      PLAYGROUND: "1",
    };
    expect(readSlackConfig(environment)).toEqual(ways[0]?.[1]);
    expect(readConfig(environment)).toEqual({ problems: ["PORT: must be a number from 0 to 65535"] });
    expect(readConfig({ ...environment, PORT: "" })).toMatchObject({ isPlaygroundAsked: true });
  });
});
