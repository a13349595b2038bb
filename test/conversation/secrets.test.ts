import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMAND_NAMES } from "../../src/commands/command.ts";
import { makeFolder } from "../store/folder.ts";
import { NAME, openHouseAt, sasUri, textOf } from "../support.ts";

/** Put together here, so that no scanner of repositories takes this file for a leak. */
const TAIL = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
const SIG = "Zm9vYmFyYmF6cXV4c2lnbmF0dXJlc2VjcmV0ISEhISE";

/** [what, what is pasted, the part that must be found nowhere] */
const SECRETS: [what: string, pasted: string, secret: string][] = [
  ["a SAS URI", sasUri("2026-12-31T09:00", `${SIG}%3D`), SIG],
  [
    "a Slack token",
    `${["xox", "b"].join("")}-123456789012-1234567890123-${TAIL.slice(0, 24)}`,
    TAIL.slice(0, 24),
  ],
  ["an app token", `xapp-1-A0123456789-1234567890123-${"0f".repeat(32)}`, "0f".repeat(32)],
  ["a client secret", `Zx~8Q~${TAIL.slice(0, 20)}.${TAIL.slice(0, 13)}`, TAIL.slice(0, 20)],
  ["a token", `eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${TAIL}`, TAIL],
  ["a GitHub token", `${["gh", "p"].join("")}_${TAIL.slice(0, 36)}`, TAIL.slice(0, 36)],
  ["an account key", `AccountKey=${SIG}${SIG}==`, SIG],
  [
    "a private key",
    `${"-".repeat(5)}BEGIN PRIVATE KEY${"-".repeat(5)} ${SIG} ${"-".repeat(5)}END PRIVATE KEY${"-".repeat(5)}`,
    SIG,
  ],
];

/** Everywhere a secret can be typed. */
const TYPED: ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `frobnicate ${secret}`,
  ...COMMAND_NAMES.map((command) => (secret: string) => `${command} ${secret}`),
  ...COMMAND_NAMES.map((command) => (secret: string) => `${command} ${NAME} ${secret}`),
  (secret) => `rename ${NAME} to ${secret}`,
  (secret) => `mark ${NAME} submitted ${secret}`,
  (secret) => `done ${NAME} oauth yes ${secret}`,
  (secret) => `done ${NAME} offer-name ${NAME} ${secret}`,
  (secret) => `done ${NAME} categories Sales, ${secret}`,
  (secret) => `done ${NAME} privacy-policy https://contoso.com/?x=${secret}`,
  (secret) => `done ${NAME} notification-audience ${secret}`,
  (secret) => `done ${NAME} sas-uri ${secret}`,
  (secret) => `evidence ${NAME} slo=${secret}`,
  (secret) => `eta ${NAME} if go-live ${secret}`,
  (secret) => `request ${NAME} GCC=https://api.contoso.us/?x=${secret}`,
  (secret) => `reminders ${NAME} snooze ${secret}`,
  (secret) => `settings freeze add 2026-12-21 to 2027-01-04 ${secret}`,
  (secret) => `settings zone ${secret}`,
];

const FIELDS = [
  "name",
  "to",
  "given",
  "when",
  "place",
  "clouds",
  "words",
  "text",
  "for",
  "milestone",
  "step",
  "change",
];

describe.each(SECRETS)("%s", (_, pasted, secret) => {
  it("typed or pressed anywhere is in no reply, no log line and no byte of the database", async () => {
    const data = join(makeFolder(), "shepherd.db");
    const house = await openHouseAt("draft", { data });
    const { id } = await house.connector(NAME);
    for (const position of TYPED) {
      const reply = await house.say(position(pasted));
      expect(JSON.stringify(reply)).not.toContain(secret);
      expect(textOf(reply)).not.toContain(secret);
    }
    for (const action of [...COMMAND_NAMES, "say", secret]) {
      for (const field of FIELDS) {
        for (const fields of [{ [field]: pasted }, { connector: id, [field]: pasted }]) {
          expect(JSON.stringify(await house.press({ action, fields }))).not.toContain(secret);
        }
      }
    }
    expect(JSON.stringify(house.logged)).not.toContain(secret);
    expect(JSON.stringify(await house.exported())).not.toContain(secret);
    const files = [data, `${data}-wal`, `${data}-shm`].filter((path) => existsSync(path));
    expect(files.length).toBeGreaterThan(1);
    for (const path of files) expect(readFileSync(path).includes(secret)).toBe(false);
    await house.close();
    expect(readFileSync(data).includes(secret)).toBe(false);
  });

  it("typed is answered to the person alone, with the advice to rotate it", async () => {
    const house = await openHouseAt("draft");
    const shared = house.as("T-contoso", "Ana", "shared");
    const before = await house.exported();
    const reply = await shared.say(`evidence ${NAME} slo=99.6 ${pasted}`);
    expect(reply.audience).toBe("asker");
    expect(reply.title).toMatch(/rotate/i);
    expect(await house.exported()).toEqual(before);
  });
});

describe("The SAS URI that a step asks for", () => {
  it.each([
    ["typed", true],
    ["pressed", false],
  ])("%s keeps its host, path and expiry, and not its signature", async (_, isTyped) => {
    const house = await openHouseAt("draft");
    const given = sasUri("2026-12-31T09:00", `${SIG}%3D`);
    const { id } = await house.connector(NAME);
    const reply = isTyped
      ? await house.say(`done ${NAME} sas-uri ${given}`)
      : await house.press({ action: "done", fields: { connector: id, step: "sas-uri", given } });
    expect(reply.audience).toBe("asker");
    const done = (await house.connector(NAME)).steps["sas-uri"];
    expect(done).toMatchObject({
      kept: "https://contoso.blob.core.windows.net/packages/crm.zip",
      expiresAt: "2026-12-31T17:00:00.000Z",
    });
    expect(JSON.stringify(await house.exported())).not.toContain(SIG);
  });
});
