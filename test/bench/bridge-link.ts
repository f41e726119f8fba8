import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Compile } from "typebox/compile";
import { createLink, type Link } from "../../link/client.ts";
import { loadOrCreateKeyPair } from "../../link/keys.ts";
import { EnrolReply } from "../../protocol/credential.ts";
import type { TestSite } from "../system/test-site.ts";

/** A link to the site's provider with the bridge's own identity: it may do what the bridge may. */
export function bridgeLink(site: TestSite): Link {
  const folder = join(site.folder, "data", "bridge");
  const identity: unknown = JSON.parse(readFileSync(join(folder, "identity.json"), "utf8"));
  const reply = Compile(EnrolReply);
  if (!reply.Check(identity)) throw new Error("The bridge's identity is not understood.");
  return createLink({
    baseUrl: `http://127.0.0.1:${site.ports.provider}`,
    audience: "main-provider",
    credential: identity.credential,
    privateKey: loadOrCreateKeyPair(join(folder, "identity-key.pem")).privateKey,
    timeoutMs: 30_000,
  });
}
