import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { authenticated, sendRefusal } from "../../link/routes.ts";
import { Slug } from "../../protocol/ids.ts";
import {
  InstallDone,
  type ReaderKey,
  ReaderKeyChange,
  type ReaderKeysShown,
} from "../../protocol/reader-key.ts";
import type { Site } from "../../protocol/site.ts";
import { transaction } from "../../storage/transaction.ts";
import {
  forgetReaderKey,
  keyedReaders,
  newReaderKey,
  readerKeysOf,
  storeReaderKey,
} from "../readers/reader-keys.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";
import { bumpRevision } from "../site/revision.ts";
import { heardBridge } from "./heard-bridge.ts";
import { onlyWithToken } from "./token-guard.ts";

const ByPlace = Type.Object({ terminal: Slug, place: Type.String({ pattern: "^[0-9]{1,2}$" }) });

interface OsdpReader {
  readonly reader: string;
  readonly bridge: string;
}

/** Keys of OSDP readers: set, forgotten, and given to readers; see `protocol/reader-key.ts`. */
export function registerReaderKeyRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, log, bell, deviceKey: sealKey, installs } = parts;
  const preHandler = onlyWithToken(options.token);
  const tell = ({ bridge }: OsdpReader) => bumpRevision(db, { kind: "decisions", bridge });

  app.get("/api/admin/reader-keys", { preHandler }, (): ReaderKeysShown => {
    const keyed = keyedReaders(db);
    return {
      readers: osdpReaders(readSite(db)).map(({ reader }) => ({
        reader,
        hasKey: keyed.has(reader),
        install: installs.shown(reader),
      })),
    };
  });

  app.post<{ Params: Static<typeof ByPlace>; Body: ReaderKeyChange }>(
    "/api/admin/readers/:terminal/:place/key",
    { preHandler, schema: { params: ByPlace, body: ReaderKeyChange } },
    (request, reply) => {
      const { terminal, place } = request.params;
      const id = `${terminal}/${place}`;
      const found = osdpReaders(readSite(db)).find(({ reader }) => reader === id);
      if (found === undefined) return sendRefusal(reply, "not-found", noReader(id));
      const change = request.body;
      if (change.kind === "install" && !keyedReaders(db).has(id))
        return sendRefusal(
          reply,
          "not-found",
          `The reader "${id}" has no key here yet. Make one first.`,
        );
      transaction(db, () => {
        switch (change.kind) {
          case "set":
            storeReaderKey(db, { reader: id, key: change.key, sealKey });
            break;
          case "make":
            storeReaderKey(db, { reader: id, key: newReaderKey(), sealKey });
            break;
          case "forget":
            forgetReaderKey(db, id);
            break;
          case "install":
            installs.begin(id);
        }
        tell(found);
      });
      bell.ring();
      log.info({ event: "reader-key", reader: id, what: change.kind }, "a reader's key");
      return {};
    },
  );

  app.post<{ Body: InstallDone }>(
    "/api/bridge/reader-installs",
    { preHandler: authenticated(parts.acceptor, "bridge"), schema: { body: InstallDone } },
    (request) => {
      const { subject: bridge } = heardBridge(parts, request);
      const { install, outcome } = request.body;
      const found = osdpReaders(readSite(db)).find(
        (one) => one.bridge === bridge && installs.underWay(one.reader) === install,
      );
      if (found === undefined) return {};
      const { reader } = found;
      installs.done(reader, outcome);
      tell(found);
      bell.ring();
      log.info({ event: "reader-install", reader, outcome: outcome.kind }, "a reader's key");
      return {};
    },
  );
}

/** What a bridge is told of its readers' keys. */
export function readerKeysFor(parts: ServerParts, site: Site, bridge: string): ReaderKey[] {
  const { db, deviceKey, installs } = parts;
  const own = osdpReaders(site).filter((one) => one.bridge === bridge);
  const readers = new Set(own.map(({ reader }) => reader));
  return readerKeysOf(db, readers, deviceKey).map((one) => {
    const install = installs.underWay(one.reader);
    return install === undefined ? one : { ...one, install };
  });
}

function osdpReaders(site: Site | undefined): OsdpReader[] {
  return (site?.terminals ?? []).flatMap(({ id, bridge, readers }) =>
    readers.flatMap((reader, place) =>
      "driver" in reader && reader.driver === "osdp" ? [{ reader: `${id}/${place}`, bridge }] : [],
    ),
  );
}

const noReader = (id: string) =>
  `The site has no OSDP reader "${id}". Declare it under "terminals" with driver: osdp; the first reader of a terminal is number 0.`;
