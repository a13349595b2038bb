import { decodeHTMLStrict } from "entities";

/** What stands in the text for someone who is mentioned, such as "<at>Connector Shepherd</at>". */
export interface Mention {
  id: string;
  text: string;
}

/** Tags hold no other: a search that ends at the next "<" takes no longer than the text is, whatever the text is. */
const AT = /<at(?: [^<>]*)?>([^<>]*)<\/at>/gi;

/** Pasted, or typed where the client offered no mention. */
const OWN_NAME = /^\s*@Connector Shepherd\b[,:]?/i;

/**
 * What someone typed: without the mentions of us, however many; of others the names; entities decoded, and the spaces that are
 * none folded.
 */
export function typedText(said: string, mentions: readonly Mention[], bot: string): string {
  const names = (isOwn: boolean) =>
    new Set(mentions.filter(({ id }) => (id === bot) === isOwn).map(({ text }) => text.replace(AT, "$1")));
  const [own, others] = [names(true), names(false)];
  const words = said.replaceAll(AT, (whole, name: string) => {
    if (own.has(name)) return " ";
    return others.has(name) ? name : whole;
  });
  return decodeHTMLStrict(words)
    .replace(OWN_NAME, "")
    .replaceAll(/[^\S\n]+/g, " ")
    .trim();
}
