/** What we may do in a workspace, as manifest/slack.json asks for it; README says why. */
export const SCOPES = [
  "app_mentions:read",
  "assistant:write",
  "channels:read",
  "chat:write",
  "chat:write.public",
  "commands",
  "files:write",
  "groups:read",
  "im:history",
  "im:write",
  "users:read",
];
