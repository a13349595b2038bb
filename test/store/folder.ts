import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder of this test's own, removed when the test is over. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "shepherd-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
