import { z } from "zod";
import type { Faces } from "./playground/shown.ts";
import { formModal, readMetadata } from "./slack/modal.ts";
import { readOwnPress, readPress, readSubmitted } from "./slack/press.ts";
import * as slackRender from "./slack/render.ts";
import * as teamsPress from "./teams/press.ts";
import * as teamsRender from "./teams/render.ts";

/** What the playground shows and understands of each platform: what that platform's own adapter does. */
export const FACES: Faces = {
  slack: {
    render: slackRender.renderMessage,
    readPress: (payload) => readPress(payload) ?? readModal(payload),
    openWindow: (payload) => {
      const own = readOwnPress(payload);
      return own?.kind === "open" ? formModal(own.form) : undefined;
    },
  },
  teams: { render: teamsRender.renderMessage, readPress: teamsPress.readPress },
};

const Submission = z.object({
  type: z.literal("view_submission"),
  view: z.object({ private_metadata: z.string() }),
});

/** What the payload of `view_submission` says. */
function readModal(payload: unknown): ReturnType<typeof readSubmitted> {
  const sent = Submission.safeParse(payload).data?.view.private_metadata;
  const { form } = sent === undefined ? {} : readMetadata(sent);
  return form === undefined ? undefined : readSubmitted(form, payload);
}
