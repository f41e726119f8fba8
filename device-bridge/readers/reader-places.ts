import type { ReaderPlace } from "../../card-readers/open-readers.ts";
import type { ReaderConnection, Terminal } from "../../protocol/site.ts";
import { readerIdOf } from "../view/terminal-view.ts";

/** A secret that a reader is met with. */
export interface ReaderSecret {
  /** 32 hex digits. */
  readonly key: string;
  /** The reader may be given this key now, over the one that it was delivered with. */
  readonly install: boolean;
}

/** All readers of these terminals, with what their drivers must know. */
export function readerPlaces(
  terminals: readonly Terminal[],
  secretOf: (readerId: string) => ReaderSecret | undefined,
): ReaderPlace[] {
  return terminals.flatMap(({ id: terminal, readers }) =>
    readers.map((declared, index) => {
      const id = readerIdOf(terminal, index);
      return { id, connection: connectionOf(declared, secretOf(id)) };
    }),
  );
}

function connectionOf(
  declared: ReaderConnection,
  secret: ReaderSecret | undefined,
): ReaderPlace["connection"] {
  if (declared.kind !== "dial" && declared.kind !== "serial") return declared;
  const { osdp = {}, elatec, ...connection } = declared;
  if (declared.driver === "osdp") return { ...connection, settings: { ...osdp, ...secret } };
  return elatec === undefined ? connection : { ...connection, settings: elatec };
}
