import { describe, expect, it } from "vitest";
import { addressOf, findPlace, isOurHost } from "../../adapters/listening.ts";

describe("Where the playground listens", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["127.8.9.10", "127.8.9.10"],
    ["::1", "::1"],
    ["[::1]", "::1"],
  ])("%s is this machine alone", async (host, address) => {
    expect(await findPlace(host)).toEqual({ address, isOpen: false });
  });

  it("localhost is this machine alone", async () => {
    expect(await findPlace("localhost")).toMatchObject({ isOpen: false });
  });

  it.each([
    "0.0.0.0",
    "::",
    "192.168.1.7",
    "10.0.0.1",
    "fe80::1",
    "2001:db8::1",
    "128.0.0.1",
    "::ffff:10.0.0.1",
  ])("%s is not", async (host) => {
    expect(await findPlace(host)).toMatchObject({ isOpen: true });
  });

  it.each(["no-such-host.invalid", "300.1.1.1", "a b"])("“%s” is nowhere, and that is said", async (host) => {
    expect(await findPlace(host)).toEqual({ problem: `HOST ${host} is no address of this machine.` });
  });

  it.each([
    [{ address: "127.0.0.1", isOpen: false }, "http://127.0.0.1:80"],
    [{ address: "::1", isOpen: false }, "http://[::1]:80"],
    [{ address: "0.0.0.0", isOpen: true }, "http://127.0.0.1:80"],
    [{ address: "::", isOpen: true }, "http://[::1]:80"],
  ])("%j is told as %s", (place, url) => {
    expect(addressOf(place, 80)).toBe(url);
  });

  it("answers to its own address where others are let in, and to any without a name, but to no foreign name", () => {
    const open = { address: "0.0.0.0", isOpen: true };
    for (const host of ["127.0.0.1:3978", "localhost:3978", "192.168.1.7:3978", "[fe80::1]:3978"]) {
      expect([host, isOurHost(host, 3978, open)]).toEqual([host, true]);
    }
    for (const host of ["evil.example:3978", "192.168.1.7:80", "192.168.1.7", "1.2.3:3978", undefined]) {
      expect([host, isOurHost(host, 3978, open)]).toEqual([host, false]);
    }
  });

  it("takes a host without a port for port 80", () => {
    const place = { address: "127.0.0.1", isOpen: false };
    expect([isOurHost("localhost", 80, place), isOurHost("localhost", 81, place)]).toEqual([true, false]);
  });
});
