import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { readPageFiles } from "../../../adapters/playground/page-files.ts";
import { makeFolder } from "../../store/folder.ts";
import { openPlayground } from "./playground.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

/** A page folder with these files. */
function folderOf(files: Record<string, string>): string {
  const folder = makeFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

async function run(program: string): Promise<{ out: string; err: string }> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { cwd: ROOT });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, err };
}

describe("The page's files", () => {
  it("are served by their own types, scripts without theirs", async () => {
    const folder = folderOf({
      "index.html": "<!doctype html><title>Page</title>",
      "page.css": "p { margin: 0 }",
      "icon.svg": "<svg/>",
      "main.ts": `import type { A } from "./types.ts";\nimport { b } from './other.ts';\nexport const a: A = b as A;\nconst c = await import("./late.ts");`,
      "notes.txt": "not for anyone",
      "tsconfig.json": "{}",
    });
    const { call } = await openPlayground({ page: readPageFiles(folder) });
    const [html, css, svg, script] = [
      await call("GET", "/"),
      await call("GET", "/page/page.css"),
      await call("GET", "/page/icon.svg"),
      await call("GET", "/page/main.js"),
    ];
    expect(html.text).toBe("<!doctype html><title>Page</title>");
    expect([html, css, svg, script].map(({ headers }) => headers["content-type"])).toEqual([
      "text/html; charset=utf-8",
      "text/css; charset=utf-8",
      "image/svg+xml",
      "text/javascript; charset=utf-8",
    ]);
    expect(script.text.replaceAll(/ +/g, " ").trim()).toBe(
      `import { b } from './other.js';\nexport const a = b ;\nconst c = await import("./late.js");`,
    );
    for (const path of [
      "/page/notes.txt",
      "/page/tsconfig.json",
      "/page/main.ts",
      "/page/index.html",
      "/page/",
    ]) {
      expect([path, (await call("GET", path)).status]).toEqual([path, 404]);
    }
  });

  it("of the real page can be reached, and every script they import too", async () => {
    const files = readPageFiles();
    expect([...files.keys()]).toEqual(expect.arrayContaining(["/", "/vendor/adaptivecards.min.js"]));
    const { call } = await openPlayground({ page: files });
    const html = (await call("GET", "/")).text;
    const asked = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path = ""]) => path);
    const imported = [...files].flatMap(([path, { content }]) =>
      path.startsWith("/page/")
        ? [...`${content}`.matchAll(/from "\.\/([^"]+)"/g)].map(([, name]) => `/page/${name}`)
        : [],
    );
    expect(asked.length).toBeGreaterThan(1);
    for (const path of new Set([...asked, ...imported])) {
      expect([path, (await call("GET", path)).status]).toEqual([path, 200]);
    }
  });

  it("are read without the warning that Node gives for it, and other warnings are still given", async () => {
    const { err } = await run(`
      import { readPageFiles } from "./adapters/playground/page-files.ts";
      const before = process.emitWarning;
      readPageFiles();
      if (process.emitWarning !== before) throw new Error("not put back");
      process.emitWarning("another one", "ExperimentalWarning");
    `);
    expect(err).not.toContain("stripTypeScriptTypes");
    expect(err).not.toContain("not put back");
    expect(err).toContain("ExperimentalWarning: another one");
  });
});
