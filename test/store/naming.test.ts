import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { StoreError } from "../../src/ports.ts";
import { openStore } from "../../src/store/sql-store.ts";
import { makeFolder } from "./folder.ts";
import { handClock } from "./sample.ts";

/** Nothing listens there. */
const NOWHERE = "127.0.0.1:1";

async function failureOf(url: string): Promise<StoreError> {
  const failure = await openStore(url, handClock()).catch((error: unknown) => error);
  if (!(failure instanceof StoreError)) throw new Error("it was no StoreError", { cause: failure });
  return failure;
}

describe("A store is named by its URL", () => {
  // What is taken for a path would lie there.
  let folder = "";
  const before = process.cwd();
  beforeEach(() => {
    folder = makeFolder();
    process.chdir(folder);
  });
  afterEach(() => process.chdir(before));

  it.each(["postgres", "postgresql", "POSTGRES", "PostgreSQL"])("that begins with %s://", async (scheme) => {
    const { message } = await failureOf(`${scheme}://ana:hunter22@${NOWHERE}/shepherd`);
    expect(message).toMatch(/^The store 127\.0\.0\.1:1\/shepherd refuses connections/);
  });

  it("and keeps a password from sight in which every odd character is encoded", async () => {
    const password = encodeURIComponent("p@ss/w:rd?#[%]");
    const { message } = await failureOf(`postgres://ana:${password}@${NOWHERE}/shepherd`);
    expect(message).toMatch(/^The store 127\.0\.0\.1:1\/shepherd refuses connections/);
  });

  it.each(["user:p@ss/word", "user:12/cret", "user:12?cret", "user:12#cret", "user:12@/cret"])(
    "and not by one whose password may begin its path: postgres://%s@…",
    async (user) => {
      const { message } = await failureOf(`postgres://${user}@${NOWHERE}/shepherd`);
      expect(message).toMatch(/^DATABASE_URL cannot be read: .*%40.*%2F/);
      expect(message).not.toMatch(/ss:|12\/|word@|cret/);
    },
  );

  it.each(["postgres:", "postgresql:", "postgres:/", "postgres:shepherd", "postgres//127.0.0.1/shepherd"])(
    "and not by %s",
    async (url) => {
      const failure = await failureOf(url);
      expect(failure.message).toMatch(/^DATABASE_URL cannot be read: .*postgres:\/\/USER/);
    },
  );

  it("and not without the name of a database, where nothing else tells it", async () => {
    const { message } = await failureOf(`postgres://${NOWHERE}`);
    expect(message).not.toContain("undefined");
  });

  it.each([
    "mysql://shepherd:hunter22@db.example.com/shepherd",
    "DATABASE_URL=postgres://shepherd:hunter22@db.example.com/shepherd",
    "'postgres://shepherd:hunter22@db.example.com/shepherd",
    "sqlite:postgres://shepherd:hunter22@db.example.com/shepherd",
    "shepherd:hunter22@db.example.com/shepherd",
    "hunter22://db",
  ])("and is no file where that was meant otherwise: %s", async (url) => {
    const { reason, message } = await failureOf(url);
    expect(reason).toBe("unreachable");
    expect(message).toMatch(/^The store is named in no way .*postgres:\/\/USER.*sqlite:PATH/);
    for (const part of ["hunter22", "mysql", "example"]) expect(message).not.toContain(part);
  });

  it.each(["sqlite:", "file:", "SQLITE:", "sqlite://"])("as a file of any name behind %s", async (scheme) => {
    const path = join(folder, "ana@home.db");
    await (await openStore(`${scheme}${path}`, handClock())).store.close();
    expect(existsSync(path)).toBe(true);
  });

  it("and no message tells any part of any password, encoded or not", async () => {
    const odd = fc.string({ unit: "binary-ascii", maxLength: 4 });
    const passwords = fc
      .tuple(odd, fc.constant("4815"), odd, fc.constant("hunter22"), odd)
      .chain((parts) => fc.constantFrom(parts.join(""), encodeURIComponent(parts.join(""))));
    const begins = fc.constantFrom(
      ...["postgres://", "postgresql://", "POSTGRES://", " postgres://", '"postgres://', "postgres//"],
      ...["postgres:", "postgres:/", "mysql://", "DATABASE_URL=postgres://", ""],
    );
    const ends = fc.constantFrom("/shepherd", "", "/shepherd?sslmode=disable", "/shepherd?max=many");
    await fc.assert(
      fc.asyncProperty(begins, passwords, ends, async (begin, password, end) => {
        const config = readConfig({ DATABASE_URL: `${begin}ana:${password}@${NOWHERE}${end}` });
        const { message } = await failureOf("databaseUrl" in config ? (config.databaseUrl ?? "") : "");
        expect(message).not.toMatch(/4815|hunter22/);
      }),
      { numRuns: 500 },
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
