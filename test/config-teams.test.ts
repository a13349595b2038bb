import { describe, expect, it } from "vitest";
import { readTeamsConfig, type TeamsConfig } from "../src/config.ts";

const APP = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
const TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const PASSWORD = "hunter22~secret";
const OPEN_ID = "https://login.botframework.com/v1/.well-known/openidconfiguration";
const SINGLE = { MicrosoftAppId: APP, MicrosoftAppPassword: PASSWORD, MicrosoftAppTenantId: TENANT };
const ALL = { openIdUrl: OPEN_ID, tenants: [] };
const CONFIG = {
  ...ALL,
  way: "SingleTenant",
  appId: APP,
  appPassword: PASSWORD,
  appTenantId: TENANT,
} as const;

function problemsOf(environment: NodeJS.ProcessEnv): string[] {
  const config = readTeamsConfig(environment);
  return config && "problems" in config ? config.problems : [];
}

describe("What the configuration says of Teams", () => {
  it.each<[NodeJS.ProcessEnv, TeamsConfig]>([
    [SINGLE, CONFIG],
    [{ ...SINGLE, MicrosoftAppType: " singletenant " }, CONFIG],
    [
      { MicrosoftAppType: "MultiTenant", MicrosoftAppId: APP, MicrosoftAppPassword: PASSWORD },
      { ...ALL, way: "MultiTenant", appId: APP, appPassword: PASSWORD },
    ],
    [
      { MicrosoftAppType: "UserAssignedMSI", MicrosoftAppId: APP, MicrosoftAppTenantId: TENANT },
      { ...ALL, way: "UserAssignedMSI", appId: APP, appTenantId: TENANT },
    ],
    [{ TEAMS_ALLOW_ANONYMOUS: "1" }, { ...ALL, way: "anonymous" }],
  ])("%o is one of four ways", (environment, config) => {
    expect(readTeamsConfig(environment)).toEqual(config);
  });

  it("takes ids in capitals for the same ids", () => {
    const capitals = { MicrosoftAppId: APP.toUpperCase(), MicrosoftAppTenantId: TENANT.toUpperCase() };
    expect(readTeamsConfig({ ...SINGLE, ...capitals })).toEqual(CONFIG);
  });

  it("is nothing where nothing of it is set, or only what goes with it", () => {
    for (const environment of [
      {},
      { MicrosoftAppId: "", MicrosoftAppPassword: " ", MicrosoftAppTenantId: undefined },
      { PUBLIC_URL: "https://shepherd.example.com", TEAMS_OPENID_URL: OPEN_ID },
      { SLACK_BOT_TOKEN: "xoxb-1", PORT: "3978" },
      { TEAMS_ALLOW_ANONYMOUS: "0" },
    ])
      expect([environment, readTeamsConfig(environment)]).toEqual([environment, undefined]);
  });

  it("leaves out blanks around a value, and takes what is empty for what is not set", () => {
    const pasted = { ...SINGLE, MicrosoftAppId: ` ${APP}\n`, MicrosoftAppPassword: `\t${PASSWORD} ` };
    const empty = { MicrosoftAppType: "", TEAMS_OPENID_URL: "", TEAMS_TENANTS: "", PUBLIC_URL: "" };
    expect(readTeamsConfig({ ...pasted, ...empty })).toEqual(CONFIG);
  });

  it.each([
    [TENANT, [TENANT]],
    [` ${TENANT.toUpperCase()} , ${APP};`, [TENANT, APP]],
    [`${TENANT}\n${APP}`, [TENANT, APP]],
    [" , ;", []],
  ])("answers the tenants %j only", (TEAMS_TENANTS, tenants) => {
    expect(readTeamsConfig({ ...SINGLE, TEAMS_TENANTS })).toEqual({ ...CONFIG, tenants });
  });

  it.each(["contoso", "*", `${TENANT}x`, `${TENANT} *`, "hunter22"])(
    "refuses the tenants %j",
    (TEAMS_TENANTS) => {
      expect(problemsOf({ ...SINGLE, TEAMS_TENANTS })).toEqual([
        "TEAMS_TENANTS: must be tenant ids (GUIDs) with commas between them",
      ]);
    },
  );

  it.each([
    ["https://shepherd.example.com", "https://shepherd.example.com"],
    ["https://shepherd.example.com//", "https://shepherd.example.com"],
    ["https://example.com/shepherd/", "https://example.com/shepherd"],
    ["http://127.0.0.1:3978/", "http://127.0.0.1:3978"],
  ])("is reached at %s, without a slash at its end", (PUBLIC_URL, publicUrl) => {
    expect(readTeamsConfig({ ...SINGLE, PUBLIC_URL })).toEqual({ ...CONFIG, publicUrl });
  });

  it.each([
    ...[
      "http://shepherd.example.com",
      "shepherd.example.com",
      "ftp://x.example/",
      "file:///etc/passwd",
      "//x.example",
    ],
    ...["http://localhost.evil.com/", "http://127.0.0.1@evil.com/", "https://", " https://x.example"],
  ])("refuses the addresses %j", (address) => {
    for (const name of ["PUBLIC_URL", "TEAMS_OPENID_URL"])
      expect(problemsOf({ ...SINGLE, [name]: address })).toEqual([
        `${name}: must be an address that begins with https://`,
      ]);
  });

  it.each([
    "https://shepherd.example.com/?x=1",
    "https://shepherd.example.com/#x",
    "https://a:b@shepherd.example.com/",
  ])("refuses the public address %s, to which no path can be added", (PUBLIC_URL) => {
    expect(problemsOf({ ...SINGLE, PUBLIC_URL })).toEqual([expect.stringMatching(/^PUBLIC_URL: /)]);
  });

  it("refuses another type of app", () => {
    for (const MicrosoftAppType of ["Multi", "SystemAssignedMSI", "hunter22", "__proto__"])
      expect(problemsOf({ ...SINGLE, MicrosoftAppType })).toEqual([
        "MicrosoftAppType: must be one of SingleTenant, UserAssignedMSI, MultiTenant",
      ]);
  });

  const missing = (name: string, type: string) => `${name}: missing for Teams with MicrosoftAppType ${type}`;

  it.each<[NodeJS.ProcessEnv, string[]]>([
    [
      { MicrosoftAppId: APP },
      [missing("MicrosoftAppPassword", "SingleTenant"), missing("MicrosoftAppTenantId", "SingleTenant")],
    ],
    [
      { MicrosoftAppPassword: PASSWORD, MicrosoftAppTenantId: TENANT },
      [missing("MicrosoftAppId", "SingleTenant")],
    ],
    [
      { MicrosoftAppType: "MultiTenant" },
      [missing("MicrosoftAppId", "MultiTenant"), missing("MicrosoftAppPassword", "MultiTenant")],
    ],
    [
      { MicrosoftAppType: "UserAssignedMSI" },
      [missing("MicrosoftAppId", "UserAssignedMSI"), missing("MicrosoftAppTenantId", "UserAssignedMSI")],
    ],
    [
      { TEAMS_TENANTS: TENANT },
      ["MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppTenantId"].map((name) =>
        missing(name, "SingleTenant"),
      ),
    ],
    [
      { TEAMS_ALLOW_ANONYMOUS: "yes" },
      ["TEAMS_ALLOW_ANONYMOUS: must be 1, for requests that nobody signed, or left out"],
    ],
  ])("tells all that is missing of %o", (environment, problems) => {
    expect(problemsOf(environment)).toEqual(problems);
  });

  it("says that credentials and none are two ways, and so are a managed identity and a password", () => {
    expect(problemsOf({ ...SINGLE, TEAMS_ALLOW_ANONYMOUS: "1" })).toEqual([
      "MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId: not together with TEAMS_ALLOW_ANONYMOUS=1; leave one of them out",
    ]);
    expect(problemsOf({ ...SINGLE, MicrosoftAppType: "UserAssignedMSI" })).toEqual([
      "MicrosoftAppPassword: not together with MicrosoftAppType UserAssignedMSI; leave one of them out",
    ]);
  });

  it("tells everything at once, and never what stood there", () => {
    const told = [
      problemsOf({ MicrosoftAppId: "hunter22", MicrosoftAppTenantId: "hunter22", MicrosoftAppPassword: " " }),
      problemsOf({
        MicrosoftAppType: "hunter22",
        TEAMS_TENANTS: "hunter22",
        TEAMS_OPENID_URL: "hunter22",
        PUBLIC_URL: "hunter22",
      }),
      problemsOf({
        MicrosoftAppId: "hunter22",
        MicrosoftAppPassword: PASSWORD,
        PUBLIC_URL: "http://hunter22",
      }),
      problemsOf({ MicrosoftAppId: "hunter22", MicrosoftAppPassword: PASSWORD, TEAMS_ALLOW_ANONYMOUS: "1" }),
    ];
    expect(told.map((problems) => problems.map((one) => one.split(":")[0]))).toEqual([
      ["MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppTenantId"],
      ["MicrosoftAppType", "TEAMS_OPENID_URL", "TEAMS_TENANTS", "PUBLIC_URL"],
      ["PUBLIC_URL", "MicrosoftAppId", "MicrosoftAppTenantId"],
      ["MicrosoftAppId, MicrosoftAppPassword"],
    ]);
    expect(told.flat().join()).not.toContain("hunter22");
    expect(told.flat().every((one) => /^[\w, ]+: [^\n]+$/.test(one))).toBe(true);
  });
});
