import { decimalOf } from "../../pricing/money.ts";
import { defaultOverdraft, setDefaultOverdraft } from "../ledger/overdraft.ts";
import { moneyFrom } from "./arguments.ts";
import type { Method, MethodContext } from "./method.ts";
import { RpcFault, rpcBoolean, rpcDone, rpcString } from "./value.ts";

type Value = {
  read: (context: MethodContext) => string;
  write?: (context: MethodContext, value: string) => void;
};

const overdraft = (kind: "person" | "shared"): Value => ({
  read: ({ db }) => decimalOf(defaultOverdraft(db, kind)),
  write({ db }, value) {
    const amount = moneyFrom(value);
    if (amount < 0) throw new RpcFault("An overdraft is not less than nothing.");
    setDefaultOverdraft(db, { kind, overdraft: amount });
  },
});

/** Listed in docs/web-services.md. What is not here is answered as `''`, and cannot be set. */
const values: ReadonlyMap<string, Value> = new Map<string, Value>([
  [
    "auth.webservices.allowed-addresses",
    { read: ({ configured }) => configured.allowedAddresses.join(",") },
  ],
  // Whoever asks has just shown it.
  ["auth.webservices.auth-token", { read: ({ configured }) => configured.token }],
  ["health.api.key", { read: ({ configured }) => configured.healthKey }],
  ["guichet.currency", { read: ({ declared }) => declared.appearance.currency }],
  ["guichet.organisation", { read: ({ declared }) => declared.appearance.name }],
  ["guichet.default-overdraft.users", overdraft("person")],
  ["guichet.default-overdraft.shared-accounts", overdraft("shared")],
]);

const setValue: Method = (context, args) => {
  const name = args.text(0, "configName");
  const value = values.get(name);
  if (value === undefined)
    throw new RpcFault(
      `The configuration value "${name.slice(0, 100)}" is not known to this server.`,
    );
  if (value.write === undefined)
    throw new RpcFault(`"${name}" is set in the configuration file of this server only.`);
  value.write(context, args.text(1, "configValue"));
  return rpcDone;
};

/** Of all methods the one that is also called without the token. */
export const TASK_STATUS = "api.getTaskStatus";

/** Nothing here takes long enough to be asked about later. */
const taskStatus: Method = () => ({
  kind: "struct",
  members: [
    ["completed", rpcBoolean(true)],
    ["message", rpcString("No task is running.")],
  ],
});

/** Methods about the server itself. */
export const systemMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  [TASK_STATUS, taskStatus],
  [
    "api.getConfigValue",
    (context, args) => rpcString(values.get(args.text(0, "configName"))?.read(context) ?? ""),
  ],
  ["api.setConfigValue", setValue],
]);
