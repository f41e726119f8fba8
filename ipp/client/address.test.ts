import { expect, test } from "vitest";
import { parseDeviceUri } from "./address.ts";

test.each([
  ["ipp://10.0.0.7/ipp/print", "10.0.0.7", 631, false, "ipp://10.0.0.7/ipp/print"],
  ["ipps://printer.local/ipp/print", "printer.local", 631, true, "ipps://printer.local/ipp/print"],
  ["ipp://localhost:6310/ipp/print", "localhost", 6310, false, "ipp://localhost:6310/ipp/print"],
  ["http://10.0.0.7:631/ipp/print", "10.0.0.7", 631, false, "ipp://10.0.0.7:631/ipp/print"],
  ["https://10.0.0.7/ipp/print", "10.0.0.7", 443, true, "ipps://10.0.0.7:443/ipp/print"],
  ["ipp://[::1]:6310/ipp/print", "::1", 6310, false, "ipp://[::1]:6310/ipp/print"],
])("%s is a device's address", (text, host, port, tls, printerUri) => {
  expect(parseDeviceUri(text)).toEqual({ host, port, tls, printerUri, path: "/ipp/print" });
});

test.each(["", "printer", "lpd://10.0.0.7/queue", "ipp:///ipp/print"])("%s is not one", (text) => {
  expect(() => parseDeviceUri(text)).toThrow("is not the address of a printer");
});

test("an address with a password is refused without repeating it", () => {
  expect(() => parseDeviceUri("ipp://admin:secret@10.0.0.7/")).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("secret") }),
  );
});
