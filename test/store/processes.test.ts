import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { openStore } from "../../src/store/sql-store.ts";
import { PLACES } from "./places.ts";
import { CONTOSO, handClock, isoOf, keep, MONDAY, sampleConnector } from "./sample.ts";

const WRITER = join(import.meta.dirname, "writer.ts");

function startWriter(...words: string[]): ChildProcess {
  return spawn(process.execPath, [WRITER, ...words], { stdio: ["ignore", "pipe", "inherit"] });
}

/** Every line the process said, once it has ended by itself. */
async function hear(writer: ChildProcess): Promise<string[]> {
  const lines: string[] = [];
  const ended = once(writer, "close");
  if (writer.stdout) for await (const line of createInterface(writer.stdout)) lines.push(line);
  expect(await ended).toEqual([0, null]);
  return lines;
}

/** Kills the process right after it said its `count`th line, and returns the last line it said. */
async function killAfter(writer: ChildProcess, count: number): Promise<string> {
  const ended = once(writer, "close");
  let heard = 0;
  let last = "";
  if (writer.stdout) {
    for await (const line of createInterface(writer.stdout)) {
      last = line;
      if (++heard === count) writer.kill("SIGKILL");
    }
  }
  expect(await ended).toEqual([null, "SIGKILL"]);
  return last;
}

describe.each(PLACES)("Several processes on one store $place", ({ isThere, make }) => {
  const it = test.skipIf(!isThere);

  it("Three that open a new one at once and change the same connector lose no change", async () => {
    const url = await make();
    const writers = Array.from({ length: 3 }, () => startWriter("count", url, "150"));
    await Promise.all(writers.map(hear));
    const { store } = await openStore(url, handClock());
    expect(await store.list(CONTOSO)).toMatchObject([{ revision: 450, evidence: { connections: 450 } }]);
    await store.close();
  }, 60_000);

  it("Three that claim what is due never get the same connector", async () => {
    const url = await make();
    const { store } = await openStore(url, handClock());
    for (let index = 0; index < 300; index++) {
      await keep(store, sampleConnector({ id: `c${index}`, dueAt: isoOf(MONDAY.minus(index)) }));
    }
    const claimed = await Promise.all(Array.from({ length: 3 }, () => hear(startWriter("claim", url))));
    expect(claimed.flat()).toHaveLength(300);
    expect(new Set(claimed.flat()).size).toBe(300);
    await store.close();
  }, 60_000);

  it("Nothing that was acknowledged is lost when they are killed in the middle of writing", async () => {
    const url = await make();
    const counts = [1, 83, 7, 241, 36];
    for (const [round, count] of counts.entries()) {
      const ids = [`a${round}`, `b${round}`];
      const last = await Promise.all(
        ids.map((id, index) => killAfter(startWriter("write", url, id), count + index * 5)),
      );
      const { store } = await openStore(url, handClock());
      for (const [index, id] of ids.entries()) {
        const stored = await store.read({ workspace: CONTOSO, id });
        const acknowledged = Number(last[index]);
        expect(stored?.revision).toBeGreaterThanOrEqual(acknowledged);
        // At most the one change whose acknowledgement the kill cut off.
        expect(stored?.revision).toBeLessThanOrEqual(acknowledged + 1);
        if (stored && stored.revision > 1) expect(stored.evidence.connections).toBe(stored.revision - 1);
      }
      expect(await store.list(CONTOSO)).toHaveLength(2 * (round + 1));
      await store.close();
    }
  }, 60_000);
});
