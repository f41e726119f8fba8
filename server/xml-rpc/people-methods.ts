import { Compile } from "typebox/compile";
import { PersonInput } from "../../protocol/admin.ts";
import { sweepDeleted } from "../../storage/open-database.ts";
import { badgeHolder } from "../people/badges.ts";
import { cardFinder } from "../people/card-keys.ts";
import { changePerson, removePerson } from "../people/change-person.ts";
import { makePerson } from "../people/make-person.ts";
import {
  countPeople,
  findPerson,
  findPersonByEmail,
  findPersonByLogin,
  listLogins,
} from "../people/person.ts";
import { type Method, type MethodContext, offUntil, partOf, personNamed } from "./method.ts";
import { propertyNamed, readProperty, writeProperty } from "./properties.ts";
import {
  RpcFault,
  type RpcReply,
  rpcBoolean,
  rpcDone,
  rpcInt,
  rpcString,
  rpcStrings,
} from "./value.ts";

const form = Compile(PersonInput);

async function make(
  { db, cards, now }: MethodContext,
  input: PersonInput,
  password?: string,
): Promise<RpcReply> {
  if (!form.Check(input)) {
    const [first] = form.Errors(input);
    throw new RpcFault(`The user cannot be added: ${first?.instancePath} ${first?.message}.`);
  }
  const made = await makePerson(
    db,
    { input, keys: cards, ...(password === undefined ? {} : { password }) },
    now(),
  );
  if (made.kind === "conflict") throw new RpcFault(made.sentence);
  return rpcDone;
}

const addUser: Method = (context, args) => make(context, { login: args.text(0, "username") });

const addInternalUser: Method = (context, args) => {
  const optional = (place: number, name: keyof PersonInput): Partial<PersonInput> => {
    const value = args.textOr(place, "");
    return value === "" ? {} : { [name]: value };
  };
  const card = args.textOr(4, "").trim();
  const input: PersonInput = {
    login: args.text(0, "username"),
    ...optional(2, "displayName"),
    ...optional(3, "email"),
    ...(card === "" ? {} : { badges: [card] }),
    ...optional(5, "pin"),
  };
  return make(context, input, args.text(1, "password"));
};

const lookUpByCard: Method = ({ db, cards }, args) => {
  const holder = badgeHolder(db, cardFinder(cards, args.text(0, "cardNo").trim()));
  return rpcString(holder === undefined ? "" : (findPerson(db, holder)?.login ?? ""));
};

const list: Method = ({ db }, args) => rpcStrings(listLogins(db, partOf(args, 0)));

const getProperties: Method = (context, args) => {
  const row = personNamed(context, args);
  return rpcStrings(args.texts(1, "properties").map((name) => readProperty(context, row, name)));
};

const setProperties: Method = async (context, args) => {
  const row = personNamed(context, args);
  const pairs = args.pairs(1, "properties");
  for (const [name] of pairs) propertyNamed(name);
  for (const [name, value] of pairs) await writeProperty(context, row, { name, value });
  return rpcDone;
};

const setProperty: Method = async (context, args) => {
  const row = personNamed(context, args);
  await writeProperty(context, row, {
    name: args.text(1, "property"),
    value: args.text(2, "value"),
  });
  return rpcDone;
};

/** Refuses taps and reservations for so many minutes, or for good with -1. */
const disableFor: Method = (context, args) => {
  const { db } = context;
  const { person_id: personId } = personNamed(context, args);
  const until = offUntil(context, args, 1);
  if (until === null) changePerson(db, personId, { what: "disabled", value: true });
  else changePerson(db, personId, { what: "disabled_until", value: until });
  return rpcDone;
};

/**
 * Names are always taken away with the person, whether the script asks for it (`redact`) or not: what
 * stays are accounts and entries under a number.
 */
const remove: Method = (context, args) => {
  removePerson(context.db, personNamed(context, args).person_id, context.now());
  sweepDeleted(context.db);
  return rpcDone;
};

/** Methods about who people are. */
export const peopleMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    "api.isUserExists",
    ({ db }, args) => rpcBoolean(findPersonByLogin(db, args.text(0, "username")) !== undefined),
  ],
  ["api.addNewUser", addUser],
  ["api.addNewInternalUser", addInternalUser],
  ["api.deleteExistingUser", remove],
  ["api.listUserAccounts", list],
  ["api.getTotalUsers", ({ db }) => rpcInt(countPeople(db))],
  ["api.lookUpUserNameByCardNo", lookUpByCard],
  ["api.lookUpUserNameByIDNo", lookUpByCard],
  [
    "api.lookUpUserNameByEmail",
    ({ db }, args) => rpcString(findPersonByEmail(db, args.text(0, "email"))?.login ?? ""),
  ],
  [
    "api.getUserProperty",
    (context, args) =>
      rpcString(readProperty(context, personNamed(context, args), args.text(1, "property"))),
  ],
  ["api.getUserProperties", getProperties],
  ["api.setUserProperty", setProperty],
  ["api.setUserProperties", setProperties],
  ["api.disablePrintingForUser", disableFor],
]);
