/**
 * What a log-in name is compared by: without a Windows domain before it (`HOST\user`) or a realm behind
 * it (`user@domain`), and without regard to case, since print clients, directories and people write one
 * name in all these ways. A name that would be empty then is compared whole.
 */
export function loginKey(login: string): string {
  const whole = login.trim().normalize("NFC");
  const afterDomain = whole.slice(whole.lastIndexOf("\\") + 1);
  const at = afterDomain.indexOf("@");
  const bare = (at === -1 ? afterDomain : afterDomain.slice(0, at)).trim();
  return (bare === "" ? whole : bare).toLowerCase();
}
