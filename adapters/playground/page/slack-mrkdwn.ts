import { make, makeLink } from "./dom.ts";
import { slackDate } from "./slack-dates.ts";

const TOKEN =
  /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}])(?:\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~)(?![\p{L}\p{N}])/gu;

/** Slack's mrkdwn as far as messages of ours use it; `<…>` is Slack's own, and what people wrote has `&lt;` there. */
export function mrkdwn(text: string, now: Date): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(document.createTextNode(unescaped(text.slice(end, match.index))));
    end = match.index + match[0].length;
    const [, block, code, angled, bold, italic, strike] = match;
    if (block !== undefined) nodes.push(make("pre", {}, unescaped(block)));
    else if (code !== undefined) nodes.push(make("code", {}, unescaped(code)));
    else if (angled !== undefined) nodes.push(...angledNodes(angled, now));
    else if (bold !== undefined) nodes.push(make("b", {}, ...mrkdwn(bold, now)));
    else if (italic !== undefined) nodes.push(make("i", {}, ...mrkdwn(italic, now)));
    else nodes.push(make("s", {}, ...mrkdwn(strike ?? "", now)));
  }
  nodes.push(document.createTextNode(unescaped(text.slice(end))));
  return nodes;
}

function angledNodes(inside: string, now: Date): Node[] {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = unescaped(bar < 0 ? target : inside.slice(bar + 1));
  if (target.startsWith("!date^")) {
    const [, seconds, format = ""] = target.split("^");
    return [slackDate(Number(seconds), format, label, now)];
  }
  if (/^[@#!]/.test(target))
    return [make("span", { class: "mention" }, bar < 0 ? label.replace("!", "@") : label)];
  return [makeLink(unescaped(target), label.replace(/^mailto:/, ""))];
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
