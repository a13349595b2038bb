/** What Teams' own surfaces need to say beside a reply. */
export const WORDS = {
  howToSay: "In a channel or group chat, begin with @Connector Shepherd.",
  done: "Done.",
  here: "The answer is below.",
  alone: "The answer is for you alone, below.",
  chat: "The answer is in our chat.",
  nowhere: "The answer is for you alone: open a chat with me, and ask there.",
  before: "This was answered before.",
  failed: "That did not work just now, and nothing was shown: try again in a minute.",
  expired: "This link is not good any more: ask Connector Shepherd in Teams again.",
} as const;
