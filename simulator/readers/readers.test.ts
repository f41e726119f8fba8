import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import { expect, test } from "vitest";
import { tap } from "./dialling-reader.ts";
import { keyboardReports } from "./keyboard-reports.ts";
import { networkReader } from "./network-reader.ts";
import { listenAsReader } from "./over-tcp.ts";

test("a tap is one line on a connection of its own", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const heard = new Promise<string>((resolve) => {
    server.once("connection", (socket) => {
      let text = "";
      socket.on("data", (bytes) => {
        text += bytes.toString();
      });
      socket.once("end", () => resolve(text));
    });
  });
  await tap({ host: "127.0.0.1", port, card: "66CF4DC2", lingerMs: 0 });
  expect(await heard).toBe("66CF4DC2\r");
  server.close();
  await once(server, "close");
  await expect(tap({ host: "127.0.0.1", port, card: "66CF4DC2" })).rejects.toThrow(
    /Nobody takes a badge/,
  );
});

test("a keyboard types a number with the keys of a US layout, Shift for capitals, and Enter is key 40", () => {
  const pressed = keyboardReports("4Dd\n").filter((report) => report.some((byte) => byte !== 0));
  expect(pressed.map((report) => [report[0], report[2]])).toEqual([
    [0, 0x21],
    [2, 0x07],
    [0, 0x07],
    [0, 40],
  ]);
});

test("a network reader prompts, tells its version, and sends badges to whoever dialled", async () => {
  const { port, reader, unplug } = await listenAsReader((send) =>
    networkReader({ send, version: "V 1", ending: "\n" }),
  );
  const host = createConnection(port, "127.0.0.1");
  const lines: string[] = [];
  host.on("data", (bytes) => lines.push(bytes.toString()));
  const next = () => once(host, "data");
  host.write("\r");
  await next();
  host.write("vebx");
  await next();
  reader.hold("946EBD28");
  await next();
  expect(lines.join("")).toBe("> V 1\r946EBD28\n");
  expect(reader.commands()).toEqual(["tell-version", "show-error", "beep"]);
  host.end();
  await once(host, "close");
  await unplug();
});
