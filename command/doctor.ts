import { statfsSync } from "node:fs";
import { connect } from "node:tls";
import { waysAround } from "../device-bridge/probe/ways-around.ts";
import { Books } from "../protocol/admin.ts";
import { DevicesShown } from "../protocol/device-profile.ts";
import type { Context } from "./context.ts";
import { adminOf, deviceNamed } from "./errand.ts";
import { UserError } from "./folders.ts";

/** One thing that was looked at; `advice` where it is not as it should be. */
type Seen = { readonly what: string; readonly advice?: string };

const answerMs = 5_000;
const clockMs = 60_000;
const freeBytesWanted = 2 * 1024 ** 3;
const certificateDays = 30;

/**
 * `guichet doctor [device]`: is the site well, and can anybody print past the kiosk? Looks, prints
 * nothing and changes nothing. The exit code is 1 when something is to be done.
 */
export async function doctor(context: Context, args: string[]): Promise<number> {
  const [device] = args;
  const seen = device === undefined ? await lookAtSite(context) : [];
  const devices = await lookAtDevices(context, device);
  const all = [...seen, ...devices];
  for (const { what, advice } of all)
    console.log(advice === undefined ? `ok    ${what}` : `MEND  ${what}\n      ${advice}`);
  return all.some(({ advice }) => advice !== undefined) ? 1 : 0;
}

async function lookAtSite(context: Context): Promise<Seen[]> {
  const { settings, folders } = context;
  const { server, provider, bridge } = settings;
  const bridgeUrl = `http://${bridge.host}:${bridge.port}`;
  return [
    await answers("the server", new URL("/healthz", server.localUrl)),
    await answers("the provider", new URL("/healthz", provider.url)),
    await answers("the bridge", new URL("/healthz", bridgeUrl)),
    await clock(server.localUrl),
    await books(context),
    disk(folders.root),
    ...(await certificates([server.url, provider.url])),
  ];
}

/** Whatever it answers: who speaks HTTP there is running. */
async function answers(who: string, url: URL): Promise<Seen> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerMs) });
    await response.arrayBuffer();
    if (response.ok) return { what: `${who} answers at ${url.origin}` };
    const advice = `It says ${response.status}: look into its log.`;
    return { what: `${who} is not well`, advice };
  } catch {
    return { what: `${who} does not answer at ${url.origin}`, advice: "Is it running?" };
  }
}

async function clock(serverUrl: string): Promise<Seen> {
  try {
    const response = await fetch(new URL("/healthz", serverUrl), {
      signal: AbortSignal.timeout(answerMs),
    });
    await response.arrayBuffer();
    const off = Math.abs(Date.parse(response.headers.get("date") ?? "") - Date.now());
    if (Number.isNaN(off)) return { what: "the server does not tell the time" };
    const seconds = Math.round(off / 1000);
    if (off <= clockMs) return { what: `this machine and the server are ${seconds} s apart` };
    const advice = "No money depends on it, but dates and certificates do: set both by NTP.";
    return { what: `this machine and the server are ${seconds} s apart`, advice };
  } catch {
    return { what: "the server's clock cannot be seen", advice: "Start the server first." };
  }
}

async function books(context: Context): Promise<Seen> {
  try {
    const { sum, sentence } = await adminOf(context).get("/api/admin/books", Books);
    return sum === 0 ? { what: sentence } : { what: sentence, advice: "Stop, and ask for help." };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { what: "the books cannot be looked at", advice: error.message };
  }
}

function disk(folder: string): Seen {
  try {
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    const what = `${(free / 1024 ** 3).toFixed(1)} GiB are free at ${folder}`;
    if (free >= freeBytesWanted) return { what };
    return { what, advice: "New jobs are refused when it is full: make room." };
  } catch {
    return { what: `there is no folder ${folder}`, advice: "Set GUICHET_DATA as for the server." };
  }
}

async function certificates(urls: readonly string[]): Promise<Seen[]> {
  const secure = [...new Set(urls)].filter((url) => url.startsWith("https:"));
  return await Promise.all(secure.map((url) => certificate(new URL(url))));
}

function certificate({ hostname, port, origin }: URL): Promise<Seen> {
  return new Promise((resolve) => {
    const end = (seen: Seen) => {
      socket.destroy();
      resolve(seen);
    };
    const socket = connect(
      { host: hostname, port: Number(port || 443), rejectUnauthorized: false, timeout: answerMs },
      () => {
        const validTo = Date.parse(socket.getPeerX509Certificate()?.validTo ?? "");
        const days = Math.floor((validTo - Date.now()) / 86_400_000);
        const what = `the certificate of ${origin} is good for ${days} days`;
        end(days > certificateDays ? { what } : { what, advice: "Renew it now." });
      },
    );
    const failed = () =>
      end({ what: `${origin} shows no certificate`, advice: "Is it running, and with TLS?" });
    socket.once("error", failed);
    socket.once("timeout", failed);
  });
}

async function lookAtDevices(context: Context, only: string | undefined): Promise<Seen[]> {
  const admin = adminOf(context);
  const devices =
    only === undefined
      ? (await admin.get("/api/admin/devices", DevicesShown)).devices
      : [await deviceNamed(admin, only)];
  const seen = await Promise.all(
    devices.map(async ({ device, url, profile, key }): Promise<Seen[]> => {
      const ways = await waysAround({ uri: url, signal: AbortSignal.timeout(60_000) });
      const open = ways.map(({ found, close }) => ({ what: `${device}: ${found}`, advice: close }));
      return [
        ...(open.length > 0 ? open : [{ what: `${device}: no way past the kiosk was found` }]),
        ...(profile === null
          ? [{ what: `${device} was never probed`, advice: `npx guichet probe ${device}` }]
          : []),
        ...(url.startsWith("ipps:") && key === null
          ? [{ what: `${device} has no trusted key`, advice: `npx guichet device repin ${device}` }]
          : []),
      ];
    }),
  );
  return seen.flat();
}
