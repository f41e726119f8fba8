import { join } from "node:path";
import type { Link } from "../../link/client.ts";
import { LinkRefused } from "../../link/errors.ts";
import { SightReply, type SightRequest } from "../../protocol/readers.ts";
import { readOrMakeToken } from "../../storage/token-file.ts";
import type { BridgeState } from "../bridge-state.ts";
import type { BridgeTerminals } from "../bridge-terminals.ts";
import type { ReaderRoutesOptions } from "../gateway/reader-routes.ts";
import { createCardSights } from "./card-sights.ts";
import { showReaders } from "./show-readers.ts";

/** The file in the bridge's folder that opens its readers to a command. */
export const READERS_TOKEN = "readers-token";

/** What `guichet readers` asks a running bridge. */
export function readerBench(options: {
  readonly bridge: string;
  readonly dataDir: string;
  readonly server: Link;
  readonly state: BridgeState;
  readonly places: BridgeTerminals;
  readonly monotonic: () => number;
}): ReaderRoutesOptions {
  const { bridge, dataDir, server, state, places } = options;
  const { watch, readers, numbers } = places;
  return {
    token: readOrMakeToken(join(dataDir, READERS_TOKEN)),
    show: () => ({
      bridge,
      readers: showReaders(state.terminals(), { readers, numbers }),
      newest: watch.newest(),
    }),
    taps: watch.after,
    newest: watch.newest,
    sights: createCardSights({ now: options.monotonic }),
    async maySee(request: SightRequest) {
      try {
        return await server.post("/api/bridge/card-sight", request, SightReply, {
          timeoutMs: 10_000,
        });
      } catch (error) {
        const sentence =
          error instanceof LinkRefused
            ? error.refusal.sentence
            : "The server does not answer, and only it knows who may see card numbers.";
        return { kind: "refused", sentence };
      }
    },
  };
}
