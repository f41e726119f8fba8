import { Type } from "typebox";

/** Who may use XML-RPC, and there has the token, too. */
export const WebServicesInput = Type.Object(
  {
    allowedAddresses: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        maxItems: 256,
        description:
          "Addresses and networks, such as 192.0.2.7 or 10.1.0.0/16, beside this machine.",
      }),
    ),
  },
  { additionalProperties: false },
);
