/** What Teams' own surfaces need to say beside a reply. */
export const WORDS = {
  howToSay: "In a channel or group chat, begin with @Connector Shepherd.",
  here: "The answer is below.",
  alone: "The answer is for you alone, below.",
  before: "This was answered before.",
  failed: "That did not work just now, and nothing was shown: try again in a minute.",
  expired: "This link is not good any more: ask Connector Shepherd in Teams again.",
} as const;
