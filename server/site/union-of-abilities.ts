import type { DeviceAbilities } from "../../protocol/handling.ts";

type ListName = {
  [K in keyof DeviceAbilities]-?: NonNullable<DeviceAbilities[K]> extends readonly unknown[]
    ? K
    : never;
}[keyof DeviceAbilities];

/** The most values that each list may have in a message, by `DeviceAbilities`. */
const most: Readonly<Record<ListName, number>> = {
  finishings: 128,
  media: 256,
  mediaReady: 64,
  mediaSources: 64,
  mediaTypes: 128,
  outputBins: 64,
  printQualities: 8,
  orientations: 8,
  printScalings: 8,
  jobSheets: 16,
  sides: 8,
  formats: 64,
  numberUps: 32,
};

/**
 * What any of several devices can do: a job of a find-me queue may go to each of them. The defaults
 * are the first device's that has one.
 */
export function unionOfAbilities(devices: readonly DeviceAbilities[]): DeviceAbilities {
  const [only] = devices;
  if (only !== undefined && devices.length === 1) return only;
  const lists = Object.fromEntries(
    (Object.keys(most) as ListName[]).flatMap((name) => {
      const told = devices.flatMap((device) => (device[name] === undefined ? [] : [device[name]]));
      const all = [...new Set(told.flat())].slice(0, most[name]);
      return told.length === 0 ? [] : [[name, all]];
    }),
  );
  const mediaDefault = firstOf(devices, "mediaDefault");
  const outputBinDefault = firstOf(devices, "outputBinDefault");
  return {
    ...lists,
    ...(mediaDefault === undefined ? {} : { mediaDefault }),
    ...(outputBinDefault === undefined ? {} : { outputBinDefault }),
    ...anyOf(devices, "colour"),
    ...anyOf(devices, "grey"),
    ...anyOf(devices, "pageRanges"),
  };
}

function firstOf(
  devices: readonly DeviceAbilities[],
  name: "mediaDefault" | "outputBinDefault",
): string | undefined {
  return devices.find((device) => device[name] !== undefined)?.[name];
}

/** Whether any of those that tell can do it. */
function anyOf(
  devices: readonly DeviceAbilities[],
  name: "colour" | "grey" | "pageRanges",
): DeviceAbilities {
  const told = devices.flatMap((device) => (device[name] === undefined ? [] : [device[name]]));
  return told.length === 0 ? {} : { [name]: told.includes(true) };
}
