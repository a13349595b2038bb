import { placeNamed } from "../scheduling/places.ts";
import { findPlace, type PlaceSaid } from "../scheduling/places-in-text.ts";
import { findName, findStranger, type NameSaid } from "./names.ts";

/** What stands in a text for a connector's name and a place: what matters is that there is one. */
export const A_CONNECTOR = " connectorname ";
export const A_PLACE = " placename ";
const MOST_PLACES = 4;

/** A question with what it names taken out. */
export interface Recognised {
  /** Names and places replaced by the words above. */
  text: string;
  name?: NameSaid;
  place?: PlaceSaid;
}

/** @param isWord whether people use a folded word without meaning a name */
export function recognise(
  said: string,
  connectors: readonly string[],
  isWord: (folded: string) => boolean,
): Recognised {
  // "Germany" alone is the country, also beside a connector called Germany Post.
  const isPlain = (folded: string) => isWord(folded) || placeNamed(folded) !== undefined;
  return recogniseWith(said, findName(said, connectors, isPlain));
}

/** The same where one strange word is taken for the name of a connector that nobody follows. */
export function recogniseStranger(said: string, isWord: (folded: string) => boolean): Recognised | undefined {
  const { place } = withoutPlaces(said);
  const isKnown = (folded: string) => isWord(folded) || place?.words.toLowerCase().includes(folded) === true;
  const name = findStranger(said, isKnown);
  return name && recogniseWith(said, name);
}

function recogniseWith(said: string, name: NameSaid | undefined): Recognised {
  const nameless = name ? replaced(said, name, A_CONNECTOR) : said;
  const { text, place } = withoutPlaces(nameless);
  return { text, ...(name && { name }), ...(place && { place }) };
}

/** `place`: the first that was found, the longest name first. */
export function withoutPlaces(said: string): { text: string; place?: PlaceSaid } {
  const first = findPlace(said);
  let text = said;
  let place = first;
  for (let count = 0; place && count < MOST_PLACES; count += 1) {
    text = replaced(text, place, A_PLACE);
    place = findPlace(text);
  }
  return { text, ...(first && { place: first }) };
}

function replaced(text: string, { index, words }: { index: number; words: string }, by: string): string {
  return text.slice(0, index) + by + text.slice(index + words.length);
}
