import type { Errand, ErrandResult } from "../../protocol/device-profile.ts";

/** Errands of people to devices. In memory: who sent one waits for it, and sends it again. */
export interface Errands {
  send(errand: Errand, bridge: string): void;
  /** What this bridge has not told the result of. */
  openFor(bridge: string): Errand[];
  /** The errand, if it was sent to this bridge and lately. */
  find(errandId: string, bridge: string): Errand | undefined;
  done(errandId: string, result: ErrandResult): void;
  /** Undefined for one that there is not, null while it is under way. */
  result(errandId: string): ErrandResult | null | undefined;
}

const kept = 100;

export function createErrands(): Errands {
  const errands = new Map<
    string,
    { readonly errand: Errand; readonly bridge: string; result: ErrandResult | null }
  >();
  return {
    send(errand, bridge) {
      errands.set(errand.errandId, { errand, bridge, result: null });
      for (const id of errands.keys()) {
        if (errands.size <= kept) break;
        errands.delete(id);
      }
    },
    openFor: (bridge) =>
      [...errands.values()]
        .filter((one) => one.bridge === bridge && one.result === null)
        .map(({ errand }) => errand),
    find(errandId, bridge) {
      const one = errands.get(errandId);
      return one?.bridge === bridge ? one.errand : undefined;
    },
    done(errandId, result) {
      const one = errands.get(errandId);
      if (one !== undefined) one.result ??= result;
    },
    result: (errandId) => errands.get(errandId)?.result,
  };
}
