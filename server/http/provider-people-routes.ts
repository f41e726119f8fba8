import type { FastifyInstance } from "fastify";
import { authenticated, callerOf } from "../../link/routes.ts";
import {
  NameQuestion,
  type NameReply,
  PasswordQuestion,
  type PasswordReply,
} from "../../protocol/provider-people.ts";
import { addressFeed, addressRevision } from "../addresses/queue-addresses.ts";
import { checkPassword } from "../people/check-password.ts";
import { loginKey } from "../people/login-name.ts";
import { loginByAlias } from "../people/more-about.ts";
import { findPersonByLogin } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import { After, waitForNews } from "./long-poll.ts";

const bodyLimit = 8 * 1024;

/** What a provider asks about people who print; see `protocol/provider-people.ts`. */
export function registerProviderPeopleRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { db, bell, metrics, log, addressKey } = parts;
  const preHandler = authenticated(parts.acceptor, "provider");

  app.post<{ Body: PasswordQuestion }>(
    "/api/provider/check-password",
    { preHandler, bodyLimit, schema: { body: PasswordQuestion } },
    async (request): Promise<PasswordReply> => {
      const { subject: provider } = callerOf(request);
      metrics.heard(provider);
      const { login, password, address } = request.body;
      const place = `${provider} ${address}`;
      const answer = await checkPassword(parts.signIn, { login, password, place });
      const result = answer.kind === "refused" ? answer.reason : answer.kind;
      log.info({ event: "password-checked", provider, result });
      return answer.kind === "right" ? { kind: "right", login: answer.row.login } : answer;
    },
  );

  app.post<{ Body: NameQuestion }>(
    "/api/provider/person",
    { preHandler, bodyLimit, schema: { body: NameQuestion } },
    async (request): Promise<NameReply> => {
      metrics.heard(callerOf(request).subject);
      const { name } = request.body;
      const login = findPersonByLogin(db, name)?.login ?? loginByAlias(db, name);
      if (login !== undefined) return { kind: "person", login };
      // Somebody of the directory who never signed in: taken over when they do.
      const answer = await parts.signIn.directory?.byLogin(loginKey(name));
      switch (answer?.kind) {
        case "found":
          return answer.person.allowed && !answer.person.disabled
            ? { kind: "person", login: answer.person.login }
            : { kind: "nobody" };
        case "away":
          return { kind: "unknown" };
        case "nobody":
        case "ambiguous":
        case undefined:
          return { kind: "nobody" };
      }
    },
  );

  app.get<{ Querystring: After }>(
    "/api/provider/addresses",
    { preHandler, schema: { querystring: After } },
    async (request, reply) => {
      metrics.heard(callerOf(request).subject);
      const after = Number(request.query.after ?? -1);
      const revision = (): number => addressRevision(db);
      await waitForNews({ after, revision, bell, reply, pollMs: parts.pollMs });
      return addressFeed(db, after, addressKey);
    },
  );
}
