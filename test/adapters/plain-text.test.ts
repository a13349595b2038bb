import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "../../src/index.ts";
import { anyReply } from "./any-reply.ts";
import { everywhere, HOSTILE, replyOf } from "./sample-reply.ts";

/** Line feeds are ours. */
const STEERING = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

describe("A reply as plain text", () => {
  it("steers no terminal, whatever it holds", () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const text = plainText(reply);
        expect([STEERING.exec(text)?.[0], text.isWellFormed()]).toEqual([undefined, true]);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it("has as many lines as it has parts: only text to copy brings its own", () => {
    const lines = (name: string) =>
      plainText(replyOf(...everywhere(name).filter(({ kind }) => kind !== "copy"))).split("\n").length;
    expect(HOSTILE.filter((name) => name !== "" && lines(name) !== lines("x"))).toEqual([]);
  });
});
