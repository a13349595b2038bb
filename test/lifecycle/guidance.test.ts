import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/lifecycle/step-table.ts";
import { buttonFor, NAME, openHouseAt, openHouseWith, sasUri, sourcesOf, textOf } from "../support.ts";

/** What a publisher says to the draft's steps, in the page's order; "" where nothing is asked. */
const DRAFT: [step: string, given: string][] = [
  ["sign-in", ""],
  ["marketplace-offers", ""],
  ["program", ""],
  ["new-offer", ""],
  ["offer-name", "Contoso CRM connector"],
  ["open-packages", ""],
  ["sas-uri", sasUri("2026-12-31T09:00")],
  ["oauth", "yes"],
  ["save-package", ""],
  ["open-properties", ""],
  ["categories", "Productivity, Sales and CRM"],
  ["eula", "standard"],
  ["privacy-policy", "https://contoso.com/privacy"],
  ["support-document", "https://contoso.com/support"],
  ["save-properties", ""],
  ["open-availability", ""],
  ["hidekey", "contosobeta7"],
  ["review-and-publish", ""],
  ["notification-audience", "connectors@contoso.com"],
  ["publish", ""],
];

describe("The guidance", () => {
  it("leads through the account and the draft, one step at a time, in the page's order", async () => {
    const house = await openHouseWith(NAME);
    for (const step of ["seller-account", "verify-account", "enroll"]) {
      expect(textOf(await house.say(`next ${NAME}`))).toContain(`done ${NAME} ${step}`);
      await house.say(`done ${NAME}`);
    }
    for (const [index, [step, given]] of DRAFT.entries()) {
      const shown = await house.say(`next ${NAME}`);
      expect(textOf(shown)).toContain(`done ${NAME} ${step}`);
      expect(textOf(shown)).toContain(`step ${index + 1} of ${DRAFT.length}`);
      expect(sourcesOf(shown)).not.toEqual([]);
      await house.say(`done ${NAME} ${given}`.trim());
    }
    expect((await house.standing(NAME)).stage).toBe("review");
  });

  it("can be followed by its buttons alone", async () => {
    const house = await openHouseWith(NAME);
    let reply = await house.say(`next ${NAME}`);
    for (let presses = 0; presses < 40; presses += 1) {
      if ((await house.standing(NAME)).stage === "review") break;
      const buttons = reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
      reply = await house.press(buttons.find(({ action }) => action === "done"));
    }
    expect((await house.standing(NAME)).stage).toBe("review");
  });

  it("names every step of the certification page's draft exactly once", () => {
    expect(STEPS.filter(({ stage }) => stage === "draft").map(({ id }) => id)).toEqual(
      DRAFT.map(([id]) => id),
    );
  });

  it("takes steps out of order, by name and by number, and goes on with the first that is open", async () => {
    const house = await openHouseAt("draft");
    await house.sayAll(`done ${NAME} categories Sales and CRM`, `done ${NAME} 2`);
    const { steps } = await house.connector(NAME);
    expect(steps.categories?.kept).toBe("Sales and CRM");
    expect(steps["marketplace-offers"]).toBeDefined();
    expect(textOf(await house.say(`next ${NAME}`))).toContain(`done ${NAME} sign-in`);
  });

  it("refuses Publish while steps are open, names them, and does not count the optional ones", async () => {
    const house = await openHouseAt("draft");
    const before = await house.connector(NAME);
    const reply = await house.say(`done ${NAME} publish`);
    expect(await house.connector(NAME)).toEqual(before);
    expect(textOf(reply)).toContain("Sign in to Partner Center");
    for (const [step, given] of DRAFT.slice(0, -1)) {
      if (step !== "hidekey" && step !== "notification-audience")
        await house.say(`done ${NAME} ${step} ${given}`);
    }
    await house.say(`done ${NAME} publish`);
    expect((await house.standing(NAME)).stage).toBe("review");
  });

  it("lets a publisher who published anyway say so", async () => {
    const house = await openHouseAt("draft");
    const reply = await house.say(`done ${NAME} publish`);
    await house.press(buttonFor(reply, "mark", { milestone: "submitted" }));
    expect((await house.standing(NAME)).stage).toBe("review");
  });

  it.each([
    ["changes-requested", "resubmit", "review"],
    ["testing", "confirm-go-live", "publishing"],
  ] as const)("at %s records the milestone that the step %s is", async (from, step, to) => {
    const house = await openHouseAt(from);
    await house.say(`done ${NAME} ${step}`);
    expect((await house.standing(NAME)).stage).toBe(to);
  });

  it.each(["publishing", "deploying", "public-preview"] as const)(
    "at %s leads to open-sourcing, until its pull request is there",
    async (stage) => {
      const house = await openHouseAt(stage);
      await house.say(`done ${NAME} open-source`);
      expect((await house.connector(NAME)).moves.at(-1)?.milestone).toBe("pull-request");
      expect(textOf(await house.say(`next ${NAME}`))).not.toContain("open-source\n");
    },
  );

  it("asks in review whether the report passed, and ticks nothing by itself", async () => {
    const house = await openHouseAt("review");
    await house.say(`done ${NAME} wait-for-review`);
    const reply = await house.say(`done ${NAME}`);
    expect((await house.standing(NAME)).stage).toBe("review");
    await house.press(buttonFor(reply, "mark", { milestone: "report-passed" }));
    expect((await house.standing(NAME)).stage).toBe("testing");
  });

  it("starts testing afresh with every new test link", async () => {
    const house = await openHouseAt("testing");
    await house.say(`done ${NAME} test`);
    house.sleep("2026-11-09T09:00");
    await house.say(`mark ${NAME} submitted`);
    house.sleep("2026-11-10T09:00");
    await house.say(`mark ${NAME} report-passed`);
    expect(textOf(await house.say(`next ${NAME}`))).toContain(`done ${NAME} test`);
  });

  it.each(["review", "changes-requested"] as const)(
    "takes a new SAS URI at %s, where the old one's expiry is still watched",
    async (stage) => {
      const house = await openHouseAt("draft");
      await house.say(`done ${NAME} sas-uri ${sasUri("2026-11-20T09:15")}`);
      await house.say(`mark ${NAME} submitted`);
      if (stage === "changes-requested") {
        house.sleep("2026-11-04T10:00");
        await house.say(`mark ${NAME} report-failed`);
      }
      await house.say(`done ${NAME} sas-uri ${sasUri("2026-12-31T09:00")}`);
      expect((await house.connector(NAME)).steps["sas-uri"]?.expiresAt).toBe("2026-12-31T17:00:00.000Z");
    },
  );
});
