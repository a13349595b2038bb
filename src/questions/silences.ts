import type { TopicId } from "./topic.ts";

/** What people ask that the two pages don't tell. */
export interface Silence {
  /** Says so in one sentence, and where to ask instead if that is certain. */
  line: string;
  /** What the pages do tell nearby, the likeliest first; at most three. */
  nearest: readonly TopicId[];
}

const NEAR: Silence = {
  line: "That is close to what Microsoft's two pages tell, but they don't answer it.",
  nearest: [],
};

/** By theme, as in phrasings/silences.json; `near` is for what resembles a topic and isn't one. */
export const SILENCES: Readonly<Record<string, Silence>> = {
  fees: {
    line: "Microsoft's two pages name no fees, prices, discounts or revenue shares, for certification or for GA.",
    nearest: ["acct.seller", "cert.workflow", "ga.criteria"],
  },
  validity: {
    line: "Microsoft's two pages name no expiry or renewal for certification, the preview or GA tag, accounts or what you hand in.",
    nearest: ["ga.criteria", "update.previewtag", "acct.seller"],
  },
  withdraw: {
    line: "Microsoft's two pages don't tell how to withdraw, undo or retire anything, be it an offer, a Go live, a connector or a GA tag.",
    nearest: ["update.offer", "test.golive"],
  },
  transfer: {
    line: "Microsoft's two pages don't cover a change of owner or name, of a company, publisher, account or connector.",
    nearest: ["acct.verify", "update.offer", "oss.codeowners"],
  },
  contacts: {
    line: "Microsoft's two pages give no person, phone number or escalation path; their one e-mail address is for GA requests.",
    nearest: ["ga.request", "feedback", "oss.merge"],
  },
  statistics: {
    line: "Microsoft's two pages hold no statistics on connectors, publishers, reviews or usage, neither totals nor comparisons.",
    nearest: ["ga.recommended", "ga.telemetry", "deploy.duration"],
  },
  limits: {
    line: "Microsoft's two pages name no limits for calls, sizes, timeouts or lengths; the one number they cap is categories, at 3.",
    nearest: ["ga.success", "avail.hidekey", "props.categories"],
  },
  apidesign: {
    line: "Microsoft's two pages set no rules for how your API and triggers are built; for GA the backend APIs must be in production.",
    nearest: ["ga.backend-prod", "pkg.prepare", "test.guidelines"],
  },
  swagger: {
    line: "Microsoft's two pages don't explain the files of a package or how to check them; the packaging guidelines are on another page.",
    nearest: ["pkg.prepare", "post.fail", "post.report"],
  },
  auth: {
    line: "Beyond where to enter an OAuth client ID and secret, Microsoft's two pages don't cover authentication or secrets.",
    nearest: ["pkg.oauth", "update.offer", "ga.clouds-how"],
  },
  customcode: {
    line: "Microsoft's two pages don't cover custom code, policies or developer tools; they describe submitting in Partner Center.",
    nearest: ["pkg.prepare", "submit.offer", "deploy.anysize"],
  },
  icons: {
    line: "Microsoft's two pages say nothing about icons, logos and badges, or about a connector's colours.",
    nearest: ["pkg.prepare", "update.offer", "deploy.anysize"],
  },
  descriptions: {
    line: "Microsoft's two pages say nothing about languages, or about a connector's title, description and documentation.",
    nearest: ["submit.name", "props.support", "update.offer"],
  },
  custom: {
    line: "Microsoft's two pages don't cover custom connectors without certification, or how they compare with certified ones.",
    nearest: ["cert.scope", "avail.hidekey", "test.where"],
  },
  licensing: {
    line: "Microsoft's two pages don't cover standard and premium tiers, or the licences that users, testers or publishers need.",
    nearest: ["ga.meaning", "ga.preview", "test.where"],
  },
  dlp: {
    line: "Microsoft's two pages don't cover the work of admins: data policies, blocking, permissions or managing environments.",
    nearest: ["ga.why", "test.where", "deploy.duration"],
  },
  gateway: {
    line: "Microsoft's two pages say nothing about gateways, networks, firewalls or IP addresses.",
    nearest: ["ga.availability-backend", "ga.success-calc", "ga.clouds-how"],
  },
  otherproducts: {
    line: "Microsoft's two pages cover Power Platform connectors and their plugins only; for other products see their own documentation.",
    nearest: ["cert.scope"],
  },
  azure: {
    line: "Microsoft's two pages say where the SAS URI goes, but don't explain Azure's services; see their own documentation.",
    nearest: ["pkg.sas", "ga.backend-prod", "ga.availability-backend"],
  },
  login: {
    line: "Microsoft's two pages don't help with sign-in problems, passwords, users or roles, in Partner Center or elsewhere.",
    nearest: ["acct.new", "test.where", "ga.telemetry"],
  },
  payout: {
    line: "Microsoft's two pages say nothing about payouts, taxes, bank details or invoices.",
    nearest: ["acct.verify", "acct.seller"],
  },
  partnercenter: {
    line: "Microsoft's two pages tell the steps of a submission in Partner Center, not how it works otherwise or why it fails.",
    nearest: ["avail.publish", "post.status", "update.offer"],
  },
  independent: {
    line: "Microsoft's certification page applies to verified publishers, and neither of the two pages covers independent ones.",
    nearest: ["cert.scope", "ga.criteria"],
  },
  security: {
    line: "Microsoft's two pages name no security standards, scans, audits or privacy laws, and don't say how data is protected.",
    nearest: ["props.privacy", "oss.pii", "ga.criteria"],
  },
  rolloutcontrol: {
    line: "Microsoft's two pages name no way to reorder, speed up, pause or undo a deployment, and don't say what follows if one fails.",
    nearest: ["deploy.regions", "deploy.friday", "deploy.anysize"],
  },
  exacttime: {
    line: "Microsoft's two pages give no exact hours for review or rollout and guarantee no dates; deployments start on Friday mornings, Pacific time.",
    nearest: ["deploy.friday", "deploy.duration", "test.48h"],
  },
  freezes: {
    line: "Microsoft's two pages name no days off but weekends and US holidays; freezes are reported at Thanksgiving and late November to early January.",
    nearest: ["deploy.nodays", "deploy.friday", "test.48h"],
  },
  supportsla: {
    line: "Beyond support to match your backend's, Microsoft's two pages don't set out support work, SLA terms, contracts or penalties.",
    nearest: ["ga.support", "ga.meaning", "props.support"],
  },
  legal: {
    line: "Microsoft's two pages ask for legal documents, but don't explain their terms, licences, liability or the law that applies.",
    nearest: ["props.eula", "props.privacy", "oss.pii"],
  },
  github: {
    line: "Microsoft's two pages ask for a pull request on GitHub, but don't explain how to work with GitHub or the repository's rules.",
    nearest: ["oss.how", "oss.merge", "oss.codeowners"],
  },
  programming: {
    line: "I don't help with code or formulas; I'm here for certification, rollout and GA of Power Platform connectors.",
    nearest: [],
  },
  competitors: {
    line: "I can't speak for other platforms; I'm here for certification, rollout and GA of Power Platform connectors.",
    nearest: [],
  },
  act: {
    line: "I can't act for you in Partner Center, GitHub or mail; I can tell you the step, and remind you of your connectors' dates.",
    nearest: [],
  },
  bot: {
    line: "I'm a program that answers from two Microsoft pages and follows your connectors, with no language model of my own.",
    nearest: [],
  },
  world: {
    line: "That is beyond me; I keep to certification, rollout and GA of Power Platform connectors.",
    nearest: [],
  },
  greetings: {
    line: "Always glad to help with certification, rollout and GA of Power Platform connectors.",
    nearest: [],
  },
  insults: {
    line: "I'd still like to help: tell me where certification, rollout or GA of your connector is stuck.",
    nearest: [],
  },
  gibberish: {
    line: "I can't make out a question; ask me about certification, rollout or GA of a Power Platform connector.",
    nearest: ["cert.workflow", "deploy.duration", "ga.criteria"],
  },
  internal: {
    line: "Of your company's own matters I know only the connectors that I follow: their certification, rollout and GA.",
    nearest: [],
  },
  monitoring: {
    line: "Microsoft's two pages don't explain errors, logs, alerts or outages; the ISV portal shows your MAC and success rate.",
    nearest: ["ga.telemetry", "feedback", "ga.availability-backend"],
  },
  analytics: {
    line: "Microsoft's two pages don't break usage down or say how it is counted; the ISV portal shows your MAC and success rate.",
    nearest: ["ga.telemetry", "ga.mac", "ga.wau"],
  },
  marketing: {
    line: "The only marketing that Microsoft's two pages mention is an opportunity on the Power Automate blog, without details.",
    nearest: ["mkt.blog", "ga.preview", "deploy.duration"],
  },
  ai: {
    line: "Microsoft's two pages take plugins along with connectors, but don't explain Copilot, agents, MCP or other AI.",
    nearest: ["cert.scope", "acct.enroll", "pkg.prepare"],
  },
  nearmiss: NEAR,
  near: NEAR,
};
