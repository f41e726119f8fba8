import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { decimalOf, parseMoney } from "../pricing/money.ts";
import { LinkCodeReply, PersonShown } from "../protocol/admin.ts";
import { PersonExport } from "../protocol/admin-audit.ts";
import { PreferencesReply } from "../protocol/preferences.ts";
import { type AdminClient, adminClient } from "./admin-client.ts";
import { askSecret } from "./ask-secret.ts";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";
import { ADDRESS_USAGE, userAddress } from "./user-address.ts";
import { BADGE_USAGE, describeBadges, userBadge } from "./user-badge.ts";
import { IMPORT_USAGE, userImport } from "./user-import.ts";

const USAGE = `guichet user add <login> [--name <name>] [--email <address>] [--number <digits>] [--credit <amount>] [--badge <card number>] [--pin] [--restricted] [--technician]
guichet user show <login>
guichet user change <login> [--name <name>] [--email <address>] [--number <digits>] [--disabled yes|no] [--restricted yes|no] [--see-card-numbers yes|no]
guichet user credit <login> <amount> [--comment <text>]
guichet user pin|password <login> [--clear]      (asked for, or read from standard input)
guichet user link-code <login>
guichet user prefer <login> [--language en|fr] [--time 1|3|10] [--contrast yes|no]
guichet user export <login>
${ADDRESS_USAGE}
${BADGE_USAGE}
${IMPORT_USAGE}`;

/** `guichet user …`: what a person at the help desk does with people, over the server's own API. */
export async function user(context: Context, args: string[]): Promise<number> {
  const admin = adminClient({
    url: context.settings.server.localUrl,
    serverFolder: context.folders.server,
  });
  const [action, login, ...rest] = args;
  if (action === "import") return await userImport(admin, args.slice(1));
  if (login === undefined) throw new UserError(USAGE);
  const path = `/api/admin/people/${encodeURIComponent(login)}`;
  switch (action) {
    case "add":
      return show(context, await add(admin, login, rest));
    case "show":
      return show(context, await admin.get(path, PersonShown));
    case "change":
      return show(context, await change(admin, path, rest));
    case "credit":
      return show(context, await credit(admin, path, rest));
    case "pin":
    case "password":
      return show(context, await secret(admin, path, { what: action, args: rest }));
    case "link-code": {
      const { code, minutes } = await admin.post(`${path}/link-code`, undefined, LinkCodeReply);
      console.log(
        `${code.replace(/^(.{4})/, "$1 ")}\nGood once, for ${minutes} minutes: tap the new badge and type it.`,
      );
      return 0;
    }
    case "prefer":
      await prefer(admin, path, rest);
      return 0;
    case "export":
      console.log(JSON.stringify(await admin.get(`${path}/export`, PersonExport), null, 2));
      return 0;
    case "badge":
      console.log(describeBadges(await userBadge(admin, path, rest)));
      return 0;
    case "address":
      console.log(await userAddress(admin, path, rest));
      return 0;
    default:
      throw new UserError(USAGE);
  }
}

async function secret(
  admin: AdminClient,
  path: string,
  asked: { what: "pin" | "password"; args: string[] },
): Promise<PersonShown> {
  const { what, args } = asked;
  const { values } = parseArgs({ args, options: { clear: { type: "boolean" } } });
  const given = values.clear === true ? null : await askSecret(what === "pin" ? "PIN" : "Password");
  if (what === "pin" && given !== null && !/^[0-9]{4,16}$/.test(given))
    throw new UserError("A PIN is 4 to 16 digits.");
  if (what === "password" && given !== null && given.length < 8)
    throw new UserError("A password has 8 characters at least.");
  return await admin.post(`${path}/secrets`, { [what]: given }, PersonShown);
}

async function change(admin: AdminClient, path: string, args: string[]): Promise<PersonShown> {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: "string" },
      email: { type: "string" },
      number: { type: "string" },
      disabled: { type: "string" },
      restricted: { type: "string" },
      "see-card-numbers": { type: "string" },
    },
  });
  const { name, email, number, disabled, restricted } = values;
  const sees = values["see-card-numbers"];
  // A right is given by a call of its own, so that the audit names it.
  if (sees !== undefined)
    await admin.post(`${path}/rights`, { seeCardNumbers: yesOrNo(sees) }, PersonShown);
  return await admin.post(
    path,
    {
      ...(name === undefined ? {} : { displayName: name }),
      ...(email === undefined ? {} : { email }),
      ...(number === undefined ? {} : { number }),
      ...(disabled === undefined ? {} : { disabled: yesOrNo(disabled) }),
      ...(restricted === undefined ? {} : { restricted: yesOrNo(restricted) }),
    },
    PersonShown,
  );
}

/** How screens are for this person: language, how many times longer than usual, strong contrast. */
async function prefer(admin: AdminClient, path: string, args: string[]): Promise<void> {
  const { language, time, contrast } = parseArgs({
    args,
    options: {
      language: { type: "string" },
      time: { type: "string" },
      contrast: { type: "string" },
    },
  }).values;
  if (time !== undefined && !["1", "3", "10"].includes(time))
    throw new UserError("The time is 1, 3 or 10 times the usual.");
  await admin.post(
    `${path}/preferences`,
    {
      ...(language === undefined ? {} : { language }),
      ...(time === undefined ? {} : { time: Number(time) }),
      ...(contrast === undefined ? {} : { contrast: yesOrNo(contrast) }),
    },
    PreferencesReply,
  );
  console.log("Kept: it holds from the next tap on, at every screen.");
}

function yesOrNo(text: string): boolean {
  if (text !== "yes" && text !== "no") throw new UserError(`"${text}" is neither yes nor no.`);
  return text === "yes";
}

async function add(admin: AdminClient, login: string, args: string[]): Promise<PersonShown> {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: "string" },
      email: { type: "string" },
      credit: { type: "string" },
      badge: { type: "string", multiple: true },
      number: { type: "string" },
      pin: { type: "boolean" },
      restricted: { type: "boolean" },
      technician: { type: "boolean" },
    },
  });
  const pin = values.pin === true ? await askSecret("PIN") : undefined;
  return await admin.post(
    "/api/admin/people",
    {
      login,
      ...(values.number === undefined ? {} : { number: values.number }),
      ...(values.name === undefined ? {} : { displayName: values.name }),
      ...(values.email === undefined ? {} : { email: values.email }),
      ...(values.credit === undefined ? {} : { credit: amountOf(values.credit) }),
      ...(values.badge === undefined ? {} : { badges: values.badge }),
      ...(pin === undefined ? {} : { pin }),
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
      ...(person.number === undefined ? [] : [`  number    ${person.number}`]),
      `  secrets   ${[person.hasPin ? "PIN" : "", person.hasPassword ? "password" : ""].filter((one) => one !== "").join(", ") || "none"}`,
      ...(person.seesCardNumbers === true ? ["  may see   whole card numbers"] : []),
      `  badges    ${person.badges.join(", ") || "none"}`,
    ].join("\n"),
  );
  return 0;
}
