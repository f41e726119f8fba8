import type { Intent } from "../protocol/kiosk.ts";

/**
 * What was typed, such that no trace, log or picture of a machine's state shows it: only the link to
 * the bridge reveals it, in the moment in which it is sent.
 */
export type Sealed = { readonly reveal: () => string };

export const sealed = (text: string): Sealed => ({ reveal: () => text });

type SignIn = Extract<Intent, { kind: "sign-in" }>;
type TakeByCode = Extract<Intent, { kind: "take-by-code" }>;

/** What a person asks for, with anything secret sealed. */
export type Asked =
  | Exclude<Intent, { kind: "sign-in" | "take-by-code" }>
  | (Omit<SignIn, "secret"> & { secret: Sealed })
  | (Omit<TakeByCode, "code"> & { code: Sealed });

/** What the bridge is to hear. */
export function unsealed(asked: Asked): Intent {
  if (asked.kind === "take-by-code") return { ...asked, code: asked.code.reveal() };
  return asked.kind === "sign-in" ? { ...asked, secret: asked.secret.reveal() } : asked;
}
