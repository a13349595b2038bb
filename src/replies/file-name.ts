const LONGEST = 60;

/** "Contoso CRM", ".ics" → "contoso-crm.ics": what every file system and every address takes. */
export function fileName(name: string, ending: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, LONGEST)
    .replace(/-$/, "");
  if (!/[a-z]/.test(slug)) return `connector${ending}`;
  // Windows keeps these names for devices.
  return /^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(slug) ? `${slug}-connector${ending}` : `${slug}${ending}`;
}
