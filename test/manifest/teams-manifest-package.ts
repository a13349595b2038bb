import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";

const ROOT = resolve(import.meta.dirname, "../..");
export const APP_ID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427";
export const ZIP = "connector-shepherd-teams.zip";

/** What the tests look at; the rest is for Microsoft's schema. */
export interface Manifest {
  $schema: string;
  manifestVersion: string;
  version: string;
  id: string;
  developer: Record<string, string>;
  name: { short: string; full: string };
  description: { short: string; full: string };
  icons: { color: string; outline: string };
  accentColor: string;
  bots: { botId: string; commandLists: CommandList[] }[];
  validDomains: string[];
}

interface CommandList {
  scopes: string[];
  commands: { title: string; description: string }[];
}

/** Runs the program as people do, in an empty folder and with nothing of this machine's configuration. */
export function runPackaging(environment: NodeJS.ProcessEnv = {}, words: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), "shepherd-"));
  try {
    const program = join(ROOT, "adapters/teams-package.ts");
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
      cwd: folder,
      env: environment,
      encoding: "utf8",
    });
    const written = readdirSync(folder).map((name): [string, Buffer] => [
      name,
      readFileSync(join(folder, name)),
    ]);
    return { status, stdout, stderr, written: Object.fromEntries(written) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files of the package that the program writes, and its manifest. */
export function packaged(environment: NodeJS.ProcessEnv = {}): {
  files: Record<string, Uint8Array>;
  manifest: Manifest;
} {
  const { written, stderr } = runPackaging({ MicrosoftAppId: APP_ID, ...environment });
  const zip = written[ZIP];
  if (!zip) throw new Error(stderr);
  const files = unzipSync(zip);
  return { files, manifest: JSON.parse(Buffer.from(files["manifest.json"] ?? []).toString()) };
}
