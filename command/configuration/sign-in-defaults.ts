import type { SignIn } from "../../protocol/site.ts";
import type { Configuration } from "./schema.ts";

/**
 * A card signs in where nothing else is said. An unknown one is linked by a code of the help desk, and by
 * a password where people have one here.
 */
export function signInOf({ site, directory }: Configuration): SignIn {
  const ways = site?.signIn?.ways ?? ["card"];
  const havePasswords = directory !== undefined || ways.includes("name-password");
  const linkCards = site?.signIn?.linkCards ?? (havePasswords ? ["password", "code"] : ["code"]);
  return { ways: [...ways], linkCards: [...linkCards] };
}
