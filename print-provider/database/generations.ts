import type { Database } from "../../storage/open-database.ts";
import { prepared } from "./prepared.ts";

const newest = prepared<{ subject: string }, { newest: number }>(
  "SELECT newest FROM generation WHERE subject = :subject",
);
const remember = prepared<{ subject: string; generation: number }>(
  `INSERT INTO generation (subject, newest) VALUES (:subject, :generation)
   ON CONFLICT (subject) DO UPDATE SET newest = max(newest, excluded.newest)`,
);

/** The newest enrolment seen of each bridge, kept so that an older credential is refused for ever. */
export function generationsIn(db: Database): {
  newest: (subject: string) => number;
  remember: (subject: string, generation: number) => void;
} {
  return {
    newest: (subject) => newest(db).get({ subject })?.newest ?? 0,
    remember: (subject, generation) => {
      remember(db).run({ subject, generation });
    },
  };
}
