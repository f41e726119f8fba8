import { Agent } from "node:http";
import type { Duplex } from "node:stream";
import { attribute, group, name, operationGroup, uri } from "../build.ts";
import { encode } from "../encode.ts";
import { defaultLimits } from "../limits.ts";
import type { IppAttribute, IppMessage, IppVersion } from "../message.ts";
import { status } from "../status.ts";
import { groupTag } from "../tags.ts";
import { type DeviceAddress, parseDeviceUri } from "./address.ts";
import { type Credentials, createAuthorization } from "./authorization.ts";
import { connect, type DeviceTrust } from "./connect.ts";
import type { OutgoingDocument } from "./document.ts";
import { DeviceAnsweredBadly, DocumentUnreadable } from "./errors.ts";
import { type ExchangeOptions, exchange } from "./exchange.ts";
import { ConnectionWasStale } from "./faults.ts";
import { judge, type Outcome } from "./outcome.ts";
import { defaultTimeouts, type Timeouts } from "./timeouts.ts";
import { withLength } from "./with-length.ts";

export interface IppClientOptions {
  /** The device, e.g. `ipp://10.0.0.7/ipp/print`. */
  readonly uri: string;
  /** What goes as `requesting-user-name`: one neutral name for all, as devices show it to anyone. */
  readonly userName?: string;
  /** The language that the device is asked to answer in. */
  readonly language?: string;
  readonly trust?: DeviceTrust;
  /** Who we are, where the device asks (HTTP 401). */
  readonly credentials?: Credentials | undefined;
  readonly timeouts?: Partial<Timeouts>;
  readonly maxAnswerBytes?: number;
}

/** One IPP operation. The client adds the charset, language, target and user. */
export interface Call {
  readonly operation: number;
  /** The job meant, for operations on jobs. */
  readonly jobId?: number;
  /** Further operation attributes. */
  readonly attributes?: readonly IppAttribute[];
  /** The job template. The group is left out when empty: some devices refuse an empty one. */
  readonly job?: readonly IppAttribute[];
  readonly document?: OutgoingDocument;
  /** Never repeated by the client itself, not even over a connection that may have been closed. */
  readonly once?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface IppClient {
  readonly printerUri: string;
  /**
   * Sends one request. A refusal by the device is a value; throws DeviceUnreachable,
   * DeviceAnsweredBadly or DocumentUnreadable.
   */
  call(call: Call): Promise<Outcome<IppMessage>>;
  /** Closes idle and busy connections. */
  close(): void;
}

const version2: IppVersion = { major: 2, minor: 0 };
const version1: IppVersion = { major: 1, minor: 1 };

/**
 * Makes a client of one device; nothing is sent yet. Connections are kept for the next request.
 * IPP 2.0 is spoken, or 1.1 from the time a device refuses it. Throws TypeError for a bad address.
 */
export function createIppClient(options: IppClientOptions): IppClient {
  const address = parseDeviceUri(options.uri);
  const timeouts: Timeouts = { ...defaultTimeouts, ...options.timeouts };
  const agent = keepingAgent(address, options.trust ?? "authorities", timeouts.connect);
  const maxAnswerBytes = options.maxAnswerBytes ?? defaultLimits.maxBytes;
  const authorize = createAuthorization(options.credentials);
  const fixed = { address, agent, timeouts, maxAnswerBytes };
  let version = version2;
  let wantsLength = false;
  let requestId = 0;

  function send(call: Call, spoken: IppVersion): Promise<IppMessage> {
    requestId = (requestId % 0x7fffffff) + 1;
    const message = encode(requestOf(call, { address, options, version: spoken, requestId }));
    const { document, signal, once = false } = call;
    const authorization = authorize.header({ method: "POST", path: address.path });
    const sending = { ...fixed, message, document, authorization, signal };
    return once ? exchange(sending) : exchangeFresh(sending);
  }

  /**
   * Sends it once more where the device refused it by HTTP before it took anything of it: without a
   * name and password (401), or without a length (411, 501: RFC 9112 §6.1).
   */
  async function sendAsWanted(call: Call, spoken: IppVersion): Promise<IppMessage> {
    const measured = await inLength(call, wantsLength);
    try {
      return await send(measured, spoken);
    } catch (error) {
      if (!(error instanceof DeviceAnsweredBadly)) throw error;
      const { httpStatus, challenge } = error;
      if (httpStatus === 401 && authorize.learn(challenge)) return await send(measured, spoken);
      const chunked = measured.document !== undefined && measured.document.length === undefined;
      if (!chunked || (httpStatus !== 411 && httpStatus !== 501)) throw error;
      wantsLength = true;
      return await send(await inLength(measured, true), spoken);
    }
  }

  return {
    printerUri: address.printerUri,
    async call(call) {
      const spoken = version;
      let answer = await sendAsWanted(call, spoken);
      if (answer.code === status["server-error-version-not-supported"] && spoken === version2) {
        answer = await sendAsWanted(call, version1);
        if (answer.code !== status["server-error-version-not-supported"]) version = version1;
      }
      return judge(answer);
    },
    close: () => agent.destroy(),
  };
}

/** The call with a document of known length, where the device wants one. */
async function inLength(call: Call, wanted: boolean): Promise<Call> {
  const { document, signal } = call;
  if (!wanted || document === undefined || document.length !== undefined) return call;
  try {
    const stop = signal ?? new AbortController().signal;
    return { ...call, document: await withLength(document, stop) };
  } catch (cause) {
    const text = "The document could not be read to its end before it was sent.";
    throw new DocumentUnreadable(text, { reached: "request", cause });
  }
}

interface RequestDetails {
  readonly address: DeviceAddress;
  readonly options: IppClientOptions;
  readonly version: IppVersion;
  readonly requestId: number;
}

/** The target follows the charset and language, RFC 8011 §4.1.5; then the user. */
function requestOf(
  call: Call,
  { address, options, version, requestId }: RequestDetails,
): IppMessage {
  const target = [attribute("printer-uri", uri(address.printerUri))];
  if (call.jobId !== undefined) {
    target.push(attribute("job-id", { kind: "integer", value: call.jobId }));
  }
  const user = [attribute("requesting-user-name", name(options.userName ?? "guichet"))];
  const { language = "en" } = options;
  const operation = operationGroup([...target, ...user, ...(call.attributes ?? [])], { language });
  const job = call.job?.length ? [group(groupTag.job, call.job)] : [];
  return { version, code: call.operation, requestId, groups: [operation, ...job] };
}

/**
 * Repeats a request when the kept connection that it went by had been closed by the device in the
 * meantime. Never one with a document: a byte of it may have arrived. Nor a Create-Job: the device may
 * have made the job, which would then stand in its queue without a document until it times out.
 */
async function exchangeFresh(options: ExchangeOptions): Promise<IppMessage> {
  for (let attempts = 0; ; attempts += 1) {
    try {
      return await exchange(options);
    } catch (error) {
      const again = error instanceof ConnectionWasStale && error.reached !== "document";
      // Every connection that is kept may be stale, and there are no more of them than this.
      if (!again || attempts >= keptConnections) throw error;
    }
  }
}

const keptConnections = 2;

/** Shorter than devices keep an idle connection, so that they seldom close one as we use it. */
const keptMilliseconds = 4_000;

function keepingAgent(address: DeviceAddress, trust: DeviceTrust, timeout: number): Agent {
  const agent = new Agent({
    keepAlive: true,
    maxFreeSockets: keptConnections,
    timeout: keptMilliseconds,
  });
  agent.createConnection = (_, done) => {
    connect({ address, trust, timeout }, (error, socket) => {
      done?.(error, socket as Duplex);
    });
    return undefined;
  };
  return agent;
}
