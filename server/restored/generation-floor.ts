import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

const statements = perDatabase((db) => ({
  read: statement<NoParameters, { generation: number }>(
    db,
    "SELECT generation FROM generation_floor",
  ),
}));

/** New enrolments are of a later generation than this: 0 but on a server that was put back. */
export function generationFloor(db: Database): number {
  return statements(db).read.get({})?.generation ?? 0;
}
