/** The clouds that the GA page names, and what people call them. Source: Release your connector to other clouds. */
const CLOUDS = new Map(
  Object.entries({
    gcc: "GCC",
    "gcc-h": "GCC-H",
    gcch: "GCC-H",
    "gcc-high": "GCC-H",
    "gcc high": "GCC-H",
    dod: "DoD",
    "azure government": "Azure Government",
    "azure-government": "Azure Government",
    "us government": "Azure Government",
    mooncake: "Mooncake",
    china: "Mooncake",
  }),
);
const LONGEST = 2;

/** "GCC, DoD=https://api.contoso.us": clouds with their endpoints; undefined when a word is none. */
export function readClouds(text: string): { name: string; endpoint?: string }[] | undefined {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "" && word.toLowerCase() !== "and");
  const clouds: { name: string; endpoint?: string }[] = [];
  for (let at = 0; at < words.length; ) {
    const taken = takeCloud(words, at);
    if (!taken) return undefined;
    if (!clouds.some(({ name }) => name === taken.cloud.name)) clouds.push(taken.cloud);
    at += taken.count;
  }
  return clouds;
}

function takeCloud(words: readonly string[], at: number) {
  for (let count = LONGEST; count > 0; count -= 1) {
    const text = words.slice(at, at + count).join(" ");
    const [, called = "", endpoint] = /^([^=]+)(?:=(.+))?$/.exec(text) ?? [];
    const name = CLOUDS.get(called.toLowerCase());
    if (!name) continue;
    if (endpoint === undefined) return { cloud: { name }, count };
    const url = URL.parse(endpoint);
    if (url?.protocol === "https:" && url.username === "")
      return { cloud: { name, endpoint: url.href.replace(/\/$/, "") }, count };
  }
  return undefined;
}
