import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { decimalOf, parseMoney } from "../pricing/money.ts";
import { PersonShown } from "../protocol/admin.ts";
import { PersonExport } from "../protocol/admin-audit.ts";
import { type AdminClient, adminClient } from "./admin-client.ts";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

const USAGE = `guichet user add <login> [--name <name>] [--email <address>] [--credit <amount>] [--badge <card number>] [--pin <digits>] [--restricted] [--technician]
guichet user show <login>
guichet user credit <login> <amount> [--comment <text>]
guichet user badge <login> <card number>
guichet user export <login>`;

/** `guichet user …`: what a person at the help desk does with people, over the server's own API. */
export async function user(context: Context, args: string[]): Promise<number> {
  const admin = adminClient({
    url: context.settings.server.localUrl,
    serverFolder: context.folders.server,
  });
  const [action, login, ...rest] = args;
  if (login === undefined) throw new UserError(USAGE);
  const path = `/api/admin/people/${encodeURIComponent(login)}`;
  switch (action) {
    case "add":
      return show(context, await add(admin, login, rest));
    case "show":
      return show(context, await admin.get(path, PersonShown));
    case "credit":
      return show(context, await credit(admin, path, rest));
    case "badge": {
      const [cardNumber] = rest;
      if (cardNumber === undefined) throw new UserError(USAGE);
      return show(context, await admin.post(`${path}/badges`, { cardNumber }, PersonShown));
    }
    case "export":
      console.log(JSON.stringify(await admin.get(`${path}/export`, PersonExport), null, 2));
      return 0;
    default:
      throw new UserError(USAGE);
  }
}

function add(admin: AdminClient, login: string, args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: "string" },
      email: { type: "string" },
      credit: { type: "string" },
      badge: { type: "string", multiple: true },
      pin: { type: "string" },
      restricted: { type: "boolean" },
      technician: { type: "boolean" },
    },
  });
  return admin.post(
    "/api/admin/people",
    {
      login,
      ...(values.name === undefined ? {} : { displayName: values.name }),
      ...(values.email === undefined ? {} : { email: values.email }),
      ...(values.credit === undefined ? {} : { credit: amountOf(values.credit) }),
      ...(values.badge === undefined ? {} : { badges: values.badge }),
      ...(values.pin === undefined ? {} : { pin: values.pin }),
      ...(values.restricted ? { restricted: true } : {}),
      ...(values.technician ? { role: "technician" } : {}),
    },
    PersonShown,
  );
}

function credit(admin: AdminClient, path: string, args: string[]) {
  const [amount, ...rest] = args;
  const { values } = parseArgs({ args: rest, options: { comment: { type: "string" } } });
  if (amount === undefined) throw new UserError(USAGE);
  return admin.post(
    `${path}/credit`,
    {
      id: randomUUID(),
      amount: amountOf(amount),
      comment: values.comment ?? "credited by command",
    },
    PersonShown,
  );
}

function amountOf(text: string): number {
  const parsed = parseMoney(text);
  if (parsed.kind === "refused") throw new UserError(parsed.sentence);
  return parsed.money;
}

function show(context: Context, person: PersonShown): number {
  const { currency } = context.settings.site.appearance;
  console.log(
    [
      `${person.login}  ${person.displayName}${person.disabled ? "  (disabled)" : ""}`,
      `  role      ${person.role}${person.restricted ? ", restricted to the balance" : ""}`,
      `  balance   ${decimalOf(person.balance)} ${currency}${person.reserved > 0 ? ` (${decimalOf(person.reserved)} reserved)` : ""}`,
      `  badges    ${person.badges.join(", ") || "none"}`,
    ].join("\n"),
  );
  return 0;
}
