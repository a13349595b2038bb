import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { openChooser } from "../../adapters/chooser.ts";

const CHOOSER = resolve(import.meta.dirname, "../../adapters/chooser.ts");

/** What a program of its own loads when it opens the chooser. */
async function loadedBy(config: string): Promise<{ chooser: boolean; packages: string[] }> {
  const program = `
    import { registerHooks } from "node:module";
    const packages = new Set();
    registerHooks({ resolve(name, context, next) { packages.add(name); return next(name, context); } });
    const { openChooser } = await import(${JSON.stringify(`file://${CHOOSER}`)});
    const log = { info() {}, warn() {}, error() {} };
    const { chooser } = await openChooser(${config}, log);
    process.stdout.write(JSON.stringify({ chooser: chooser !== undefined, packages: [...packages] }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
  return JSON.parse(stdout);
}

it("without a model's address there is no chooser, and the library for it is not loaded", async () => {
  const log = { info() {}, warn() {}, error() {} };
  expect(await openChooser(undefined, log)).toEqual({});
  const off = await loadedBy("undefined");
  expect(off.chooser).toBe(false);
  expect(off.packages).not.toContain("openai");
  const on = await loadedBy('{ url: "http://127.0.0.1:9/v1", model: "small-1" }');
  expect(on.chooser).toBe(true);
  expect(on.packages).toContain("openai");
});
