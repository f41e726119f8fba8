import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { waitBeforeTry } from "./backoff.ts";
import { dialEarly } from "./dial-early.ts";
import { socketAddress } from "./early-socket.ts";
import { newId } from "./new-id.ts";

it("the socket is found beside the page, with TLS where the page has it", () => {
  const at = (href: string) => socketAddress(new URL(href));
  expect(at("http://127.0.0.1:9193/t/lobby")).toBe("ws://127.0.0.1:9193/t/lobby/socket");
  expect(at("https://print.example/t/lobby/?x#y")).toBe("wss://print.example/t/lobby/socket");
  expect(at("http://127.0.0.1:9193/")).toBe("ws://127.0.0.1:9193/socket");
});

it("the page's first script dials where the link would, says hello, and keeps what it hears", () => {
  const sockets: { address: string; onmessage?: (event: { data: string }) => void }[] = [];
  function WebSocket(this: (typeof sockets)[number], address: string) {
    this.address = address;
    sockets.push(this);
  }
  const location = new URL("https://print.example/t/lobby/?x#y");
  const window: { WebSocket: unknown; guichetDialled?: { heard: unknown[] } } = { WebSocket };
  runInNewContext(dialEarly, { window, location, WebSocket });
  expect(sockets.map(({ address }) => address)).toEqual([`${socketAddress(location)}?hello=1`]);
  sockets[0]?.onmessage?.({ data: "a view" });
  expect(window.guichetDialled?.heard).toEqual(["a view"]);
  // Where it comes behind the link, or cannot dial, it leaves everything to that.
  const late = { WebSocket, guichetDialled: undefined };
  runInNewContext(dialEarly, { window: late, location, WebSocket });
  expect(sockets).toHaveLength(1);
  expect(() => runInNewContext(dialEarly, { window: {}, location })).not.toThrow();
});

it("the pauses between two tries grow, stay below their limit and differ between screens", () => {
  const wait = (failures: number, random: number) =>
    waitBeforeTry({ failures, first: 400, most: 10_000, random });
  expect([0, 1, 2, 3, 4, 5, 900].map((n) => wait(n, 1))).toEqual([
    400, 800, 1600, 3200, 6400, 10_000, 10_000,
  ]);
  expect(wait(5, 0)).toBe(5000);
});

it("ids are UUIDs of version 4, each another", () => {
  const ids = Array.from({ length: 100 }, newId);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(100);
});
