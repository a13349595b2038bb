import fc from "fast-check";
import { expect, test } from "vitest";
import { mintAddress as mintSlack } from "../../../adapters/slack/address.ts";
import { mintAddress, type Place, readAddress } from "../../../adapters/teams/address.ts";
import type { Address, WorkspaceId } from "../../../src/incoming.ts";

const CHANNEL: Place = {
  tenant: "72f988bf-86f1-41af-91ab-2d7cd011db47" as WorkspaceId,
  serviceUrl: "https://smba.trafficmanager.net/emea/",
  scope: "19:general@thread.tacv2",
  isDirect: false,
  conversation: "19:8ec7832abeb3a07fa07fca0c12be9293@thread.tacv2;messageid=1795300811000",
  bot: "28:0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
  person: "29:1h7Zz-_Aq%/?#",
};

const id = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.string({ unit: fc.constantFrom(..."/:%;=@#?&+ .\\\u0000"), minLength: 1 }),
);

test("an address says of any place what it was made of, whatever stands in its ids", () => {
  const place = fc.record({
    tenant: id as fc.Arbitrary<WorkspaceId>,
    serviceUrl: id,
    scope: id,
    isDirect: fc.boolean(),
    conversation: id,
    bot: id,
    person: id,
  });
  fc.assert(
    fc.property(place, (one) => {
      expect(readAddress(mintAddress(one))).toEqual(one);
    }),
  );
});

test("two places never share an address", () => {
  const pair = fc.tuple(id, id, id, id).filter(([a, b, c, d]) => a !== c || b !== d);
  fc.assert(
    fc.property(pair, ([conversation, person, otherConversation, otherPerson]) => {
      const one = mintAddress({ ...CHANNEL, conversation, person });
      const other = mintAddress({ ...CHANNEL, conversation: otherConversation, person: otherPerson });
      expect(one).not.toBe(other);
    }),
  );
});

test("an address begins with its platform's name, and keeps a thread and its tenant", () => {
  const address = mintAddress(CHANNEL);
  expect(address).toMatch(/^teams:[\w.~%!'()*-]+(?:\/[\w.~%!'()*-]+){6}$/);
  expect(readAddress(address)).toEqual(CHANNEL);
});

test("other platforms' addresses are nobody's in Teams", () => {
  const slack = mintSlack({ tenant: "T0CONTOSO" as WorkspaceId, channel: "C1", person: "U1" });
  for (const other of [slack, "terminal:here", "playground:1", "", "Teams:a/b/direct/c/d/e", "teams"])
    expect(readAddress(other as Address)).toBeUndefined();
});

test("what is cut off, or empty in a part, is no address", () => {
  const whole = mintAddress(CHANNEL);
  const parts = whole.split("/");
  for (let count = 1; count < parts.length; count += 1)
    expect(readAddress(parts.slice(0, count).join("/") as Address)).toBeUndefined();
  for (let at = 0; at < parts.length; at += 1) {
    if (at === 3) continue;
    const emptied = parts.with(at, at === 0 ? "teams:" : "").join("/");
    expect(readAddress(emptied as Address)).toBeUndefined();
  }
});
