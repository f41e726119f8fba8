import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { READERS_TOKEN } from "../../device-bridge/readers/reader-bench.ts";
import { ReadersShown, SightGiven, type SightRequest, TapsShown } from "../../protocol/readers.ts";
import { Refusal } from "../../protocol/refusal.ts";
import { urlOf } from "../configuration/url-of.ts";
import type { Context } from "../context.ts";
import { UserError } from "../folders.ts";

/** A running bridge's readers. */
export type BridgeReaders = {
  show: () => Promise<ReadersShown>;
  /** Waits up to 20 s for taps after this change. */
  taps: (after: number, sight: string | undefined) => Promise<TapsShown>;
  sight: (request: SightRequest) => Promise<SightGiven>;
};

const answerMs = 30_000;
const refusal = Compile(Refusal);

/** Undefined where no bridge runs on this machine. Throws `UserError` where its token cannot be read. */
export async function bridgeReaders(context: Context): Promise<BridgeReaders | undefined> {
  const { host, port } = context.settings.bridge;
  const url = urlOf(host, port);
  const running = await fetch(new URL("/healthz", url), { signal: AbortSignal.timeout(3_000) })
    .then((answer) => answer.arrayBuffer())
    .then(
      () => true,
      () => false,
    );
  if (!running) return undefined;
  const token = tokenOf(context);
  const call = async <S extends TSchema>(
    path: string,
    schema: S,
    init: RequestInit = {},
  ): Promise<Static<S>> => {
    const answer = await fetch(new URL(path, url), {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
      signal: AbortSignal.timeout(answerMs),
    }).catch((error: unknown) => {
      throw new UserError("The bridge does not answer any more.", { cause: error });
    });
    const value: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok)
      throw new UserError(refusal.Check(value) ? value.sentence : `It answers ${answer.status}.`);
    if (!Compile(schema).Check(value))
      throw new UserError("The bridge is of another version than this command.");
    return value as Static<S>;
  };
  return {
    show: () => call("/readers", ReadersShown),
    taps: (after, sight) =>
      call(`/readers/taps?after=${after}`, TapsShown, {
        headers: sight === undefined ? {} : { "x-guichet-sight": sight },
      }),
    sight: (request) =>
      call("/readers/sight", SightGiven, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
      }),
  };
}

function tokenOf({ folders }: Context): string {
  const path = join(folders.bridge, READERS_TOKEN);
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    throw new UserError(
      `A bridge runs here, but ${path} cannot be read. Run this as the bridge's user, with its GUICHET_DATA.`,
    );
  }
}
