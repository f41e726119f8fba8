import { type Static, Type } from "typebox";
import { Slug } from "./ids.ts";
import { DeviceProblem, DeviceView } from "./kiosk.ts";

const closed = { additionalProperties: false } as const;

/**
 * POST /api/bridge/device-states: how a bridge's devices are, when it changes and once a minute. For
 * those who watch over the site; nothing is decided by it.
 */
export const DeviceStates = Type.Object(
  {
    devices: Type.Array(
      Type.Object(
        {
          device: Slug,
          state: DeviceView.properties.state,
          problems: Type.Array(DeviceProblem, { maxItems: 8 }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 500 },
    ),
  },
  closed,
);
export type DeviceStates = Static<typeof DeviceStates>;

export const DeviceStatesReply = Type.Object({ taken: Type.Integer() }, closed);
