/** Microsoft's own. Anyone can have a name under trafficmanager.net, so that this one is taken whole. */
const HOST =
  /^(?:smba\.trafficmanager\.net|(?:[a-z\d-]+\.)+botframework\.com|smba\.infra\.gcc\.teams\.microsoft\.com|smba\.infra\.gov\.teams\.microsoft\.us)$/i;
const SAFE = /^https:\/\/([a-z\d.-]+)((?:\/[\w~.-]*)*)$/i;
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?((?:\/[\w~.-]*)*)$/i;

/**
 * Whether our token and our answers may go to an address. Asked when it is stored, and again when something is sent to it. The
 * SDK itself takes any.
 *
 * @param isAnonymous nobody vouches for requests, so that they may only come from this machine
 */
export function isTrusted(serviceUrl: string, isAnonymous: boolean): boolean {
  const [, host, path = ""] = (isAnonymous ? LOOPBACK : SAFE).exec(serviceUrl) ?? [];
  return host !== undefined && isPlain(path) && (isAnonymous || HOST.test(host));
}

/** Without parts that lead upwards. */
function isPlain(path: string): boolean {
  return path.split("/").every((part) => !/^\.+$/.test(part));
}
