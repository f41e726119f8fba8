import { spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { cpioArchive, folder, program } from "./cpio-archive.ts";
import { modulesInOrder } from "./kernel-modules.ts";

/** What a virtual machine needs to start, or why it cannot be had here. */
export type GuestKernel =
  | {
      readonly kind: "there";
      readonly kernel: string;
      readonly initrd: string;
      /** Where programs that run there may be kept compiled. */
      readonly compiled: string;
    }
  | { readonly kind: "left-out"; readonly why: string };

export const qemu = "/usr/bin/qemu-system-x86_64";
const busybox = "/bin/busybox";

/** What the guest's kernel needs beyond what it has built in; the rest follows from these. */
const wanted = [
  "virtio_pci",
  "9pnet_virtio",
  "9p",
  "configfs",
  "evdev",
  "dummy_hcd",
  "libcomposite",
  "u_serial",
  "usb_f_acm",
  "usb_f_hid",
  "cdc-acm",
  "usbhid",
  "hid-generic",
  "uhid",
];

/**
 * Debian's kernel with the modules for USB devices that exist in software only, kept in a folder of the
 * user's cache. It is fetched from the machine's own Debian mirror at the first time.
 */
export function guestKernel(): GuestKernel {
  const missing = [qemu, busybox].filter((path) => !isProgram(path));
  if (missing.length > 0) return { kind: "left-out", why: `${missing.join(" and ")} is not there` };
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const kept = join(cache, "guichet-usb-guest");
  const kernel = join(kept, "vmlinuz");
  const initrd = join(kept, "initrd.gz");
  const unpacked = join(kept, "unpacked");
  if (!existsSync(kernel)) {
    const refusal = fetchKernel(kept);
    if (refusal !== undefined) return { kind: "left-out", why: refusal };
  }
  writeFileSync(initrd, gzipSync(initialRoot(unpacked), { level: 1 }));
  return { kind: "there", kernel, initrd, compiled: join(kept, "compiled") };
}

/** Fetches and unpacks the kernel. Gives a sentence where that cannot be done. */
function fetchKernel(kept: string): string | undefined {
  const name = newestKernelPackage();
  if (name === undefined) return "no package of a Linux kernel for amd64 is known to apt-get";
  mkdirSync(kept, { recursive: true });
  const scratch = mkdtempSync(join(kept, "fetching-"));
  try {
    run("apt-get", ["download", "-q", name], scratch);
    const [archive] = readdirSync(scratch).filter((file) => file.endsWith(".deb"));
    if (archive === undefined) return `${name} could not be downloaded`;
    if (!run("dpkg-deb", ["-x", archive, "unpacked"], scratch)) return `${name} is damaged`;
    const boot = join(scratch, "unpacked", "boot");
    const [image] = readdirSync(boot).filter((file) => file.startsWith("vmlinuz-"));
    if (image === undefined) return `${name} has no kernel in it`;
    rmSync(join(kept, "unpacked"), { recursive: true, force: true });
    renameSync(join(scratch, "unpacked"), join(kept, "unpacked"));
    // Last, since its being there says that all is.
    writeFileSync(join(kept, "vmlinuz"), readFileSync(join(kept, "unpacked", "boot", image)));
    return undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** `linux-image-amd64` has no content; it depends on the kernel that is newest. */
function newestKernelPackage(): string | undefined {
  const { stdout } = spawnSync("apt-cache", ["depends", "linux-image-amd64"], { encoding: "utf8" });
  return /Depends: (linux-image-\S+)/.exec(stdout ?? "")?.[1];
}

function initialRoot(unpacked: string): Buffer {
  const modules = modulesInOrder(join(unpacked, "lib", "modules"), wanted);
  return cpioArchive([
    ...["bin", "dev", "proc", "sys", "host", "modules"].map(folder),
    program("init", readFileSync(join(import.meta.dirname, "init.sh"))),
    program("bin/busybox", readFileSync(busybox)),
    program("modules/order", Buffer.from(modules.map(({ name }) => `${name}\n`).join(""))),
    ...modules.map(({ name, bytes }) => program(`modules/${name}.ko`, bytes)),
  ]);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(command: string, args: string[], cwd: string): boolean {
  return spawnSync(command, args, { cwd, stdio: "ignore", timeout: 180_000 }).status === 0;
}
