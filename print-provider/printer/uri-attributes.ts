import { attribute, keyword, uri } from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import type { Queue } from "../../protocol/site.ts";
import { takesPasswords, waysOf } from "../identity/decide-identity.ts";
import { takesUnclaimed } from "../unclaimed/takes-unclaimed.ts";
import type { PrinterUris } from "./printer-uris.ts";

/**
 * The addresses of a queue, and how whoever uses each is told: three lists of one length, RFC 8011
 * §5.4.1 to §5.4.3. An address at which nobody could be told, so that every job is refused, is left out
 * where there is another.
 */
export function uriAttributes(
  queue: Queue,
  uris: PrinterUris,
  hasServiceAccounts: boolean,
): IppAttribute[] {
  const told = uris.all.map((one) => ({
    ...one,
    how: authenticationAt(queue, { ...one, secret: uris.secret, hasServiceAccounts }),
  }));
  const open = told.filter(({ how }) => how !== undefined);
  const listed = open.length === 0 ? told : open;
  return [
    attribute("printer-uri-supported", ...listed.map((one) => uri(one.uri))),
    attribute("uri-security-supported", ...listed.map(({ security }) => keyword(security))),
    attribute("uri-authentication-supported", ...listed.map(({ how }) => keyword(how ?? "none"))),
  ];
}

/** The strongest way that a client itself can do something for; undefined where there is none at all. */
function authenticationAt(
  queue: Queue,
  at: { security: "none" | "tls"; secret: boolean; hasServiceAccounts: boolean },
): "basic" | "requesting-user-name" | "none" | undefined {
  const ways = waysOf(queue);
  if (at.security === "tls" && takesPasswords(queue, at.hasServiceAccounts)) return "basic";
  // The address itself says who prints.
  if (at.secret) return "none";
  if (ways.includes("server") || ways.includes("name")) return "requesting-user-name";
  return takesUnclaimed(queue) ? "none" : undefined;
}
