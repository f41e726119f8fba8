import type { PersonInput } from "../protocol/admin.ts";

/**
 * The people to try a simulated site with. They are made once, on an empty database, and only where
 * the devices are simulated: a real site starts with nobody in it.
 */
export const firstPeople: PersonInput[] = [
  { login: "alice", displayName: "Alice", badges: ["66CF4DC2"], credit: 100_000 },
  { login: "bob", displayName: "Bob", badges: ["946EBD28"], credit: 1_000, restricted: true },
  { login: "tina", displayName: "Tina", badges: ["02EC0C86"], role: "technician" },
];
