import { expect, it } from "vitest";
import { alice, openBooks, uuid } from "../books.fixture.ts";
import { changeMore } from "../people/more-about.ts";
import { jobsOf } from "./jobs-of.ts";
import { takeJobs } from "./take-jobs.ts";

const job = (n: number, owner: string) => ({
  jobId: uuid("c", n),
  revision: n,
  queue: "find-me",
  owner,
  title: owner,
  state: "held" as const,
  submittedAt: `2026-11-21T09:0${n}:00.000Z`,
});
const titles = (db: ReturnType<typeof openBooks>, login: string) =>
  jobsOf(db, login).map(({ job: { title } }) => title);

it("gives a person the jobs under the log-in name and the other name, however they are written", () => {
  const db = openBooks();
  const jobs = [job(1, "alice"), job(2, "SCHOOL\\ALiddell"), job(3, "bob")];
  takeJobs(db, "spool", { after: 0, upTo: 3, jobs, gone: [] }, 0);
  expect(titles(db, "alice")).toEqual(["alice"]);
  changeMore(db, alice.personId, { alias: "aliddell" });
  expect(titles(db, "Alice")).toEqual(["SCHOOL\\ALiddell", "alice"]);
  expect(titles(db, "bob")).toEqual(["bob"]);
});

it("gives nobody the jobs of a person who is really called so", () => {
  const db = openBooks();
  takeJobs(db, "spool", { after: 0, upTo: 1, jobs: [job(1, "bob")], gone: [] }, 0);
  changeMore(db, alice.personId, { alias: "bob" });
  expect(titles(db, "alice")).toEqual([]);
  expect(titles(db, "bob")).toEqual(["bob"]);
});
