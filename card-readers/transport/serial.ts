import { wireOfStream } from "./stream-wire.ts";
import { troubleOf } from "./trouble.ts";
import type { ByteWire } from "./wire.ts";

/**
 * How often it is asked whether the port still has a line. The library misses the end of one that came
 * right behind its last bytes: reading then gives nothing, for ever.
 */
const aliveMs = 500;
/** A line whose port does not let go is left to itself after this. */
const closeMs = 1_000;

/**
 * Opens a serial port, 8 data bits, no parity, one stop bit, for this program alone. Throws
 * ReaderTrouble. The library is loaded here, so that a machine without it has all other readers.
 */
export async function openSerial(options: {
  readonly path: string;
  /** In baud. Of no meaning on a USB socket that only acts as a serial line. */
  readonly speed: number;
}): Promise<ByteWire> {
  const { path, speed } = options;
  const { SerialPort } = await import("serialport").catch((error: unknown) => {
    throw troubleOf(error, path);
  });
  const port = new SerialPort({
    path,
    baudRate: speed,
    autoOpen: false,
    lock: true,
    // On Windows some readers start anew when the line drops.
    hupcl: process.platform !== "win32",
  });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(troubleOf(error, path)) : resolve()));
  });
  let asking = false;
  /** Something was sent since something came: it may still be on its way out. */
  let unanswered = false;
  const alive = setInterval(() => {
    // A reader that hangs takes no bytes, and the system would wait with us until it does, in one of the
    // few threads for files; whoever waits for its answer finds out, too.
    if (asking || unanswered || !port.isOpen) return;
    asking = true;
    // Waits for nothing, as nothing is on its way out; a line that hung up refuses it.
    port.drain((error) => {
      asking = false;
      if (error && port.isOpen) port.close(undefined, error);
    });
  }, aliveMs);
  alive.unref();
  port.once("close", () => clearInterval(alive));
  const wire = wireOfStream({
    stream: port,
    address: path,
    discard: () => new Promise((resolve) => port.flush(() => resolve())),
    end: () =>
      new Promise((resolve) => {
        if (!port.isOpen) {
          resolve();
          return;
        }
        const late = setTimeout(resolve, closeMs);
        port.close(() => {
          clearTimeout(late);
          resolve();
        });
      }),
  });
  return {
    ...wire,
    listen({ onBytes, onClose }) {
      wire.listen({
        onBytes(bytes) {
          unanswered = false;
          onBytes(bytes);
        },
        onClose,
      });
    },
    write(bytes) {
      unanswered = true;
      wire.write(bytes);
    },
  };
}
