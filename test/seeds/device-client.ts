import { attribute, group, integer, name, operationGroup, uri } from "../../ipp/build.ts";
import type { Call, IppClient } from "../../ipp/client/client.ts";
import {
  DeviceUnreachable,
  DocumentUnreadable,
  type Reached,
  type UnreachableReason,
} from "../../ipp/client/errors.ts";
import { judge, type Outcome } from "../../ipp/client/outcome.ts";
import type { IppMessage } from "../../ipp/message.ts";
import { operationName } from "../../ipp/operations.ts";
import { statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import type { DeviceNode } from "./device-node.ts";
import type { Network } from "./network.ts";
import type { Random } from "./random.ts";
import { uploadTo } from "./upload.ts";
import type { Weather } from "./weather.ts";
import { type Life, nature, type World } from "./world.ts";

export interface DeviceClientOptions {
  readonly world: World;
  readonly network: Network;
  readonly random: Random;
  readonly weather: Weather;
  readonly life: Life;
  readonly device: DeviceNode;
}

/** How long the real client's callers wait for an answer at most. */
const answerMs = 5_000;

/**
 * The client of one device for one life of its bridge. A connection is one conversation: it may break
 * at any moment, and a request of it may still be obeyed after that; but what was sent before a power
 * cut is never heard after it.
 */
export function createDeviceClient(options: DeviceClientOptions): IppClient {
  const { world, network, random, weather, life, device } = options;
  const printerUri = `ipp://${device.id}/ipp/print`;
  let requestId = 0;

  function converse(call: Call, request: IppMessage): Promise<IppMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IppMessage>();
    const what = operationName(call.operation) ?? String(call.operation);
    const { boot } = device.state();
    let reached: Reached = "request";
    let isOpen = true;
    const end = (how: string, settle: () => void) => {
      if (!isOpen) return;
      isOpen = false;
      callOff();
      device.connections.delete(dropped);
      life.atEnd.delete(dropped);
      if (life.isOver) return;
      // Looks are many and say little.
      if (!what.startsWith("get")) world.note(life.of, `${what} → ${device.id}: ${how}`);
      settle();
    };
    const fail = (reason: UnreachableReason) =>
      end(`${reason}, ${reached} reached`, () =>
        reject(new DeviceUnreachable(`${device.id} ${reason}`, { reason, reached })),
      );
    const dropped = () => fail("cut");
    const callOff = world.after(call.document === undefined ? answerMs : 30 * 60_000, life, () =>
      fail("timeout"),
    );
    const answer = (message: IppMessage) => {
      if (breaks()) world.after(random.wait(20, 2_000), life, dropped);
      else
        world.after(random.wait(8, 900), life, () =>
          end(statusName(message.code), () => resolve(message)),
        );
    };
    const arrive = () => {
      if (device.state().boot !== boot && device.state().power.kind === "on") return dropped();
      const verdict = device.verdict(call.operation);
      if (verdict.kind === "refuse" || network.isCut(life.of, device.id)) {
        reached = "nothing";
        return world.after(5, life, () => fail("refused"));
      }
      if (verdict.kind === "hang") return;
      const next = device.ask(request);
      if (next.kind === "answer") {
        if (verdict.kind !== "break-answer") return answer(next.message);
        device.connectionBroke();
        return dropped();
      }
      uploadTo({
        ...options,
        call,
        awaited: next.awaited,
        verdict,
        isOpen: () => isOpen,
        onDocument: () => {
          reached = "document";
        },
        answer,
        broken: dropped,
        unreadable: (cause) =>
          end("the document could not be read", () =>
            reject(new DocumentUnreadable("unreadable", { reached, cause })),
          ),
      });
    };
    device.connections.add(dropped);
    life.atEnd.add(dropped);
    call.signal?.addEventListener("abort", () => {
      if (call.document !== undefined) fail("aborted");
    });
    if (breaks()) {
      // Before it arrived, or so late that nobody waits any more.
      if (random.chance(0.5) && call.document === undefined)
        world.after(random.wait(6_000, 60_000), nature, arrive);
      world.after(random.wait(20, 3_000), life, dropped);
    } else world.after(random.wait(8, 1_500), nature, arrive);
    return promise;
  }

  /** Chance, and the network between them. */
  function breaks(): boolean {
    return (
      network.isCut(life.of, device.id) ||
      (!network.isHealed() && random.chance(weather.connectionBreaks))
    );
  }

  return {
    printerUri,
    async call(call: Call): Promise<Outcome<IppMessage>> {
      requestId += 1;
      return judge(await converse(call, requestOf(call, printerUri, requestId)));
    },
    close: () => undefined,
  };
}

/** As the real client makes it: RFC 8011 §4.1.5. */
function requestOf(call: Call, printerUri: string, requestId: number): IppMessage {
  const target = [attribute("printer-uri", uri(printerUri))];
  if (call.jobId !== undefined) target.push(attribute("job-id", integer(call.jobId)));
  const user = attribute("requesting-user-name", name("guichet"));
  const operation = operationGroup([...target, user, ...(call.attributes ?? [])]);
  const job = call.job?.length ? [group(groupTag.job, call.job)] : [];
  return {
    version: { major: 2, minor: 0 },
    code: call.operation,
    requestId,
    groups: [operation, ...job],
  };
}
