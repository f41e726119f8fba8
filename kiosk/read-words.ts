import { integer, text } from "./check.ts";

/* The small parts of what a bridge says: see protocol/ids.ts. */

export const uuid = text({
  longest: 36,
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
});
export const slug = text({ longest: 63, pattern: /^[a-z0-9][a-z0-9-]{0,62}$/ });
export const words = text({ longest: 512 });
export const language = text({ longest: 35, pattern: /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/ });
export const count = integer(0, 2_147_483_647);
export const money = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
export const moment = text({ longest: 32, shortest: 20 });
