import { spawn } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { DateTime } from "luxon";
import { describe, expect, it, onTestFinished } from "vitest";
import { machineClock } from "../../../src/clock.ts";
import type { Address, WorkspaceId } from "../../../src/incoming.ts";
import { openStore } from "../../../src/store/sql-store.ts";
import { createDatabase, POSTGRES } from "../../postgres.ts";
import { makeFolder } from "../../store/folder.ts";

const START = resolve(import.meta.dirname, "../../../adapters/start.ts");
const NOW = "2026-11-03T09:15-08:00";

interface Run {
  out: string;
  err: string;
  code: number | null;
}

interface Line {
  kind: "answer" | "reminder";
  at: string;
  title: string;
  text: string;
  blocks: { kind: string; buttons?: { label: string }[] }[];
}

/** Runs the program as a person with a pipe does. */
async function run(
  words: string[],
  lines: string[],
  environment: NodeJS.ProcessEnv = {},
  end = "\n",
): Promise<Run> {
  const program = spawn(process.execPath, [START, "chat", ...words], {
    env: { ...process.env, ...environment },
    cwd: makeFolder(),
  });
  // A program that refuses to start reads nothing.
  program.stdin.on("error", () => undefined);
  program.stdin.end(lines.length > 0 ? lines.join("\n") + end : "");
  const closed = new Promise<number | null>((done) => program.on("close", done));
  const [out, err, code] = await Promise.all([text(program.stdout), text(program.stderr), closed]);
  return { out, err, code };
}

async function runJson(data: string, lines: string[], words: string[] = ["--now", NOW]): Promise<Line[]> {
  const { out, err, code } = await run(["--json", "--data", data, ...words], lines);
  expect({ err, code }).toEqual({ err: "", code: 0 });
  return out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function newFile(): string {
  return join(makeFolder(), "shepherd.db");
}

describe("In the terminal", () => {
  it("the last line need not end in a newline", async () => {
    const { out, err, code } = await run(["--data", newFile()], ["hi", "track Contoso CRM"], {}, "");
    expect({ err, code }).toEqual({ err: "", code: 0 });
    expect(out).toContain("Now following Contoso CRM");
  });

  it("piped lines are answered in order, as text without a prompt, and its end ends the program", async () => {
    const { out, err, code } = await run(
      ["--now", NOW, "--data", newFile()],
      ["hi", "track Contoso CRM", "list"],
    );
    expect({ err, code }).toEqual({ err: "", code: 0 });
    expect(out).not.toMatch(/^> /m);
    expect(out.indexOf("Hello")).toBeLessThan(out.indexOf("Now following Contoso CRM"));
    expect(out).not.toContain("undefined");
  });

  it("--json prints one reply a line, also for empty lines, /wait and what is not understood", async () => {
    const said = [
      "hi",
      "",
      "frobnicate",
      "track Contoso CRM",
      "99",
      "/wait 1h",
      "/wait a bit",
      "/dance",
      "export",
    ];
    const lines = await runJson(newFile(), said);
    expect(lines).toHaveLength(said.length);
    for (const line of lines) {
      expect(line).toMatchObject({
        kind: "answer",
        title: expect.stringMatching(/\S/),
        blocks: expect.any(Array),
      });
    }
  });

  it("--now with /wait prints the reminders on the way, in order, each at its time", async () => {
    const lines = await runJson(newFile(), [
      "track Contoso CRM",
      "track Contoso Sales",
      "mark Contoso CRM submitted",
      "/wait 2h",
      "mark Contoso Sales submitted",
      "/wait until 2026-11-06 12:00",
    ]);
    const reminders = lines.filter(({ kind }) => kind === "reminder");
    expect(reminders.map(({ title }) => title.split(":")[0])).toEqual([
      "Contoso CRM",
      "Contoso Sales",
      "Contoso CRM",
      "Contoso Sales",
    ]);
    expect(reminders.map(({ at }) => Date.parse(at))).toEqual(
      ["04T09:15", "04T11:15", "05T09:15", "05T11:15"].map((at) => Date.parse(`2026-11-${at}-08:00`)),
    );
    for (const { title } of reminders) expect(title).not.toMatch(/late/);
  });

  it("/wait that ends at a reminder's own moment prints it", async () => {
    const lines = await runJson(newFile(), ["track Contoso CRM", "mark Contoso CRM submitted", "/wait 24h"]);
    expect(lines.filter(({ kind }) => kind === "reminder")).toHaveLength(1);
  });

  it.skipIf(!POSTGRES)("it goes on from PostgreSQL, also when its input has long ended", async () => {
    const database = await createDatabase();
    onTestFinished(() => database.drop());
    const said = ["--json", "--now", NOW];
    const lines = ["track Contoso CRM", "mark Contoso CRM submitted", "/wait 3d"];
    const first = await run(said, lines, { DATABASE_URL: database.url });
    expect(first).toMatchObject({ err: "", code: 0 });
    expect(first.out.match(/"kind":"reminder"/g)).toHaveLength(2);
    const second = await run(said, ["list"], { DATABASE_URL: database.url });
    expect(second.out).toContain("Contoso CRM");
  });

  it("the clock does not go back, and does not go at all without --now", async () => {
    const data = newFile();
    const back = await runJson(data, ["/wait until 2026-11-01", "/wait -3d", "/wait"]);
    expect(back.map(({ at }) => Date.parse(at))).toEqual(back.map(() => Date.parse(NOW)));
    const [live] = await runJson(data, ["/wait 3d"], []);
    expect(live?.title).toContain("--now");
  });

  it("numbers press the buttons of the last answer", async () => {
    const data = newFile();
    const lines = await runJson(data, ["track Contoso CRM", "mark Contoso CRM submitted", "1", "77"]);
    expect(lines[1]?.blocks.at(-1)?.buttons?.[0]?.label).toBe("Report passed");
    expect(lines[2]?.title).toContain("testing");
    expect(lines[3]?.title).toContain("77");
  });

  it("a number after a reminder presses the reminder's button", async () => {
    const lines = await runJson(newFile(), [
      "track Contoso CRM",
      "mark Contoso CRM report-passed already",
      "/wait 24h",
      "1",
    ]);
    const reminder = lines.find(({ kind }) => kind === "reminder");
    expect(reminder?.blocks.at(-1)?.buttons?.[0]?.label).toBe("Go live confirmed");
    expect(lines.at(-1)?.title).toContain("Go live confirmed");
  });

  it("what was said is there next time, and what fell due meanwhile comes first, marked late", async () => {
    const data = newFile();
    await runJson(data, ["track Contoso CRM", "mark Contoso CRM submitted"]);
    const lines = await runJson(data, ["status Contoso CRM"], ["--now", "2026-11-06T12:00-08:00"]);
    expect(lines.map(({ kind }) => kind)).toEqual(["reminder", "answer"]);
    expect(lines[0]?.title).toMatch(/late/);
    expect(lines[1]?.title).toContain("Contoso CRM");
  });

  it("what falls due in other workspaces on the same store is left to their program, as it was", async () => {
    const data = newFile();
    await runJson(data, ["track Contoso CRM", "mark Contoso CRM submitted"]);
    const { store } = await openStore(data, machineClock);
    onTestFinished(() => store.close());
    const [kept] = await store.list("terminal" as WorkspaceId);
    const key = { workspace: "slack:T1" as WorkspaceId, id: "other" };
    await store.change(key, () => ({ next: kept && { ...kept, ...key, where: "slack:C1" as Address } }));
    await store.planDigest(key.workspace, DateTime.fromISO(NOW));
    const before = await store.read(key);
    const later = "2026-11-06T12:00-08:00";
    const lines = await runJson(data, ["hi"], ["--now", later]);
    expect(lines.map(({ kind }) => kind)).toEqual(["reminder", "answer"]);
    expect(await store.read(key)).toEqual(before);
    expect(await store.claimDigests(DateTime.fromISO(later), 9, 1)).toEqual([key.workspace]);
    expect((await store.claimDue(DateTime.fromISO(later), 9, 1)).map(({ id }) => id)).toEqual(["other"]);
  });

  it("keeps everything under ./.shepherd/ unless told otherwise, and DATABASE_URL tells it otherwise", async () => {
    const data = newFile();
    const { code } = await run(["--now", NOW], ["track Contoso CRM"], { DATABASE_URL: `sqlite:${data}` });
    expect(code).toBe(0);
    const [list] = await runJson(data, ["status Contoso CRM"]);
    expect(list?.title).toContain("Contoso CRM");
  });

  it("/quit ends it; nothing after it is read", async () => {
    const lines = await runJson(newFile(), ["track Contoso CRM", "/quit", "track Contoso Sales"]);
    expect(lines).toHaveLength(1);
  });

  it("carriage returns of another system, no last line end and 20,000 characters do no harm", async () => {
    const lines = await runJson(newFile(), [
      "track Contoso CRM\r",
      "status Contoso CRM\r",
      "x".repeat(20_000),
      "hi",
    ]);
    expect(lines).toHaveLength(4);
    expect(lines[1]?.title).toMatch(/^Contoso CRM is/);
    expect(lines[3]?.title).toContain("Hello");
  });
});

describe("A program that can't start says why on stderr and leaves with a code", () => {
  it.each([
    ["a directory", (folder: string) => ["--data", folder]],
    [
      "a file that is no database",
      (folder: string) => {
        writeFileSync(join(folder, "notes.txt"), "These are notes, and no database. ".repeat(100));
        return ["--data", join(folder, "notes.txt")];
      },
    ],
    [
      "a folder that can't be made",
      (folder: string) => {
        writeFileSync(join(folder, "file"), "x");
        return ["--data", join(folder, "file", "shepherd.db")];
      },
    ],
    ["a time that is none", () => ["--now", "yesterday-ish"]],
    ["a flag that is none", () => ["--colour"]],
    ["another kind of database", () => ["--data", "postgres://shepherd:hunter22@localhost/db"]],
  ])("%s", async (_, wordsIn) => {
    const { out, err, code } = await run(wordsIn(makeFolder()), ["list"]);
    expect(out).toBe("");
    expect(err.trim()).not.toBe("");
    expect(err).not.toMatch(/\n\s+at |node:internal|hunter22/);
    expect(code).toBeGreaterThan(0);
  });

  it("a file that can't be written is never an empty list", async () => {
    const data = newFile();
    await runJson(data, ["track Contoso CRM"]);
    chmodSync(data, 0o444);
    const { out, code, err } = await run(["--data", data, "--now", NOW], ["list"]);
    expect(out).not.toMatch(/No connector/);
    expect(out.includes("Contoso CRM") || (code !== 0 && err !== "")).toBe(true);
  });

  it("--help prints how it is started, and nothing else happens", async () => {
    const { out, err, code } = await run(["--help"], []);
    expect(out).toContain("--now");
    expect({ err, code }).toEqual({ err: "", code: 0 });
  });
});
