/** What Slack's own surfaces need to say beside a reply. */
export const WORDS = {
  app: "Connector Shepherd",
  share: "Share here",
  picture: "Timeline as a picture",
  fillIn: "Fill in …",
  cancel: "Cancel",
  close: "Close",
  working: "One moment …",
  inDirectChat: "in our direct chat",
  below: "below",
} as const;
