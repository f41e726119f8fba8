import { encode } from "../../ipp/encode.ts";
import type { IppAttribute, IppGroup } from "../../ipp/message.ts";
import { forgetOldest } from "../../storage/forget-oldest.ts";

const headerBytes = 8;
const endBytes = 1;
const tagBytes = 1;

/** A group as it stands in a message: its tag and its attributes. */
export function encodeGroup(group: IppGroup): Uint8Array {
  const message = { version: { major: 2, minor: 0 }, code: 0, requestId: 1, groups: [group] };
  const bytes = encode(message);
  return bytes.subarray(headerBytes, bytes.length - endBytes);
}

/** More attributes of a group that was begun before. */
export function encodeMore(attributes: readonly IppAttribute[]): Uint8Array {
  return encodeGroup({ tag: 1, attributes }).subarray(tagBytes);
}

/**
 * Keeps encoded attributes by a key, the oldest given up first. Clients ask for the same ones again
 * and again, some every second; the key is made from what they ask, so it is bounded too.
 */
export function createKept(most: number): {
  get: (key: string, make: () => Uint8Array) => Uint8Array;
  clear: () => void;
} {
  const kept = new Map<string, Uint8Array>();
  const keyLengthMost = 4096;
  return {
    get: (key, make) => {
      const known = kept.get(key);
      if (known !== undefined) return known;
      const made = make();
      if (key.length > keyLengthMost) return made;
      kept.set(key, made);
      forgetOldest(kept, most);
      return made;
    },
    clear: () => kept.clear(),
  };
}
