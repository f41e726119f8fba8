import { connect } from "node:net";
import { parseDeviceUri } from "../../ipp/client/address.ts";
import { createIppClient } from "../../ipp/client/client.ts";
import { validateJob } from "../../ipp/client/submit.ts";

/** A way by which somebody could print past the kiosk, unpaid. */
export interface WayAround {
  readonly way: "raw" | "lpd" | "ipp";
  readonly found: string;
  /** What closes it. */
  readonly close: string;
}

export interface WaysOptions {
  readonly uri: string;
  /** 9100 and 515 unless told. */
  readonly ports?: { readonly raw: number; readonly lpd: number };
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
}

/**
 * Tries the doors beside the kiosk, as anybody in this network could, and prints nothing: a connection
 * to raw printing and to LPD, and Validate-Job without a name. Never throws for a device that is away.
 */
export async function waysAround(options: WaysOptions): Promise<WayAround[]> {
  const { uri, ports = { raw: 9100, lpd: 515 }, timeoutMs = 3_000, signal } = options;
  const { host } = parseDeviceUri(uri);
  const [raw, lpd, ipp] = await Promise.all([
    isOpen(host, ports.raw, timeoutMs),
    isOpen(host, ports.lpd, timeoutMs),
    takesAnybodysJob(uri, AbortSignal.any([signal, AbortSignal.timeout(4 * timeoutMs)])),
  ]);
  return [
    ...(raw ? [{ way: "raw" as const, found: rawFound(ports.raw), close: rawClose }] : []),
    ...(lpd ? [{ way: "lpd" as const, found: lpdFound(ports.lpd), close: lpdClose }] : []),
    ...(ipp ? [{ way: "ipp" as const, found: ippFound, close: ippClose }] : []),
  ];
}

const rawFound = (port: number) => `Raw printing is open (port ${port}): anybody can print there.`;
const rawClose =
  "Switch off raw, JetDirect or AppSocket printing in the device's network settings.";
const lpdFound = (port: number) => `LPD is open (port ${port}): anybody can print there.`;
const lpdClose = "Switch off LPD in the device's network settings.";
const ippFound = "IPP takes jobs of anybody from this machine, without a name and password.";
const ippClose =
  "Allow only the bridge's address in the device's IP filter, or give IPP a password and tell it: npx guichet device password <device> --user <name>.";

function isOpen(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (open: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(open);
    };
    const timer = setTimeout(() => end(false), timeoutMs);
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

async function takesAnybodysJob(uri: string, signal: AbortSignal): Promise<boolean> {
  const client = createIppClient({ uri, trust: "anyone", userName: "anybody" });
  try {
    const documentFormat = "application/octet-stream";
    const job = { jobName: "Guichet asks", documentFormat, signal };
    const answer = await validateJob(client, job);
    // A format that it does not take is no door that is shut.
    return answer.ok || answer.status === 0x040a;
  } catch {
    return false;
  } finally {
    client.close();
  }
}
