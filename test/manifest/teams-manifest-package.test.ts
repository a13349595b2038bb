import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../store/folder.ts";
import { APP_ID, packaged, runPackaging, ZIP } from "./teams-manifest-package.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "manifest/teams");
const CONTOSO = {
  TEAMS_DEVELOPER_NAME: "Contoso Ltd",
  TEAMS_DEVELOPER_URL: "https://contoso.com/shepherd",
  TEAMS_PRIVACY_URL: "https://contoso.com/privacy",
  TEAMS_TERMS_URL: "https://contoso.com/terms",
};

const { files, manifest } = packaged();

describe("npm run manifest:teams", () => {
  it("packs the manifest and both icons at the root, and nothing else", () => {
    expect(Object.keys(files)).toEqual(["manifest.json", manifest.icons.color, manifest.icons.outline]);
    for (const icon of Object.values(manifest.icons))
      expect(Buffer.from(files[icon] ?? []).equals(readFileSync(join(FOLDER, icon)))).toBe(true);
  });

  it("fills in the app's id and the product's version", () => {
    expect([manifest.id, manifest.bots[0]?.botId]).toEqual([APP_ID, APP_ID]);
    expect(manifest.version).toBe(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version);
    expect(JSON.stringify(manifest)).not.toContain("{{");
    expect(JSON.parse(readFileSync(join(FOLDER, "manifest.json"), "utf8"))).toMatchObject({
      id: "{{MicrosoftAppId}}",
      bots: [{ botId: "{{MicrosoftAppId}}" }],
    });
  });

  it("fills in who runs it and where, and then has nothing more to say", () => {
    const { manifest: filled } = packaged({ ...CONTOSO, PUBLIC_URL: "https://shepherd.contoso.com/bots/" });
    expect(filled.developer).toEqual({
      name: "Contoso Ltd",
      websiteUrl: "https://contoso.com/shepherd",
      privacyUrl: "https://contoso.com/privacy",
      termsOfUseUrl: "https://contoso.com/terms",
    });
    expect(filled.validDomains).toEqual(["shepherd.contoso.com"]);
    expect(runPackaging({ MicrosoftAppId: APP_ID, ...CONTOSO })).toMatchObject({ status: 0, stderr: "" });
  });

  it("says what is written, and what is still an example", () => {
    const { stdout, stderr } = runPackaging({
      MicrosoftAppId: ` ${APP_ID.toUpperCase()} `,
      TEAMS_PRIVACY_URL: "",
    });
    expect(stdout).toBe(
      `${ZIP} is written: version ${manifest.version}, for the app ${APP_ID}. Upload it in Teams.\n`,
    );
    expect(stderr).toBe(
      "Still examples, to be set before others see them: TEAMS_DEVELOPER_NAME, TEAMS_DEVELOPER_URL, TEAMS_PRIVACY_URL, TEAMS_TERMS_URL.\n",
    );
  });

  it("takes the id and the file from its words before the environment", () => {
    const { written, stdout } = runPackaging({ MicrosoftAppId: "another" }, [
      "--app-id",
      APP_ID,
      "--out",
      "mine.zip",
    ]);
    expect(stdout).toContain(`mine.zip is written: version ${manifest.version}, for the app ${APP_ID}.`);
    expect(Object.keys(written)).toEqual(["mine.zip"]);
  });

  it("writes the same bytes in every zone", () => {
    const [here, there] = ["America/Los_Angeles", "Asia/Kolkata"].map(
      (TZ) => runPackaging({ MicrosoftAppId: APP_ID, TZ }).written[ZIP],
    );
    expect(here && there?.equals(here)).toBe(true);
  });

  it.each([
    [{}, "MicrosoftAppId: missing; set it, or say --app-id, with the Application (client) ID"],
    [{ MicrosoftAppId: "  " }, "MicrosoftAppId: missing"],
    [{ MicrosoftAppId: "hunter22" }, "MicrosoftAppId: must be a GUID, the Application (client) ID"],
    [{ MicrosoftAppId: `${APP_ID}0` }, "MicrosoftAppId: must be a GUID"],
    [{ MicrosoftAppId: APP_ID, PUBLIC_URL: "http://contoso.com" }, "PUBLIC_URL: must be an address that"],
    [{ MicrosoftAppId: APP_ID, TEAMS_TERMS_URL: "contoso.com" }, "TEAMS_TERMS_URL: must be an address that"],
    [{ MicrosoftAppId: APP_ID, TEAMS_DEVELOPER_NAME: "n".repeat(33) }, "TEAMS_DEVELOPER_NAME: must have at"],
  ])("refuses %j in one sentence, and writes nothing", (environment, sentence) => {
    const { status, stdout, stderr, written } = runPackaging(environment);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr.slice(0, sentence.length)).toBe(sentence);
    expect(stderr).toMatch(/^[^\n]+\.\n$/);
    expect(stderr).not.toContain("hunter22");
    expect(written).toEqual({});
  });

  it("says so when the file can't be written there", () => {
    const folder = join(makeFolder(), "taken.zip");
    mkdirSync(folder);
    for (const [out, code] of [
      [join("nowhere", "a.zip"), "ENOENT"],
      [folder, "EISDIR"],
    ]) {
      const { status, stderr } = runPackaging({ MicrosoftAppId: APP_ID }, ["--out", out ?? ""]);
      expect(status).toBe(1);
      expect(stderr).toBe(
        `${out} can't be written (${code}): name a file in a folder that you may write to.\n`,
      );
    }
  });

  it("does not write over a file that is no package by a slip", () => {
    const { status, stderr, written } = runPackaging({ MicrosoftAppId: APP_ID }, ["--out", "README.md"]);
    expect(status).toBe(2);
    expect(stderr).toBe("--out: must name a .zip file, since Teams takes no other.\n");
    expect(written).toEqual({});
  });

  it("explains itself", () => {
    expect(runPackaging({}, ["--help"])).toMatchObject({ status: 0, stderr: "" });
    expect(runPackaging({}, ["--help"]).stdout).toContain("npm run manifest:teams");
    expect(runPackaging({}, ["--ot", "a.zip"])).toMatchObject({ status: 2, stdout: "" });
  });
});
