import { Readable } from "node:stream";
import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import type { Link } from "../../link/client.ts";
import { LinkRefused, LinkUnreachable } from "../../link/errors.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { statusOf } from "../../protocol/refusal.ts";
import type { Host } from "./host.ts";
import type { Network } from "./network.ts";
import type { Random } from "./random.ts";
import type { Life, World } from "./world.ts";

/** What a role answers to a request; `from` is the caller that its session was opened by. */
export type Reply =
  | { readonly kind: "ok"; readonly body: unknown }
  | { readonly kind: "document"; readonly bytes: Uint8Array }
  | { readonly kind: "no"; readonly error: Refusal["error"]; readonly sentence: string };

export interface Role {
  readonly host: Host;
  /** Durable on return, as the real one is before it answers. */
  answer(request: {
    readonly from: string;
    readonly path: string;
    readonly body: unknown;
    readonly headers: Readonly<Record<string, string>>;
  }): Reply;
}

const forms = new WeakMap<TSchema, { Check(value: unknown): boolean }>();

/** Whether a value has the agreed form. */
export function hasForm<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
  const form = forms.get(schema) ?? Compile(schema);
  forms.set(schema, form);
  return form.Check(value);
}

/** The calling side of `link/`, over the simulated network, for one life of the caller. */
export function createSimulatedLink(options: {
  readonly world: World;
  readonly network: Network;
  readonly random: Random;
  readonly life: Life;
  readonly role: Role;
}): Link {
  const { world, network, random, life, role } = options;

  function ask(asked: {
    readonly path: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
    readonly timeoutMs?: number | undefined;
  }): Promise<Reply> {
    const { path, headers = {}, timeoutMs = 5_000 } = asked;
    // As on a wire: nothing that one side changes later reaches the other.
    const wire = JSON.stringify(asked.body ?? null);
    return new Promise((resolve, reject) => {
      network.ask<Reply>({
        from: life,
        to: role.host,
        what: `${path} ${wire.length > 2 ? brief(wire) : ""}`,
        timeoutMs,
        tell: (reply) => told(reply),
        handle: () => role.answer({ from: life.of, path, body: JSON.parse(wire), headers }),
        answered: (reply) => {
          if (reply === undefined) reject(new LinkUnreachable(`${role.host.name} did not answer.`));
          else if (reply.kind === "no") reject(refused(reply));
          else resolve(reply);
        },
      });
    });
  }

  async function call<S extends TSchema>(
    asked: Parameters<typeof ask>[0],
    schema: S,
  ): Promise<Static<S>> {
    const reply = await ask(asked);
    const body: unknown = reply.kind === "ok" ? JSON.parse(JSON.stringify(reply.body)) : undefined;
    if (hasForm(schema, body)) return body;
    const error = new Error(`${role.host.name} answered ${asked.path} in no agreed form.`);
    world.fail(error);
    throw error;
  }

  /** Bytes come one piece after the other, until whoever sends them or the way to them is gone. */
  function pour(bytes: Uint8Array): Readable {
    const sender = role.host.life();
    const body = new Readable({ read: () => undefined });
    let sent = 0;
    const piece = () => {
      if (body.destroyed) return;
      if (role.host.life() !== sender || network.isCut(life.of, role.host.name)) {
        body.destroy(new Error("The connection broke."));
        return;
      }
      body.push(bytes.subarray(sent, sent + 16_384));
      sent += 16_384;
      if (sent < bytes.length) world.after(random.wait(5, 20_000), life, piece);
      else body.push(null);
    };
    world.after(1, life, piece);
    return body;
  }

  return {
    post: (path, body, schema, { timeoutMs } = {}) => call({ path, body, timeoutMs }, schema),
    get: (path, schema, { timeoutMs } = {}) => call({ path, timeoutMs }, schema),
    async stream(path, headers) {
      const reply = await ask({ path, headers });
      if (reply.kind !== "document") throw new Error(`${path} gave no document.`);
      return { length: reply.bytes.length, body: pour(reply.bytes) };
    },
    close: () => undefined,
  };
}

function refused({ error, sentence }: Extract<Reply, { kind: "no" }>): LinkRefused {
  return new LinkRefused(statusOf[error], { error, sentence });
}

function told(reply: Reply): string {
  switch (reply.kind) {
    case "ok":
      return brief(JSON.stringify(reply.body));
    case "document":
      return `a document of ${reply.bytes.length} bytes`;
    case "no":
      return reply.error;
  }
}

/** Ids by their first digits, as in the names of a device's jobs. */
function brief(wire: string): string {
  return wire.replace(/([0-9a-f]{8})(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "$1").slice(0, 600);
}
