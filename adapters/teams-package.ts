import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { zipSync } from "fflate";
import { z } from "zod";

const USAGE = `Connector Shepherd's package for Microsoft Teams

  npm run manifest:teams [-- --app-id ID] [--out FILE]

    --app-id   the app registration's Application (client) ID; otherwise MicrosoftAppId
    --out      the file to write (connector-shepherd-teams.zip)

    TEAMS_DEVELOPER_NAME TEAMS_DEVELOPER_URL TEAMS_PRIVACY_URL TEAMS_TERMS_URL
               who runs it, and the three pages that people see beside it
    PUBLIC_URL where the program is reached from outside; its host becomes a valid domain
`;

const ROOT = join(import.meta.dirname, "..");
const FOLDER = join(ROOT, "manifest/teams");
const ICONS = ["color.png", "outline.png"];
/** Zip keeps local time without a zone: written so, the same files give the same bytes everywhere and at any time. */
const WRITTEN = new Date(1980, 0, 1, 12);

/** What people see of whoever runs the program, and the variable that says it. */
const DEVELOPER = {
  name: "TEAMS_DEVELOPER_NAME",
  websiteUrl: "TEAMS_DEVELOPER_URL",
  privacyUrl: "TEAMS_PRIVACY_URL",
  termsOfUseUrl: "TEAMS_TERMS_URL",
} as const;

const WHERE_IT_IS = "Application (client) ID of the app registration in Microsoft Entra";
const address = z.url({ protocol: /^https$/i, error: "must be an address that begins with https://" });

// The value is never repeated: a password may have been put there by mistake.
const Environment = z.object({
  MicrosoftAppId: given(
    z
      .string({
        error: `missing; set it, or say --app-id, with the ${WHERE_IT_IS}`,
      })
      .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, `must be a GUID, the ${WHERE_IT_IS}`)
      .toLowerCase(),
  ),
  TEAMS_DEVELOPER_NAME: given(z.string().max(32, "must have at most 32 letters").optional()),
  TEAMS_DEVELOPER_URL: given(address.optional()),
  TEAMS_PRIVACY_URL: given(address.optional()),
  TEAMS_TERMS_URL: given(address.optional()),
  PUBLIC_URL: given(address.optional()),
});
type Environment = z.infer<typeof Environment>;

/** Writes the package that Teams is given. @returns the exit code */
function main(environment: NodeJS.ProcessEnv, words: string[]): number {
  const flags = readFlags(words);
  if (typeof flags === "string") return say(`${flags}\n\n${USAGE}`, 2);
  if (flags.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { out, "app-id": appId = environment.MicrosoftAppId } = flags;
  if (!/\.zip$/i.test(out)) return say("--out: must name a .zip file, since Teams takes no other.", 2);
  const read = Environment.safeParse({ ...environment, MicrosoftAppId: appId });
  if (!read.success) {
    return say(read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}.`).join("\n"), 1);
  }
  const version = z.object({ version: z.string() }).parse(JSON.parse(readText(ROOT, "package.json"))).version;
  try {
    writeFileSync(out, packed(filledManifest(read.data, version)));
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return say(`${out} can't be written (${error.code}): name a file in a folder that you may write to.`, 1);
  }
  process.stdout.write(
    `${out} is written: version ${version}, for the app ${read.data.MicrosoftAppId}. Upload it in Teams.\n`,
  );
  const unset = Object.values(DEVELOPER).filter((name) => read.data[name] === undefined);
  return unset.length === 0
    ? 0
    : say(`Still examples, to be set before others see them: ${unset.join(", ")}.`, 0);
}

/** The manifest's text with everything in it that is only known here. */
function filledManifest(environment: Environment, version: string): string {
  const text = readText(FOLDER, "manifest.json")
    .replaceAll("{{MicrosoftAppId}}", environment.MicrosoftAppId)
    .replaceAll("{{version}}", version);
  const manifest: { developer: Record<string, string>; validDomains: string[] } = JSON.parse(text);
  for (const [field, variable] of Object.entries(DEVELOPER)) {
    const value = environment[variable];
    if (value !== undefined) manifest.developer[field] = value;
  }
  if (environment.PUBLIC_URL !== undefined) manifest.validDomains = [new URL(environment.PUBLIC_URL).host];
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Teams wants all three at the root. */
function packed(manifest: string): Uint8Array {
  const icons = ICONS.map((name): [string, Uint8Array] => [name, readFileSync(join(FOLDER, name))]);
  const files = { "manifest.json": Buffer.from(manifest), ...Object.fromEntries(icons) };
  return zipSync(files, { level: 9, mtime: WRITTEN });
}

function readText(folder: string, name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

function readFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: "boolean", default: false, short: "h" },
        "app-id": { type: "string" },
        out: { type: "string", default: "connector-shepherd-teams.zip" },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Set to nothing, or to blanks, is not set. */
function given<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (typeof value === "string" ? value.trim() || undefined : value), schema);
}

function say(what: string, code: number): number {
  process.stderr.write(`${what}\n`);
  return code;
}

process.exitCode = main(process.env, process.argv.slice(2));
