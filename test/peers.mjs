// The real parts that the tests meet: CUPS, its sample printer and ipptool, Chromium, Ghostscript and
// qpdf. On Debian with root they are installed; otherwise the tests that need a missing one are left
// out, and it is said which and why.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { getuid } from "node:process";

const PEERS = [
  {
    program: "/usr/bin/chromium",
    packages: ["chromium", "fonts-dejavu-core"],
    tests: "the kiosk in a real browser",
  },
  {
    program: "/usr/sbin/cupsd",
    packages: ["cups-daemon", "cups", "cups-client"],
    tests: "printing from CUPS",
  },
  { program: "/usr/bin/ipptool", packages: ["cups-ipp-utils"], tests: "ipptool's IPP checks" },
  {
    program: "/usr/sbin/ippeveprinter",
    packages: ["cups-ipp-utils"],
    tests: "releasing to ippeveprinter",
  },
  {
    program: "/usr/sbin/avahi-daemon",
    packages: ["avahi-daemon"],
    tests: "releasing to ippeveprinter",
  },
  { program: "/usr/bin/dbus-daemon", packages: ["dbus"], tests: "releasing to ippeveprinter" },
  { program: "/usr/bin/python3", packages: ["python3"], tests: "XML-RPC from Python" },
  { program: "/usr/bin/gs", packages: ["ghostscript"], tests: "page counts against Ghostscript" },
  {
    program: "/usr/bin/bwrap",
    packages: ["bubblewrap"],
    tests: "PostScript documents, where the tests do not run as root",
  },
  { program: "/usr/bin/qpdf", packages: ["qpdf"], tests: "encrypted and repaired documents" },
  {
    program: "/usr/sbin/slapd",
    packages: ["slapd", "ldap-utils", "openssl"],
    tests: "signing in against OpenLDAP",
  },
  {
    program: "/usr/sbin/samba",
    packages: [
      "samba-ad-dc",
      "samba-ad-provision",
      "samba-dsdb-modules",
      "samba-vfs-modules",
      "winbind",
      "ldb-tools",
      "python3-markdown",
      "python3-dnspython",
    ],
    tests: "signing in against Samba's Active Directory",
  },
  { program: "/usr/sbin/pcscd", packages: ["pcscd"], tests: "contactless readers behind PC/SC" },
  {
    program: "/usr/lib/pcsc/drivers/serial/libifdvpcd.so",
    packages: ["vsmartcard-vpcd"],
    tests: "contactless readers behind PC/SC",
  },
  {
    program: "/usr/bin/qemu-system-x86_64",
    packages: ["qemu-system-x86", "busybox-static"],
    tests: "card readers at a kernel's own USB",
  },
  {
    program: "/usr/sbin/ip",
    alternative: "/sbin/ip",
    packages: ["iproute2"],
    tests: "network namespaces",
  },
];

/** Installs missing peers where that is possible, and says what is left out where it is not. */
export function installPeers() {
  const missing = PEERS.filter((peer) => !isThere(peer));
  if (missing.length === 0) return;
  if (existsSync("/etc/debian_version") && getuid?.() === 0) {
    const packages = [...new Set(missing.flatMap((peer) => peer.packages))];
    console.log(`Installing the tests' peers: ${packages.join(" ")} …`);
    const options = {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    };
    spawnSync("apt-get", ["update", "-q"], options);
    spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], options);
  }
  for (const peer of PEERS.filter((it) => !isThere(it)))
    console.log(
      `Left out: ${peer.tests}, since ${peer.program} is not there (Debian: apt-get install ${peer.packages.join(" ")}).`,
    );
}

function isThere(peer) {
  return (
    existsSync(peer.program) || (peer.alternative !== undefined && existsSync(peer.alternative))
  );
}
