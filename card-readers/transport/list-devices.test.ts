import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listHid } from "./list-hid.ts";
import { listInputDevices } from "./list-input-devices.ts";

let sys = "";
beforeEach(() => {
  sys = mkdtempSync(join(tmpdir(), "guichet-sys-"));
});
afterEach(() => rmSync(sys, { recursive: true }));

function put(path: string, files: Record<string, string>): string {
  const folder = join(sys, path);
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A device in a socket, with an interface under it; gives the folder of a part of the interface. */
function plugIn(socket: string, part: string, files: Record<string, string>): string {
  put(`devices/usb1/${socket}`, {
    idVendor: "0c27\n",
    idProduct: "3bfa\n",
    devnum: "7\n",
    manufacturer: "RFIDeas\n",
    product: "USB Keyboard\n",
  });
  return put(`devices/usb1/${socket}/${socket}:1.0/${part}`, files);
}

function link(kind: string, name: string, device: string): void {
  const folder = put(`class/${kind}/${name}`, {});
  symlinkSync(device, join(folder, "device"));
}

const usb = {
  socket: "1-1.2",
  vendorId: 0x0c27,
  productId: 0x3bfa,
  manufacturer: "RFIDeas",
  product: "USB Keyboard",
  deviceNumber: 7,
};

test("an HID device is told with the socket of USB that it is in", async () => {
  const device = plugIn("1-1.2", "0003:0C27:3BFA.0001", {
    uevent: "DRIVER=hid-generic\nHID_ID=0003:00000C27:00003BFA\nHID_NAME=RFIDeas USB Keyboard\n",
  });
  link("hidraw", "hidraw3", device);
  expect(await listHid({ sys })).toEqual([{ transport: "hid", address: "/dev/hidraw3", usb }]);
});

test("one without a socket is told by what it says of itself", async () => {
  const device = put("devices/virtual/0003:0C27:3BFA.0002", {
    uevent:
      "HID_ID=0003:00000C27:00003BFA\nHID_NAME=Simulated\nHID_PHYS=usb-simulated-1/input0\nHID_UNIQ=\n",
  });
  link("hidraw", "hidraw0", device);
  expect(await listHid({ sys })).toEqual([
    {
      transport: "hid",
      address: "/dev/hidraw0",
      usb: {
        socket: "usb-simulated-1",
        vendorId: 0x0c27,
        productId: 0x3bfa,
        product: "Simulated",
        deviceNumber: 2,
      },
    },
  ]);
});

test("of the input devices only those are told that type digits", async () => {
  const keyboard = plugIn("1-1.2", "0003:0C27:3BFA.0001/input/input5", {
    "capabilities/key": "1000000000007 ff800000000007ff febeffdff3cfffff fffffffffffffffe\n",
  });
  const button = plugIn("1-4", "0003:0000:0000.0002/input/input6", {
    "capabilities/key": "10000000000000 0\n",
  });
  link("input", "event5", keyboard);
  link("input", "event6", button);
  link("input", "mouse0", button);
  expect(await listInputDevices({ sys })).toEqual([
    { transport: "input-device", address: "/dev/input/event5", usb },
  ]);
});

test("where nothing is, nothing is found", async () => {
  expect(await listHid({ sys })).toEqual([]);
  expect(await listInputDevices({ sys })).toEqual([]);
});
