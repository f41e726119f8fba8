import type { KeyObject } from "node:crypto";
import type { SecretChecker } from "../../storage/secret-checker.ts";
import type { Directory } from "../directory/directory.ts";
import type { ServerParts } from "../server-parts.ts";

/** What signing in is built from. */
export type SignInParts = Pick<ServerParts, "db" | "cards" | "now" | "log"> & {
  secrets: SecretChecker;
  /** Finds the help desk's codes. */
  codeKey: KeyObject;
  /** Where people are known who are not known here yet; none where the site has none. */
  directory?: Directory | undefined;
};
