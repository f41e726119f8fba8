export type OwnerName =
  | { readonly kind: "named"; readonly owner: string }
  | { readonly kind: "unfit"; readonly sentence: string };

const longest = 128;

/**
 * The owner of a job from the `requesting-user-name` that its client gave. Windows sends
 * `HOST\user`, of which the user counts. A client that gives none is "anonymous": its job is kept
 * under that name, which belongs to nobody.
 */
export function ownerFrom(requestingUserName: string | undefined): OwnerName {
  const given = (requestingUserName ?? "").trim();
  const owner = given.slice(given.lastIndexOf("\\") + 1).trim();
  if (owner === "") return { kind: "named", owner: "anonymous" };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(owner))
    return unfit("The user name holds control characters, which no person's log-in name has.");
  // Cutting it could make it the name of another person.
  if (owner.length > longest)
    return unfit(
      `The user name is longer than ${longest} characters. Check the client's settings.`,
    );
  return { kind: "named", owner };
}

/**
 * What owners are compared by: without a Windows domain before the name or a realm behind it, and
 * without regard to case. The server compares log-in names in the same way.
 */
export function ownerKey(owner: string): string {
  const whole = owner.trim().normalize("NFC");
  const afterDomain = whole.slice(whole.lastIndexOf("\\") + 1);
  const at = afterDomain.indexOf("@");
  const bare = (at === -1 ? afterDomain : afterDomain.slice(0, at)).trim();
  return (bare === "" ? whole : bare).toLowerCase();
}

function unfit(sentence: string): OwnerName {
  return { kind: "unfit", sentence };
}
