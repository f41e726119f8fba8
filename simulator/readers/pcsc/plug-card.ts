import { once } from "node:events";
import type { Socket } from "node:net";
import { sentenceOf, type VirtualPlug } from "../virtual-plug.ts";
import { virtualCard } from "../virtual-reader.ts";
import { holdVirtualCard, smartCard } from "./virtual-card.ts";

/** Where the virtual reader of vsmartcard waits for cards. */
const vpcd = { host: "127.0.0.1", port: 35_963 };

const needs =
  "needs pcscd with the virtual reader of vsmartcard (apt-get install pcscd vsmartcard-vpcd)";

/** The virtual reader of this machine's smart card service, which is there as long as the service. */
export function plugPcsc(): VirtualPlug {
  let held: Socket | undefined;
  return {
    where: "the smart card service (PC/SC)",
    needs: `A virtual card ${needs}.`,
    async hold(card) {
      const { id } = virtualCard(card);
      held = holdVirtualCard({ ...vpcd, card: smartCard(Uint8Array.from(id)) });
      try {
        await once(held, "connect");
      } catch (cause) {
        throw new Error(
          `A virtual card ${needs}: nothing waits at port ${vpcd.port} (${sentenceOf(cause)}).`,
          { cause },
        );
      }
    },
    remove: () => held?.destroy(),
    unplug: async () => void held?.destroy(),
  };
}
