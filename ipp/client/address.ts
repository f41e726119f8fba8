/** Where a device listens, and the URI by which it knows itself. */
export interface DeviceAddress {
  /** What goes into `printer-uri`: always ipp or ipps, RFC 8011 §4.1.5. */
  readonly printerUri: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly tls: boolean;
}

const schemes = new Map([
  ["ipp:", { ipp: "ipp:", port: 631, tls: false }],
  ["ipps:", { ipp: "ipps:", port: 631, tls: true }],
  ["http:", { ipp: "ipp:", port: 80, tls: false }],
  ["https:", { ipp: "ipps:", port: 443, tls: true }],
]);

/**
 * Reads the URI of a device, e.g. `ipp://printer.local/ipp/print` or `https://10.0.0.7:631/ipp/print`.
 * ipp and ipps mean port 631 unless they say another: RFC 3510 §4.2, RFC 7472 §4.2.
 * Throws TypeError with a sentence for the person who wrote it.
 */
export function parseDeviceUri(text: string): DeviceAddress {
  const url = URL.parse(text);
  const scheme = url === null ? undefined : schemes.get(url.protocol);
  if (url === null || scheme === undefined || url.hostname === "") {
    throw new TypeError(`${text} is not the address of a printer, e.g. ipp://10.0.0.7/ipp/print.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError("The address of a printer must not have a user name or password in it.");
  }
  const port = url.port === "" ? scheme.port : Number(url.port);
  const path = `${url.pathname === "" ? "/" : url.pathname}${url.search}`;
  const ipp = text.startsWith(scheme.ipp);
  return {
    printerUri: ipp ? text : `${scheme.ipp}//${url.hostname}:${port}${path}`,
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port,
    path,
    tls: scheme.tls,
  };
}
