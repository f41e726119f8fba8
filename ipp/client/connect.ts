import { createHash } from "node:crypto";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls, TLSSocket } from "node:tls";
import type { DeviceAddress } from "./address.ts";
import { DeviceUnreachable, type UnreachableReason } from "./errors.ts";

/**
 * Which certificate a device on ipps may show: one that an authority vouches for, the very one with
 * this SHA-256 fingerprint, any with this key (the SHA-256 of its SubjectPublicKeyInfo in hexadecimal;
 * a device may renew its certificate and keep the key), or any at all, which keeps out only those who
 * merely listen. Colons and case do not matter.
 */
export type DeviceTrust =
  | "authorities"
  | "anyone"
  | { readonly fingerprint256: string }
  | { readonly publicKey256: string };

/** What a device shows of itself over TLS. */
export interface ShownKey {
  /** SHA-256 of the public key, in lower case hexadecimal. */
  readonly publicKey256: string;
  /** For people: whom the certificate names, and until when. */
  readonly subject: string;
  readonly validTo: string;
}

/** The key that the other side of a connection showed; undefined when it speaks no TLS. */
export function shownKey(socket: Socket): ShownKey | undefined {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (certificate === undefined) return undefined;
  const { publicKey, subject, validTo } = certificate;
  const spki = publicKey.export({ type: "spki", format: "der" });
  const publicKey256 = createHash("sha256").update(spki).digest("hex");
  return { publicKey256, subject: subject.replaceAll("\n", ", ").slice(0, 200), validTo };
}

export interface ConnectOptions {
  readonly address: DeviceAddress;
  readonly trust: DeviceTrust;
  /** Milliseconds for name, TCP and TLS together. */
  readonly timeout: number;
}

/**
 * Opens a connection and hands it over only once it may be written to: TLS has been set up and the
 * certificate is one we trust. Fails with DeviceUnreachable.
 */
export function connect(
  { address, trust, timeout }: ConnectOptions,
  done: (error: Error | null, socket?: Socket) => void,
): void {
  const { host, port } = address;
  const socket = address.tls
    ? connectTls({
        host,
        port,
        ...(isIP(host) === 0 ? { servername: host } : {}),
        // Judged below, where a person can be told the fingerprint that was shown.
        rejectUnauthorized: false,
      })
    : connectTcp({ host, port });
  // The message and the document are written apart: the latter must not wait until the device has
  // acknowledged the former, which it does 40 ms late (RFC 1122 §4.2.3.2 and §4.2.3.4).
  socket.setNoDelay(true);
  const timer = setTimeout(() => {
    finish(unreachable("timeout", `${where(address)} did not take a connection in ${timeout} ms.`));
  }, timeout);
  const finish = (trouble: DeviceUnreachable | undefined) => {
    clearTimeout(timer);
    socket.off("error", onError);
    socket.off("close", onClose);
    if (trouble === undefined) {
      done(null, socket);
      return;
    }
    socket.on("error", () => undefined);
    socket.destroy();
    done(trouble);
  };
  const onError = (error: Error) => finish(describe(error, address));
  const onClose = () => finish(unreachable("cut", `${where(address)} closed the connection.`));
  socket.on("error", onError);
  socket.on("close", onClose);
  socket.once(address.tls ? "secureConnect" : "connect", () => {
    finish("getPeerCertificate" in socket ? distrust(socket, trust, address) : undefined);
  });
}

/** `host:port`, for people. */
export function where({ host, port }: DeviceAddress): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function distrust(
  socket: ReturnType<typeof connectTls>,
  trust: DeviceTrust,
  address: DeviceAddress,
): DeviceUnreachable | undefined {
  if (trust === "anyone") return undefined;
  const shown = socket.getPeerCertificate().fingerprint256 ?? "none";
  if (trust === "authorities") {
    if (socket.authorized) return undefined;
    return unreachable(
      "untrusted",
      `No authority vouches for the certificate of ${where(address)}. ` +
        `If it is the device's own, trust its fingerprint: ${shown}`,
    );
  }
  if ("publicKey256" in trust) {
    const key = shownKey(socket)?.publicKey256 ?? "none";
    if (plain(key) === plain(trust.publicKey256)) return undefined;
    return unreachable(
      "untrusted",
      `${where(address)} shows another key than the one that was trusted: ${key}. ` +
        "Nothing is sent to it until a person has checked the device and trusts it anew.",
    );
  }
  if (plain(shown) === plain(trust.fingerprint256)) return undefined;
  return unreachable(
    "untrusted",
    `${where(address)} shows another certificate than the one that was trusted. ` +
      `Check that the device was renewed, then trust its new fingerprint: ${shown}`,
  );
}

function plain(fingerprint: string): string {
  return fingerprint.replaceAll(/[:\s]/g, "").toUpperCase();
}

function describe(error: Error, address: DeviceAddress): DeviceUnreachable {
  const code = "code" in error ? error.code : undefined;
  const device = where(address);
  switch (code) {
    case "ECONNREFUSED":
      return unreachable("refused", `Nothing listens at ${device}: is the device on?`, error);
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return unreachable("unresolved", `The name ${address.host} has no address.`, error);
    case "ECONNRESET":
      return unreachable("cut", `${device} cut the connection.`, error);
    default:
      return unreachable("unreachable", `There is no way to ${device}: ${error.message}.`, error);
  }
}

function unreachable(reason: UnreachableReason, message: string, cause?: unknown) {
  return new DeviceUnreachable(message, { reason, reached: "nothing", cause });
}
