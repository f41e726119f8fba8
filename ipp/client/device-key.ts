import { parseDeviceUri } from "./address.ts";
import { connect, type ShownKey, shownKey } from "./connect.ts";

/**
 * The key that a device on ipps shows now, for a person to trust or not; undefined for one without
 * TLS. Nothing is said to the device. Throws DeviceUnreachable, or TypeError for a bad address.
 */
export function readDeviceKey(options: {
  readonly uri: string;
  /** Milliseconds. */
  readonly timeout: number;
}): Promise<ShownKey | undefined> {
  const address = parseDeviceUri(options.uri);
  if (!address.tls) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    connect({ address, trust: "anyone", timeout: options.timeout }, (error, socket) => {
      if (error !== null || socket === undefined) return reject(error);
      socket.on("error", () => undefined);
      resolve(shownKey(socket));
      socket.destroy();
    });
  });
}
