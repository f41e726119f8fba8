import { parseArgs } from "node:util";
import { parseMoney } from "../pricing/money.ts";
import { VouchersReply } from "../protocol/vouchers.ts";
import { adminClient } from "./admin-client.ts";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

const USAGE = "guichet vouchers <how many, 1 to 1000> <amount> [--until <year-month-day>]";

/** `guichet vouchers`: makes vouchers and prints their codes, one a line, for this once. */
export async function vouchers(context: Context, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { until: { type: "string" } },
    allowPositionals: true,
  });
  const [howMany = "", price = ""] = positionals;
  const amount = parseMoney(price);
  if (!/^\d{1,4}$/.test(howMany) || positionals.length !== 2) throw new UserError(USAGE);
  if (amount.kind === "refused") throw new UserError(amount.sentence);
  const admin = adminClient({
    url: context.settings.server.localUrl,
    serverFolder: context.folders.server,
  });
  const { codes } = await admin.post(
    "/api/admin/vouchers",
    {
      count: Number(howMany),
      amount: amount.money,
      ...(values.until === undefined ? {} : { until: endOf(values.until) }),
    },
    VouchersReply,
  );
  console.log(codes.join("\n"));
  return 0;
}

/** The last moment of a day, as this machine's clock has it. */
function endOf(day: string): string {
  const end = new Date(`${day}T23:59:59.999`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(end.getTime()))
    throw new UserError(`"${day}" is no day. Write it like 2027-01-31.`);
  return end.toISOString();
}
