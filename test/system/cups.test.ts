import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../browser.ts";
import { type Cups, startCups, whyNoCupsd } from "../labs/cupsd.ts";
import {
  type SamplePrinter,
  startSamplePrinter,
  whyNoIppeveprinter,
} from "../labs/ippeveprinter.ts";
import { closing } from "./closing.ts";
import { tapBadge, xmlRpc } from "./peers.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

const tryMe = fileURLToPath(new URL("../../docs/try-me.pdf", import.meta.url));
const left = whyNoCupsd() ?? whyNoIppeveprinter();
if (left !== undefined)
  console.log(`Left out: the road from a real CUPS to ippeveprinter, since ${left}.`);

describe.runIf(left === undefined)("from a real CUPS to a printer that we did not write", () => {
  const open = closing();
  let printer: SamplePrinter;
  let cups: Cups;
  let site: TestSite;
  let browser: TestBrowser;

  beforeAll(async () => {
    printer = open.add(await startSamplePrinter());
    site = open.add(
      await startSite({
        devices: { sample: { url: printer.url, name: "Sample printer" } },
        terminals: { lobby: { name: "Lobby", devices: ["sample"] } },
        queues: { "find-me": { kind: "virtual" } },
      }),
    );
    await xmlRpc(site, "api.addNewUser", "alice");
    await xmlRpc(site, "api.setUserProperty", "alice", "primary-card-number", "66CF4DC2");
    await xmlRpc(site, "api.adjustUserAccountBalance", "alice", 10, "first credit");
    cups = open.add(await startCups());
    browser = open.add(await launchBrowser({ width: 1024, height: 600 }));
  });
  afterAll(() => open.all());

  async function releaseAll(expected: number): Promise<Buffer> {
    const page = await browser.context.newPage();
    await page.goto(`http://127.0.0.1:${site.ports.bridge}/t/lobby`);
    await page.getByRole("heading", { name: "Tap your badge" }).waitFor();
    await tapBadge(site.ports.reader, "66CF4DC2");
    const list = page.getByRole("list", { name: "Your documents" });
    await list.getByRole("listitem").first().waitFor();
    expect(await list.getByRole("listitem").count()).toBe(1);
    await page.getByRole("button", { name: "Print all" }).click();
    const document = await waitFor(
      "the document at the printer",
      () =>
        printer.documents().filter((name) => name.endsWith(".prn") || name.endsWith(".pdf"))[
          expected - 1
        ],
    );
    await waitFor(
      "the charge",
      async () => Number(await xmlRpc(site, "api.getUserAccountBalance", "alice")) !== balance,
    );
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByRole("heading", { name: "Tap your badge" }).waitFor();
    await page.close();
    return readFileSync(document);
  }
  let balance = 10;

  test("a raw queue: the printer has the document byte for byte, and the balance fell by the price", async () => {
    await cups.addQueue("raw", `ipp://127.0.0.1:${site.ports.provider}/printers/find-me`, "raw");
    await cups.lp("raw", tryMe, {
      args: ["-o", "document-format=application/pdf", "-o", "print-color-mode=color"],
    });
    const received = await releaseAll(1);
    const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    expect(hash(received)).toBe(hash(readFileSync(tryMe)));
    balance = Number(await xmlRpc(site, "api.getUserAccountBalance", "alice"));
    expect(balance).toBe(9.75);
  });

  test("a driverless queue: lpadmin -m everywhere takes it, and lp prints", async () => {
    await cups.addQueue(
      "find-me",
      `ipp://127.0.0.1:${site.ports.provider}/printers/find-me`,
      "everywhere",
    );
    const before = printer.documents().length;
    await cups.lp("find-me", tryMe);
    const received = await releaseAll(before + 1);
    expect(received.subarray(0, 5).toString()).toBe("%PDF-");
    balance = Number(await xmlRpc(site, "api.getUserAccountBalance", "alice"));
    expect(balance).toBe(9.5);
  });
});
