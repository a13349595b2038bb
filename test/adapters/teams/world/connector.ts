import { fieldsOf, isFields, partsOf, stringOf } from "./json.ts";
import {
  addressOf,
  type Conversation,
  isInstalledIn,
  type Message,
  type Places,
  type Profile,
} from "./places.ts";
import { type Answered, type Call, refusal } from "./troubles.ts";

/** A message may weigh about 100 KB. */
const MOST_BYTES = 100 * 1024;
const CARD = "application/vnd.microsoft.card.adaptive";

const NO_ACTIVITY = refusal(
  404,
  "ActivityNotFoundInConversation",
  "The activity is not in the conversation.",
);
const NO_CONVERSATION = refusal(404, "ConversationNotFound", "Conversation not found.");
const NOT_INSTALLED = refusal(403, "BotNotInConversationRoster", "The bot is not part of the conversation.");
const badly = (message: string) => refusal(400, "BadSyntax", message);

/** What the Bot Connector answers to a call, and does. */
export function connectorAnswer(places: Places, call: Call, bytes: number): Answered {
  const { method, conversation: id } = call;
  const hasBody = method === "POST" || method === "PUT";
  if (bytes > MOST_BYTES) return refusal(413);
  if (hasBody && !isFields(call.body)) return badly("The body is not JSON.");
  if (id === undefined) return method === "POST" ? created(places, call) : refusal(405, "BadArgument");
  const { conversation: base, thread } = addressOf(id);
  const conversation = places.conversations.get(base);
  if (!conversation || (thread !== undefined && !conversation.threads.has(thread))) return NO_CONVERSATION;
  if (!isInstalledIn(conversation)) return NOT_INSTALLED;
  if (method === "GET") return members(conversation, call);
  if (method === "POST") return posted(places, conversation, thread, call);
  const message = conversation.messages.find((one) => one.id === call.activityId);
  if (!message?.isFromBot || message.deleted) return NO_ACTIVITY;
  if (method === "PUT") return edited(message, call);
  if (method !== "DELETE") return refusal(405, "BadArgument");
  message.deleted = true;
  return { status: 200 };
}

/** A person's chat, which is there already; or a new post in a channel. */
function created(places: Places, call: Call): Answered {
  const body = fieldsOf(call.body);
  if (fieldsOf(body.bot).id !== places.botId) return refusal(403, "Forbidden", "This is another bot.");
  const { tenant, channel } = fieldsOf(body.channelData);
  const channelId = stringOf(fieldsOf(channel).id);
  if (channelId !== "") {
    const conversation = places.conversations.get(channelId);
    if (!conversation) return NO_CONVERSATION;
    if (!isInstalledIn(conversation)) return NOT_INSTALLED;
    const answer = posted(places, conversation, undefined, { ...call, body: body.activity });
    const activityId = stringOf(fieldsOf(answer.body).id);
    if (answer.status !== 201) return answer;
    return { status: 201, body: { id: `${channelId};messageid=${activityId}`, activityId } };
  }
  const [member, another] = partsOf(body.members);
  if (!member || another) return badly("A chat is with one person.");
  const person = places.people.get(stringOf(member.id));
  const asked = [body.tenantId, fieldsOf(tenant).id].filter((id) => id !== undefined);
  const isTheirs = asked.length > 0 && asked.every((id) => id === person?.tenant.id);
  if (!person || !isTheirs) return refusal(403, "Forbidden", "The person is not in this tenant.");
  if (!isInstalledIn(person.chat)) return NOT_INSTALLED;
  return { status: 201, body: { id: person.chat.id } };
}

function posted(
  places: Places,
  conversation: Conversation,
  thread: string | undefined,
  call: Call,
): Answered {
  const activity = fieldsOf(call.body);
  if (activity.type === "typing") return { status: 201, body: { id: places.nextId() } };
  const problem = problemOf(activity);
  if (problem) return problem;
  const target = call.query.isTargetedActivity === "true" ? fieldsOf(activity.recipient).id : undefined;
  if (call.query.isTargetedActivity === "true") {
    const isMember = conversation.members().some(({ id }) => id === target);
    if (conversation.type === "personal" || !isMember)
      return refusal(400, "BadArgument", "No such recipient.");
  }
  const id = places.nextId();
  const isChannel = conversation.type === "channel";
  if (isChannel && thread === undefined) conversation.threads.add(id);
  conversation.messages.push({
    id,
    conversation: conversation.id,
    ...(isChannel && { thread: thread ?? id }),
    from: places.botId,
    isFromBot: true,
    ...shownOf(activity),
    activity,
    ...(target !== undefined && { targetedTo: stringOf(target) }),
    edits: 0,
    deleted: false,
    ownCards: new Map(),
  });
  return { status: 201, body: { id } };
}

function edited(message: Message, call: Call): Answered {
  const activity = fieldsOf(call.body);
  const problem = problemOf(activity);
  if (problem) return problem;
  Object.assign(message, shownOf(activity), { activity, edits: message.edits + 1 });
  message.ownCards.clear();
  return { status: 200, body: { id: message.id } };
}

function problemOf(activity: Call["body"]): Answered | undefined {
  const { type, text, attachments } = fieldsOf(activity);
  if (type !== "message") return badly("An activity is a message, or typing.");
  const isEmpty = stringOf(text) === "" && partsOf(attachments).length === 0;
  if (isEmpty) return badly("A message has text or an attachment.");
  const cards = partsOf(attachments).filter(({ contentType }) => contentType === CARD);
  const isCard = cards.every(({ content }) => fieldsOf(content).type === "AdaptiveCard");
  return isCard ? undefined : badly("The content of a card is no card.");
}

function shownOf({
  text,
  summary,
  attachments,
}: Message["activity"]): Pick<Message, "text" | "summary" | "card"> {
  const card = partsOf(attachments).find(({ contentType }) => contentType === CARD)?.content;
  return { text: stringOf(text), summary: stringOf(summary), card: isFields(card) ? card : undefined };
}

function members(conversation: Conversation, { path, activityId }: Call): Answered {
  const all = conversation.members();
  if (path.endsWith("/pagedmembers")) return { status: 200, body: { members: all.map(accountOf) } };
  if (path.endsWith("/members")) return { status: 200, body: all.map(accountOf) };
  const one = all.find(({ id, aadObjectId }) => id === activityId || aadObjectId === activityId);
  return one
    ? { status: 200, body: accountOf(one) }
    : refusal(404, "MemberNotFoundInConversation", "The member is not in the conversation.");
}

function accountOf({ id, aadObjectId, name, tenant }: Profile) {
  const [givenName = "", surname = ""] = name.split(" ");
  const email = `${givenName}.${surname}@${tenant.name}.example`.toLowerCase();
  const role = { userRole: "user", tenantId: tenant.id };
  return {
    id,
    name,
    objectId: aadObjectId,
    aadObjectId,
    givenName,
    surname,
    email,
    userPrincipalName: email,
    ...role,
  };
}
