/** What Slack's own surfaces need to say beside a reply. */
export const WORDS = {
  app: "Connector Shepherd",
  share: "Share here",
  picture: "Timeline as a picture",
  howToSay: "In a channel, begin with /connector or @Shepherd.",
  cancel: "Cancel",
  close: "Close",
  working: "One moment …",
  fileInChat: "The file is in our direct chat.",
} as const;
