/** Why a directory did not take a name and password. */
export type BindRefusal = "wrong" | "locked" | "disabled" | "password-expired" | "away";

/** Codes that Active Directory puts into the text of error 49, "… data 52e, v2580". */
const activeDirectory: ReadonlyMap<string, BindRefusal> = new Map<string, BindRefusal>([
  ["525", "wrong"],
  ["52e", "wrong"],
  ["530", "disabled"],
  ["531", "disabled"],
  ["532", "password-expired"],
  ["533", "disabled"],
  ["701", "disabled"],
  ["773", "password-expired"],
  ["775", "locked"],
]);

/** Results that say something about the password; any other means that it was not looked at. */
const invalidCredentials = 49;
const aboutTheAccount: ReadonlyMap<number, BindRefusal> = new Map<number, BindRefusal>([
  [48, "wrong"],
  [53, "wrong"],
  [50, "disabled"],
  [19, "locked"],
]);

/**
 * What a failed bind means: from its LDAP result code (RFC 4511 §4.1.9), the text that Active Directory
 * gives with it, and the error of the password policy (draft-behera-ldap-password-policy), if any.
 */
export function bindRefusal(failed: {
  code: number | undefined;
  text: string;
  policyError?: number | undefined;
}): BindRefusal {
  const { code, text, policyError } = failed;
  if (policyError === 0 || policyError === 2) return "password-expired";
  if (policyError === 1) return "locked";
  if (code === undefined) return "away";
  if (code !== invalidCredentials) return aboutTheAccount.get(code) ?? "away";
  const data = /\bdata ([0-9a-f]{3,8})\b/i.exec(text)?.[1]?.toLowerCase();
  return activeDirectory.get(data ?? "") ?? "wrong";
}
