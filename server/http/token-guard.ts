import { isPrivate } from "../../link/is-private.ts";
import { asGuard, type RouteGuard } from "../../link/route-guards.ts";
import { sendRefusal } from "../../link/routes.ts";
import { isToken } from "../../storage/token-file.ts";

/** A route's own guard: lets in who sends the token of the administrators' commands. */
export function onlyWithToken(token: string): RouteGuard {
  return asGuard((request, reply, done) => {
    if (!isPrivate(request.raw)) {
      sendRefusal(reply, "not-allowed", "Send the administrators' token over TLS only.");
      return;
    }
    const sent = request.headers.authorization ?? "";
    if (sent.startsWith("Bearer ") && isToken(token, sent.slice("Bearer ".length))) {
      done();
      return;
    }
    sendRefusal(reply, "not-authenticated", "Send the administrators' token of this server.");
  });
}
