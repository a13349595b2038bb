type Attributes = Record<string, string | boolean | undefined>;

/** Nothing for undefined, so that parts can be left out in place. Strings become text, never markup. */
export type Child = Node | string | undefined;

/** An element; `true` sets an attribute without value, `false` and undefined leave it out. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** The element of the page with that id. Throws when the page has none, or another kind. */
export function find<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`the page has no ${kind.name} "${id}"`);
  return element;
}

/** A link that opens beside the page; its plain content when the address is not a web page's. */
export function makeLink(address: string, name: Node | string, attributes: Attributes = {}): HTMLElement {
  const href = webAddress(address);
  if (!href) return make("span", {}, name);
  return make("a", { ...attributes, href, target: "_blank", rel: "noopener noreferrer" }, name);
}

/** The address when it is http or https, whatever the case or the blanks around it; else undefined. */
export function webAddress(address: string): string | undefined {
  if (!URL.canParse(address, location.href)) return undefined;
  const url = new URL(address, location.href);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
}
