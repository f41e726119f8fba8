import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";

/**
 * Whether nobody on the network can have read the request: it came over TLS, or from this machine. (A
 * proxy that ends TLS before a role runs on the role's machine.)
 */
export function isPrivate({ socket }: Pick<IncomingMessage, "socket">): boolean {
  return socket instanceof TLSSocket || isSameMachine({ socket });
}

/** Whether whoever asks is on this machine, by its loopback address or one that the machine has. */
export function isSameMachine({ socket }: Pick<IncomingMessage, "socket">): boolean {
  const { localAddress, remoteAddress } = socket;
  return (
    isLoopback(remoteAddress) || (remoteAddress !== undefined && remoteAddress === localAddress)
  );
}

/** 127.0.0.0/8 and ::1, also as a dual-stack socket writes them. */
export function isLoopback(address: string | undefined): boolean {
  return address === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address ?? "");
}
