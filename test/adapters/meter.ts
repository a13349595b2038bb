import type { Meter } from "../../src/ports.ts";

/** Notes what an operator's figures are told, a few words each. */
export function meterIn(metered: string[] = []): Meter {
  const note = (words: string) => void metered.push(words);
  return {
    answered: (command) => note(`answered ${command}`),
    failed: (why) => note(`failed: ${why}`),
    reminded: note,
    leasesLost: (count) => note(`${count} leases lost`),
    rateLimited: (platform) => note(`limited by ${platform}`),
  };
}
