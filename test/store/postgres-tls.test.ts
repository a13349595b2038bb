import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/sql-store.ts";
import { ask, findPrograms, POSTGRES, startServer, type TestServer } from "../postgres.ts";
import { handClock } from "./sample.ts";

/** Named once: it is no package. */
const OPENSSL = "openssl";
const HAS_OPENSSL = (() => {
  try {
    return execFileSync(OPENSSL, ["version"], { stdio: "pipe" }).length > 0;
  } catch {
    return false;
  }
})();

/** Opens the store and closes it again; what went wrong, if anything did. */
async function problemOf(url: string): Promise<string | undefined> {
  try {
    await (await openStore(url, handClock())).store.close();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : `${error}`;
  }
}

describe.skipIf(!POSTGRES || !findPrograms() || !HAS_OPENSSL)("TLS to PostgreSQL", () => {
  let server: TestServer;
  let authority = "";
  let url = "";

  beforeAll(async () => {
    server = await startServer("-c ssl=on", async (folder) => {
      authority = join(folder, "server.crt");
      const key = join(folder, "server.key");
      const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
      const made = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        key,
        "-out",
        authority,
      ];
      execFileSync(OPENSSL, [...made, ...names], { stdio: "pipe" });
      chmodSync(key, 0o600);
      // Nobody is let in without TLS.
      writeFileSync(join(folder, "pg_hba.conf"), "hostssl all all 127.0.0.1/32 trust\n");
    });
    url = server.url.replace("127.0.0.1", "localhost");
  });
  afterAll(() => server?.remove());

  it("is spoken where the URL asks for it, with a server whose certificate is trusted", async () => {
    const place = `${url}?sslmode=verify-full&sslrootcert=${authority}`;
    expect(await problemOf(place)).toBeUndefined();
    expect(await ask(place, "select ssl from pg_stat_ssl where pid = pg_backend_pid()")).toEqual([
      { ssl: true },
    ]);
  });

  it.each(["require", "prefer", "verify-ca", "verify-full"])(
    "does not trust a stranger's certificate, by sslmode=%s either",
    async (mode) => {
      expect(await problemOf(`${url}?sslmode=${mode}`)).toMatch(
        /certificate that is not trusted: .*sslrootcert/,
      );
    },
  );

  it("does not take another host's certificate", async () => {
    const place = `${server.url}?sslmode=verify-full&sslrootcert=${authority}`;
    expect(await problemOf(place)).toMatch(/certificate of another host/);
  });

  it("trusts anybody only where the URL says so", async () => {
    expect(await problemOf(`${url}?sslmode=no-verify`)).toBeUndefined();
  });

  it("is not spoken unasked, which a server may refuse", async () => {
    expect(await problemOf(url)).toMatch(/does not let this program in/);
  });
});
