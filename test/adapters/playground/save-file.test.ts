import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { openTerminal } from "../../../adapters/playground/terminal.ts";
import { createAssistant } from "../../../src/index.ts";
import { makeFolder } from "../../store/folder.ts";
import { openHouse } from "../../support.ts";

/** Types lines into a terminal that stands in `folder`; what it printed. */
async function type(lines: string[], folder: string, json = false): Promise<string> {
  const { needs } = await openHouse();
  const output = new PassThrough();
  const printed = text(output);
  const terminal = openTerminal({
    input: Readable.from(lines.map((line) => `${line}\n`)),
    output,
    isInteractive: false,
    columns: () => 100,
    json,
    clock: needs.clock,
    zone: "America/Los_Angeles",
    folder,
  });
  await terminal.converse(createAssistant(needs));
  output.end();
  return printed;
}

const TRACK = ["track Contoso CRM", "mark Contoso CRM submitted"];

describe("A calendar asked for in the terminal", () => {
  it("is saved where the person is, and the terminal says where", async () => {
    const folder = makeFolder();
    const printed = await type([...TRACK, "calendar"], folder);
    expect(printed).toContain(`Saved as ${join(folder, "contoso-crm.ics")}.`);
    expect(readdirSync(folder)).toEqual(["contoso-crm.ics"]);
    expect(readFileSync(join(folder, "contoso-crm.ics"), "utf8")).toContain("certification report due");
  });

  it("replaces an earlier file of the same connector", async () => {
    const folder = makeFolder();
    await type([...TRACK, "calendar", "mark Contoso CRM report-passed", "calendar"], folder);
    expect(readdirSync(folder)).toEqual(["contoso-crm.ics"]);
    expect(readFileSync(join(folder, "contoso-crm.ics"), "utf8")).toContain("test link expires");
  });

  it("never replaces a file that is another's: another connector's, a person's, a folder, a link to nowhere", async () => {
    const folder = makeFolder();
    await type(["track CONTOSO crm", "mark submitted", "calendar"], folder);
    const other = readFileSync(join(folder, "contoso-crm.ics"), "utf8");
    writeFileSync(join(folder, "contoso-crm-2.ics"), "my notes");
    mkdirSync(join(folder, "contoso-crm-3.ics"));
    symlinkSync(join(folder, "nowhere"), join(folder, "contoso-crm-4.ics"));
    const printed = await type([...TRACK, "calendar", "calendar"], folder);
    expect(printed.match(/Saved as .*contoso-crm-5\.ics\./g)).toHaveLength(2);
    expect(readFileSync(join(folder, "contoso-crm.ics"), "utf8")).toBe(other);
    expect(readFileSync(join(folder, "contoso-crm-2.ics"), "utf8")).toBe("my notes");
    expect(readdirSync(folder)).not.toContain("nowhere");
  });

  it("that can't be saved is told in one sentence, and the conversation goes on", async () => {
    const folder = join(makeFolder(), "gone");
    const printed = await type([...TRACK, "calendar", "list"], folder);
    expect(printed).toMatch(/^The file could not be saved as .*contoso-crm\.ics \(ENOENT\)\.$/m);
    expect(printed.trimEnd().split("\n\n").at(-1)).not.toContain("could not be saved");
  });

  it("says so when every name is taken", async () => {
    const folder = makeFolder();
    for (const number of ["", ...Array.from({ length: 30 }, (_, index) => `-${index + 2}`)])
      writeFileSync(join(folder, `contoso-crm${number}.ics`), "taken");
    const printed = await type([...TRACK, "calendar"], folder);
    expect(printed).toContain("was not saved: others are called contoso-crm.ics already");
  });

  it("is in the line as text with --json, and nothing is saved", async () => {
    const folder = makeFolder();
    const printed = await type([...TRACK, "calendar"], folder, true);
    const lines = printed
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ file }) => file?.name)).toEqual([undefined, undefined, "contoso-crm.ics"]);
    expect(lines[2].file.text).toMatch(/^BEGIN:VCALENDAR\r\n.*END:VCALENDAR\r\n$/s);
    expect(readdirSync(folder)).toEqual([]);
  });
});
