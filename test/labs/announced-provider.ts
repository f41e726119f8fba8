// Started by test/system/announce.test.ts with `unshare -n`: a provider with a queue that is announced
// and one that is not, and what a CUPS client finds of them. Prints that as one line of JSON.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operation } from "../../ipp/operations.ts";
import { groupOf, stringOf, stringsOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import { openCertificate } from "../../link/certificate.ts";
import {
  ask,
  closing,
  siteForTest,
  startProviderForTest,
  startServerForTest,
} from "../../print-provider/provider.fixture.ts";
import { waitFor } from "../system/wait-for.ts";
import { joinLocalNetwork } from "./local-network.ts";

const close = closing();
const folder = mkdtempSync(join(tmpdir(), "guichet-announced-"));
close.add(() => rmSync(folder, { recursive: true, force: true }));
try {
  const network = await joinLocalNetwork();
  close.add(() => network.close());
  const server = await startServerForTest(close);
  const [findMe, direct] = siteForTest.queues;
  if (findMe === undefined || direct === undefined) throw new Error("the site is too small");
  const queues = [{ ...findMe, info: "Find me", announce: true }, direct];
  server.setSite({ ...siteForTest, revision: 2, queues });
  const provider = await startProviderForTest(close, server, {
    host: "0.0.0.0",
    hostName: "Print-Lab.example.org",
    tls: {
      port: 0,
      pair: await openCertificate({ folder, names: ["print-lab.local"], now: Date.now() }),
    },
  });
  const keys = ["{service_name}", "{service_uri}", "{txt_adminurl}", "{txt_UUID}", "{txt_pdl}"];
  const format = [...keys, "{txt_URF}", "{txt_Color}", "{txt_TLS}"].join("|");
  const found = (type: string) =>
    waitFor(
      type,
      async () => {
        const lines = await network.find(type, format);
        return lines.length > 0 && lines;
      },
      30_000,
    );
  const services = {
    universal: await found("_ipp._tcp,_universal"),
    print: await found("_ipp._tcp,_print"),
    secure: await found("_ipps._tcp,_universal"),
  };
  const told = await ask(
    { url: `http://192.0.2.1:${provider.port}` },
    { code: operation.getPrinterAttributes, host: `print-lab-find-me.local:${provider.port}` },
  );
  const printer = groupOf(told, groupTag.printer);
  const names = ["printer-more-info", "printer-uuid", "printer-dns-sd-name"];
  const attributes = Object.fromEntries(names.map((name) => [name, stringOf(printer, name)]));
  const formats = stringsOf(printer, "document-format-supported");
  const ports = { plain: provider.port, tls: provider.tlsPort };
  console.log(JSON.stringify({ ports, services, attributes, formats }));
} finally {
  await close.all();
}
process.exit(0);
