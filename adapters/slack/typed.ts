// No mark holds another: a search that ends at the next "<" takes no longer than the text is, whatever the text is.

/** Without the mentions of ourselves; whoever is mentioned first is us. */
export function withoutMentions(said: string, botUser: string | undefined): string {
  return said
    .replace(/^\s*<@[UW][A-Z0-9]+(?:\|[^<>]*)?>[,:]?/, "")
    .replace(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g, (whole, user) => (user === botUser ? " " : whole));
}

/** Slack's escapes as people see them: "<https://x.example|x>" was typed as an address, "&amp;" as "&". */
export function unescaped(said: string): string {
  return said
    .replace(/<(?:mailto:|tel:)([^<|>]+)(?:\|([^<>]*))?>/g, (_, address, label) => label || address)
    .replace(/<(https?:[^<|>]+)(?:\|[^<>]*)?>/g, "$1")
    .replace(
      /<([@#!])([^<|>]+)(?:\|([^<>]*))?>/g,
      (_, sign, id, label) => `${sign === "!" ? "@" : sign}${label || id}`,
    )
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** Without the command's own name, which is needless in a chat with us, and without the marks of what is shown as code. */
export function bare(said: string): string {
  const words = said.trim();
  const isCode = words.startsWith("`") && words.endsWith("`");
  return (isCode ? words.replaceAll("`", "").trim() : words).replace(/^\/connector(?:\s+|$)/i, "");
}
