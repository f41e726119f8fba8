import { describe, expect, it } from "vitest";
import type { IdentityWay, Queue } from "../../protocol/site.ts";
import { decideIdentity, type Evidence, takesPasswords } from "./decide-identity.ts";

const nothing: Evidence = {
  secure: true,
  tlsOffered: true,
  password: { kind: "none" },
  isServiceAccount: (login) => login === "hall",
  address: { kind: "none" },
  fromTrustedServer: false,
  fromTrustedNetwork: false,
  said: { kind: "named", owner: "said" },
};
const right = (login: string): Evidence["password"] => ({
  kind: "checked",
  verdict: { kind: "right", login },
});
const everything: Evidence = {
  ...nothing,
  password: right("alice"),
  address: { kind: "of", owner: "bob" },
  fromTrustedServer: true,
  fromTrustedNetwork: true,
};

function whose(
  identity: IdentityWay[],
  it: Evidence,
  { unclaimed = false }: { unclaimed?: boolean } = {},
): string {
  const queue: Queue = {
    name: "q",
    info: "",
    kind: "virtual",
    provider: "p",
    devices: [],
    holdHours: 1,
    identity,
    unclaimed,
  };
  const decided = decideIdentity(queue, it, takesPasswords(queue, true));
  switch (decided.kind) {
    case "known":
      return `${decided.owner} by ${decided.way}`;
    case "refused":
      return decided.status;
    case "nobody":
    case "challenge":
    case "upgrade":
      return decided.kind;
  }
}

describe("whose a request is", () => {
  it("is told by the first way of the queue that it satisfies", () => {
    expect(whose(["basic", "address", "server", "name"], everything)).toBe("alice by basic");
    expect(whose(["address", "basic"], everything)).toBe("bob by address");
    expect(whose(["server", "address"], everything)).toBe("said by server");
    expect(whose(["basic", "name"], { ...nothing, fromTrustedNetwork: true })).toBe("said by name");
    expect(whose(["name"], nothing)).toBe("nobody");
  });

  it("is nobody's where a trusted server does not say", () => {
    const silent: Evidence = { ...nothing, fromTrustedServer: true, said: { kind: "nothing" } };
    expect(whose(["server"], { ...silent, secure: false, tlsOffered: false })).toBe("nobody");
  });

  it.each([
    [
      "a wrong password",
      { password: { kind: "checked", verdict: { kind: "wrong" } } },
      "challenge",
    ],
    ["another scheme", { password: { kind: "unusable" } }, "challenge"],
    [
      "too many wrong ones",
      { password: { kind: "checked", verdict: { kind: "slow-down", seconds: 5 } } },
      "server-error-busy",
    ],
    [
      "one that nobody can check",
      { password: { kind: "checked", verdict: { kind: "away" } } },
      "server-error-temporary-error",
    ],
    [
      "one of a person who left",
      { password: { kind: "checked", verdict: { kind: "refused", reason: "disabled" } } },
      "client-error-not-authorized",
    ],
    ["a password in the clear", { secure: false }, "client-error-not-authenticated"],
    ["an address of nobody", { address: { kind: "unknown" } }, "client-error-not-found"],
  ] as const)("is refused for %s, whatever else would do", (_what, shown, answer) => {
    const ways: IdentityWay[] = ["name", "server", "address", "basic"];
    expect(whose(ways, { ...everything, ...shown })).toBe(answer);
  });

  it("is not told by an address where the queue takes none", () => {
    expect(whose(["name"], everything)).toBe("client-error-not-found");
  });

  it("never belongs to a service account itself", () => {
    const hall = { ...nothing, password: right("hall") };
    expect(whose(["basic"], hall)).toBe("challenge");
    expect(whose(["basic", "server"], hall)).toBe("said by server");
  });

  it("is asked for within TLS; without, the client is sent there first", () => {
    expect(whose(["basic"], nothing)).toBe("challenge");
    expect(whose(["basic"], { ...nothing, secure: false })).toBe("upgrade");
    expect(whose(["basic"], { ...nothing, secure: false, tlsOffered: false })).toBe("nobody");
    expect(whose(["basic"], { ...nothing, secure: false }, { unclaimed: true })).toBe("nobody");
  });
});
