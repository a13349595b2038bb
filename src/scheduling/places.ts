/** A wave of the rollout, by its place in the sequence. */
type WaveNumber = 1 | 2 | 3 | 4 | 5 | 6;

/** The waves in their order, as the certification page groups them (section on deployment). */
export const WAVES: readonly { number: WaveNumber; name: string }[] = [
  { number: 1, name: "Testing" },
  { number: 2, name: "US preview" },
  { number: 3, name: "Asia except Japan and India" },
  { number: 4, name: "Europe except the United Kingdom" },
  { number: 5, name: "Brazil, Canada, Japan, India" },
  { number: 6, name: "Australia, United Kingdom, United States" },
];

type Places = readonly [wave: WaveNumber | undefined, places: string][];

/**
 * Places by wave; without a wave are those that the page does not list. One entry is `name, other names: ISO codes`,
 * entries part at `;`. Official names are given only where "Republic of …" and the like before the name do not make
 * them. Asia and Europe are the UN's (M49) but for what docs/decisions.md settles: Western Asia and Iran are the Middle East,
 * which the page does not list (the UAE is named there); Cyprus is Europe, being a member of the EU. Territories stand
 * where they lie, not with the state they belong to; the parts of the United Kingdom are the United Kingdom.
 */
const PLACES: Places = [
  [
    6,
    `Australia: AU AUS; United Kingdom, UK, Great Britain, Britain, England, Scotland, Wales, Northern Ireland,
    Great Britain and Northern Ireland: GB GBR;
    United States, US, USA, America, States, United States of America, mainland US: US USA`,
  ],
  [5, "Brazil, Brasil: BR BRA; Canada: CA CAN; Japan, Nippon: JP JPN; India, Bharat: IN IND"],
  [
    4,
    `Albania: AL ALB; Andorra: AD AND; Austria, Österreich: AT AUT; Belarus, Byelorussia: BY BLR; Belgium, België, Belgique: BE BEL;
    Bosnia and Herzegovina, Bosnia, Bosnia-Hercegovina, BiH: BA BIH; Bulgaria: BG BGR; Croatia, Hrvatska: HR HRV; Cyprus: CY CYP;
    Czechia, Czech Republic, Czech: CZ CZE; Denmark, Danmark: DK DNK; Estonia: EE EST; Finland, Suomi: FI FIN;
    France, French Republic, metropolitan France: FR FRA; Germany, Deutschland: DE DEU; Greece, Hellas, Hellenic Republic: GR GRC;
    Hungary: HU HUN; Iceland: IS ISL; Ireland, Eire: IE IRL; Italy, Italia, Italian Republic: IT ITA; Latvia: LV LVA;
    Liechtenstein: LI LIE; Lithuania: LT LTU; Luxembourg, Luxemburg: LU LUX; Malta: MT MLT; Moldova: MD MDA; Monaco: MC MCO;
    Montenegro: ME MNE; Netherlands, Holland, Nederland: NL NLD; North Macedonia, Macedonia, FYROM: MK MKD; Norway, Norge: NO NOR;
    Poland, Polska: PL POL; Portugal, Portuguese Republic: PT PRT; Romania, Rumania: RO ROU; Russia, Russian Federation: RU RUS;
    San Marino: SM SMR; Serbia: RS SRB; Slovakia, Slovak Republic: SK SVK; Slovenia: SI SVN; Spain, España: ES ESP;
    Sweden, Sverige: SE SWE; Switzerland, Swiss Confederation, Schweiz, Suisse: CH CHE; Ukraine: UA UKR;
    Vatican City, Vatican, Holy See, Vatican City State: VA VAT; Kosovo: XK XKX; Gibraltar: GI GIB; Jersey: JE JEY; Guernsey: GG GGY;
    Isle of Man: IM IMN; Faroe Islands, Faroes, Faeroe Islands: FO FRO; Åland, Åland Islands: AX ALA;
    Svalbard and Jan Mayen, Svalbard: SJ SJM`,
  ],
  [
    3,
    `Afghanistan: AF AFG; Bangladesh: BD BGD; Bhutan: BT BTN; Brunei, Brunei Darussalam: BN BRN; Cambodia, Kampuchea: KH KHM;
    China, PRC, mainland China: CN CHN; Hong Kong, HKSAR, Hong Kong SAR, Hong Kong SAR China: HK HKG; Macau, Macao, Macau SAR, Macao SAR, Macao SAR China: MO MAC;
    Taiwan, Republic of China, Chinese Taipei, ROC, Taiwan Province of China: TW TWN; Indonesia: ID IDN; Kazakhstan: KZ KAZ;
    Kyrgyzstan, Kyrgyz Republic, Kirghizia: KG KGZ; Laos, Lao PDR, Lao, Lao People's Democratic Republic: LA LAO; Malaysia: MY MYS;
    Maldives, Maldive Islands: MV MDV; Mongolia: MN MNG; Myanmar, Burma: MM MMR; Nepal: NP NPL;
    North Korea, Democratic People's Republic of Korea, DPRK, Korea North: KP PRK; Pakistan: PK PAK; Philippines: PH PHL;
    Singapore: SG SGP; South Korea, Korea, Republic of Korea, ROK, Korea South: KR KOR; Sri Lanka, Ceylon: LK LKA;
    Tajikistan: TJ TJK; Thailand, Siam: TH THA; Timor-Leste, East Timor: TL TLS; Turkmenistan: TM TKM; Uzbekistan: UZ UZB;
    Vietnam, Viet Nam: VN VNM`,
  ],
  [
    undefined,
    `Armenia: ARM; Azerbaijan: AZ AZE; Bahrain: BH BHR; Georgia: GE GEO; Iran, Persia: IR IRN; Iraq: IQ IRQ; Israel: IL ISR;
    Jordan: JO JOR; Kuwait: KW KWT; Lebanon, Lebanese Republic: LB LBN; Oman: OM OMN;
    Palestine, Palestinian Territories, Palestinian Territory, Occupied Palestinian Territory, West Bank, Gaza: PS PSE; Qatar: QA QAT;
    Saudi Arabia, KSA, Saudi: SA SAU; Syria, Syrian Arab Republic: SY SYR; Türkiye, Turkey: TR TUR;
    United Arab Emirates, UAE, Emirates, Dubai, Abu Dhabi: AE ARE; Yemen: YE YEM`,
  ],
  [
    undefined,
    `Algeria: DZ DZA; Angola: AO AGO; Benin: BJ BEN; Botswana: BW BWA; Burkina Faso: BF BFA; Burundi: BI BDI; Cameroon: CM CMR;
    Cape Verde, Cabo Verde: CV CPV; Central African Republic: CF CAF; Chad: TD TCD; Comoros: KM COM;
    Republic of the Congo, Congo, Congo-Brazzaville, Congo Republic: CG COG; Côte d'Ivoire, Ivory Coast: CI CIV; Djibouti: DJ DJI;
    Democratic Republic of the Congo, DRC, DR Congo, Congo-Kinshasa, Zaire, Congo DRC, Congo DR, Democratic Republic Congo: CD COD;
    Egypt: EG EGY; Equatorial Guinea: GQ GNQ; Eritrea: ER ERI; Eswatini, Swaziland: SZ SWZ; Ethiopia: ET ETH;
    Gabon, Gabonese Republic: GAB; Gambia: GM GMB; Ghana: GH GHA; Guinea: GN GIN; Guinea-Bissau: GW GNB; Kenya: KE KEN; Lesotho: LS LSO;
    Liberia: LR LBR; Libya, Libyan Arab Jamahiriya: LY LBY; Madagascar: MG MDG; Malawi: MW MWI; Mali: ML MLI; Mauritania: MR MRT;
    Mauritius: MU MUS; Morocco: MA MAR; Mozambique: MZ MOZ; Namibia: NAM; Niger: NE NER; Nigeria: NG NGA; Rwanda: RW RWA;
    São Tomé and Príncipe: ST STP; Senegal: SN SEN; Seychelles: SC SYC; Sierra Leone: SL SLE; Somalia: SO SOM; South Africa: ZA ZAF RSA;
    South Sudan: SS SSD; Sudan: SD SDN; Tanzania: TZ TZA; Togo, Togolese Republic: TG TGO; Tunisia, Tunisian Republic: TN TUN;
    Uganda: UG UGA; Zambia: ZM ZMB; Zimbabwe: ZW ZWE; Western Sahara, Sahrawi Arab Democratic Republic: EH ESH; Mayotte: YT MYT;
    Réunion, Réunion Island: RE REU; Saint Helena, Saint Helena Ascension and Tristan da Cunha: SH SHN;
    British Indian Ocean Territory: IO IOT`,
  ],
  [
    undefined,
    `Antigua and Barbuda, Antigua: AG ATG; Argentina, Argentine Republic: AR ARG; Bahamas: BS BHS; Barbados: BB BRB; Belize: BZ BLZ;
    Bolivia: BO BOL; Chile: CL CHL; Colombia: CO COL; Costa Rica: CR CRI; Cuba: CU CUB; Dominica: DM DMA; Dominican Republic: DO DOM;
    Ecuador: EC ECU; El Salvador, Salvador: SV SLV; Grenada: GD GRD; Guatemala: GT GTM; Guyana: GY GUY; Haiti: HT HTI; Honduras: HN HND;
    Jamaica: JM JAM; Mexico, United Mexican States, México: MX MEX; Nicaragua: NI NIC; Panama: PA PAN; Paraguay: PY PRY; Peru: PE PER;
    Saint Kitts and Nevis, Saint Christopher and Nevis, Saint Kitts: KN KNA; Saint Lucia: LC LCA;
    Saint Vincent and the Grenadines, Saint Vincent: VC VCT; Suriname: SR SUR; Trinidad and Tobago, Trinidad: TT TTO; Uruguay: UY URY;
    Venezuela: VE VEN; Greenland: GL GRL; Puerto Rico: PRI; Bermuda: BM BMU; Anguilla: AIA; Aruba: AW ABW;
    British Virgin Islands, Virgin Islands, Virgin Islands British, BVI: VG VGB; Cayman Islands, Caymans: KY CYM; Curaçao: CW CUW;
    Caribbean Netherlands, Bonaire Sint Eustatius and Saba, Bonaire: BQ BES; Falkland Islands, Falklands, Falkland Islands Malvinas: FK FLK;
    French Guiana: GF GUF; Guadeloupe: GP GLP; Martinique: MQ MTQ; Montserrat: MSR; Saint Barthélemy: BL BLM; Saint Martin: MF MAF;
    Sint Maarten: SX SXM; Saint Pierre and Miquelon: SPM; Turks and Caicos Islands, Turks and Caicos: TC TCA;
    US Virgin Islands, United States Virgin Islands, Virgin Islands US, USVI, Virgin Islands of the United States: VI VIR;
    South Georgia, South Georgia and the South Sandwich Islands: GS SGS`,
  ],
  [
    undefined,
    `Fiji: FJ FJI; Kiribati: KI KIR; Marshall Islands: MH MHL; Micronesia: FM FSM; Nauru: NR NRU; New Zealand, Aotearoa: NZ NZL;
    Palau: PW PLW; Papua New Guinea: PG PNG; Samoa, Western Samoa: WS WSM; Solomon Islands, Solomons: SB SLB; Tonga: TO TON;
    Tuvalu: TV TUV; Vanuatu: VU VUT; American Samoa: AS ASM; Cook Islands: CK COK; French Polynesia, Tahiti: PF PYF; Guam: GU GUM;
    New Caledonia: NC NCL; Niue: NU NIU; Norfolk Island: NF NFK; Northern Mariana Islands: MP MNP; Pitcairn Islands, Pitcairn: PN PCN;
    Tokelau: TK TKL; Wallis and Futuna: WF WLF; Christmas Island: CX CXR; Cocos Islands, Cocos Keeling Islands: CC CCK;
    US Minor Outlying Islands, United States Minor Outlying Islands: UM UMI; Antarctica: AQ ATA;
    French Southern Territories, French Southern and Antarctic Lands: TF ATF; Bouvet Island: BV BVT;
    Heard Island and McDonald Islands: HM HMD`,
  ],
];

/** Regions. One that reaches beyond a wave or across waves has none; "Asia" and "Europe" are the waves of that name. */
const REGIONS: Places = [
  [1, "Testing, testing region, test region"],
  [2, "US preview, US preview region, USA preview, United States preview, preview US, preview region"],
  [
    3,
    `Asia, Asia except Japan, Asia except India, Asia except India and Japan, rest of Asia, mainland Asia, Southeast Asia, South East Asia,
    South-Eastern Asia, ASEAN, Central Asia, Greater China`,
  ],
  [
    4,
    `Europe, European Union, EU, EEA, European Economic Area, Eurozone, Europe except UK, Europe except Great Britain, rest of Europe,
    continental Europe, mainland Europe, Western Europe, Eastern Europe, Central Europe, Southern Europe, Nordics, Nordic countries,
    Scandinavia, Baltics, Baltic states, Balkans, Benelux, DACH, Iberia`,
  ],
  [5, "Brazil Canada India Japan, Brazil Canada Japan"],
  [6, "Australia UK US, Australia UK USA, Australia Great Britain United States"],
  [
    undefined,
    `Europe and the Middle East and Africa, EMEA, Europe Middle East and Africa; Middle East and North Africa, MENA, MEA, Middle East and Africa;
    Middle East, Gulf, Gulf states, Western Asia, West Asia, Near East, Levant; Caucasus, South Caucasus;
    Asia-Pacific, APAC, APJ, Asia Pacific and Japan; South Asia, Southern Asia, Indian subcontinent; East Asia, Eastern Asia, Far East;
    Africa, Sub-Saharan Africa, North Africa, Northern Africa, West Africa, Western Africa, East Africa, Eastern Africa,
    Southern Africa, Central Africa; Northern Europe; British Isles; Americas, AMER; North America, NOAM;
    Latin America, LATAM, Latin America and the Caribbean; South America; Central America; Caribbean, West Indies;
    Oceania, Pacific Islands, Polynesia, Melanesia; Australia and New Zealand, ANZ, Australasia; Eurasia`,
  ],
];

/** What stands before a name in a country's official style. */
const OFFICIAL_STYLE =
  /^(?:(?:united|federal|federative|federated|democratic|socialist|islamic|peoples|arab|hashemite|plurinational|bolivarian|oriental|co|operative|cooperative|independent|sovereign|most|serene|grand|special|administrative) )*(?:republic|kingdom|state|states|principality|sultanate|union|federation|commonwealth|duchy|nation|territory|bailiwick|country|region|collectivity|department) of (?=.)/;
/** A place's name is shorter. */
const LONGEST = 120;

/** A place by its proper name; without a wave where the page does not list it. */
export interface Place {
  name: string;
  wave: WaveNumber | undefined;
}

const { byName, byCode } = indexPlaces();

/**
 * Finds the wave in which a place is reached: a country, a territory or a region, by any usual name, an official one or
 * an abbreviation, or by its ISO code in capitals (in small letters "in", "it" and "no" are words). Codes that mean
 * something else here (AI, AM, GA, MS, NA, PM, PR) are left out. Rule: certification page, Region deployment; docs/decisions.md.
 *
 * @returns the wave · `unlisted` with the place's proper name where the page does not list it · nothing for other text
 */
export function placeToWave(text: string): { wave: WaveNumber } | { unlisted: string } | undefined {
  const place = placeNamed(text);
  if (!place) return undefined;
  return place.wave ? { wave: place.wave } : { unlisted: place.name };
}

/** The place that a text names and nothing else, as `placeToWave` finds it. */
export function placeNamed(given: string): Place | undefined {
  const text = given.slice(0, LONGEST + 1).trim();
  if (given.trim().length > LONGEST) return undefined;
  const code = readFlag(text) ?? text.replace(/[^\p{L}\p{N}]/gu, "");
  // The UN and ISO write "Bolivia (Plurinational State of)" and "Korea, Republic of".
  const [, name, style] = /^([^,(]+)[,(]((?:[^,(])+ of(?: the)?)\)?$/i.exec(text) ?? [];
  const forms = [text, ...(name && style ? [`${style} ${name}`] : []), text.replace(/\([^)]*\)\W*$/, "")];
  return (
    byCode.get(code) ?? forms.map((form) => findName(foldPlace(form))).find((place) => place !== undefined)
  );
}

function findName(folded: string): Place | undefined {
  for (let name = folded; ; ) {
    const place = byName.get(name);
    const rest = name.replace(OFFICIAL_STYLE, "");
    if (place || rest === name) return place;
    name = rest;
  }
}

/** "🇩🇪" as its letters, or as Slack names it. */
function readFlag(text: string): string | undefined {
  const named = /^:flag-([a-z]{2}):$/.exec(text)?.[1];
  const letters = /^[\u{1f1e6}-\u{1f1ff}]{2}$/u.test(text) ? [...text] : undefined;
  const spelled = letters
    ?.map((each) => String.fromCharCode((each.codePointAt(0) ?? 0) - 0x1f1e6 + 65))
    .join("");
  return named?.toUpperCase() ?? spelled;
}

/** The form in which names are compared: case, accents, punctuation, "the", "and" and the dots of "U.K." do not matter. */
function foldPlace(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}.'’‘ʼ]/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/\b(?:the|and)\b/g, " ")
    .replace(/\bst\b/g, "saint")
    .replace(/\b(?:excluding|excl|without|minus|other than)\b/g, "except")
    .replace(/\b(\w) (?=\w\b)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

function indexPlaces(): { byName: Map<string, Place>; byCode: Map<string, Place> } {
  const byName = new Map<string, Place>();
  const byCode = new Map<string, Place>();
  for (const [wave, places] of [...PLACES, ...REGIONS]) {
    for (const entry of places.split(";")) {
      const [names = "", codes = ""] = entry.split(":");
      const [name = "", ...others] = names.split(",").map((each) => each.trim());
      for (const each of [name, ...others]) byName.set(foldPlace(each), { name, wave });
      for (const code of codes.split(" ").filter((each) => each !== "")) byCode.set(code, { name, wave });
    }
  }
  for (const { number, name } of WAVES) byName.set(foldPlace(name), { name, wave: number });
  return { byName, byCode };
}
