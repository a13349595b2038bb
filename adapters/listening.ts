import { lookup } from "node:dns/promises";
import { BlockList, isIP, isIPv4 } from "node:net";

/** Where to listen. `isOpen`: others on the network can reach it. */
export interface Place {
  /** An IP address. */
  address: string;
  isOpen: boolean;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8);
LOOPBACK.addAddress("::1", "ipv6");
const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/** Finds the address that a host stands for, which is this machine's own only if all its addresses are. */
export async function findPlace(host: string): Promise<Place | { problem: string }> {
  try {
    const found = await lookup(host.replace(/^\[(.*)\]$/, "$1"), { all: true });
    const [first] = found;
    if (!first) return { problem: `HOST ${host} has no address.` };
    return { address: first.address, isOpen: !found.every(({ address }) => isLoopback(address)) };
  } catch {
    return { problem: `HOST ${host} is no address of this machine.` };
  }
}

/** "http://127.0.0.1:3978": what to type into a browser on this machine. */
export function addressOf({ address }: Place, port: number): string {
  const name = { "0.0.0.0": "127.0.0.1", "::": "::1" }[address] ?? address;
  return `http://${isIPv4(name) ? name : `[${name}]`}:${port}`;
}

/**
 * Whether a request's Host header names us. A page of another site can have its own name point at this machine; so names count
 * only where they are ours. Where others are let in, any address without a name does.
 */
export function isOurHost(header: string | undefined, port: number, place: Place): boolean {
  const [, name = "", given = "80"] = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(header ?? "") ?? [];
  if (Number(given) !== port) return false;
  const bare = name.replace(/^\[(.*)\]$/, "$1");
  return (
    LOOPBACK_NAMES.includes(name.toLowerCase()) ||
    bare === place.address ||
    (place.isOpen && isIP(bare) !== 0)
  );
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}
