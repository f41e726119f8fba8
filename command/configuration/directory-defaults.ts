import { dirname, resolve } from "node:path";
import type { DirectorySettings } from "../../server/directory/settings.ts";
import { ConfigurationError } from "./load.ts";
import type { DirectoryInput } from "./people-schema.ts";

type Kind = NonNullable<DirectoryInput["kind"]>;

const attributes: Record<Kind, DirectorySettings["attributes"]> = {
  "active-directory": {
    id: "objectGUID",
    login: "sAMAccountName",
    name: "displayName",
    email: "mail",
    cards: ["pager"],
  },
  ldap: { id: "entryUUID", login: "uid", name: "cn", email: "mail", cards: ["employeeNumber"] },
};
const filters: Record<Kind, string> = {
  // sAMAccountType tells people from computers with one index (MS-ADTS §2.2.26).
  "active-directory": "(sAMAccountType=805306368)",
  ldap: "(objectClass=inetOrgPerson)",
};

/**
 * The directory with its defaults filled in; paths are from the configuration's folder. Throws
 * ConfigurationError where passwords would cross a network in the clear.
 */
export function directoryOf(
  input: DirectoryInput | undefined,
  path: string | undefined,
): DirectorySettings | undefined {
  if (input === undefined) return undefined;
  const { url, kind = "ldap", bind, base, group, ca, offlineDays = 7 } = input;
  const { protocol, hostname } = new URL(url);
  const isPlain = protocol === "ldap:";
  const isHere = /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  const startTls = isPlain && (input.startTls ?? !isHere);
  if (isPlain && !startTls && !isHere)
    throw new ConfigurationError(
      `The directory ${url} would be sent passwords in the clear. Use ldaps://, or leave startTls on.`,
    );
  const fromHere = (name: string) => resolve(dirname(path ?? "."), name);
  return {
    url,
    startTls,
    ...(ca === undefined ? {} : { caFile: fromHere(ca) }),
    bind: { name: bind.name, passwordFile: fromHere(bind.passwordFile) },
    base,
    filter: input.filter ?? filters[kind],
    attributes: { ...attributes[kind], ...input.attributes },
    ...(group === undefined ? {} : { group }),
    groupBase: input.groupBase ?? base,
    memberAttribute: input.memberAttribute ?? "member",
    offlineDays,
  };
}
