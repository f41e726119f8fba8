import type { Page } from "playwright-core";
import { missingJobs } from "./missing-scene.ts";
import { button, chooseFirstTwo, poor, type Scene } from "./scene.ts";
import { copier, documents, terminal, upstairs, withSession } from "./views.ts";

const openSettings = (page: Page, t: (english: string) => string, row: number) => {
  const name = t("settings.open").replace("{title}", documents[row]?.title ?? "");
  return page.getByRole("button", { name, exact: true }).click();
};

const openCode = async (page: Page, t: (english: string) => string) => {
  await button(page, t("haveCode")).click();
  await page.getByRole("textbox").waitFor();
};

/** What a person can set, take back, look for and make easier. */
export const easeScenes: Scene[] = [
  { name: "documents-deleted", view: withSession({ deletion: { count: 2, undoInMs: 8_000 } }) },
  {
    name: "documents-not-deleted",
    view: withSession({ notDeleted: 1, deletion: { count: 1, undoInMs: 8_000 } }),
  },
  { name: "documents-masked", view: withSession({}, { maskNames: true }) },
  { name: "documents-contrast", view: withSession({ contrast: true }), go: chooseFirstTwo },
  { name: "idle-contrast", view: terminal(), go: (page, t) => button(page, t("contrast")).click() },
  { name: "settings", view: withSession(), go: (page, t) => openSettings(page, t, 2) },
  {
    name: "settings-changed",
    view: withSession(poor),
    go: async (page, t) => {
      await openSettings(page, t, 2);
      await button(page, t("settings.more")).click();
      await page.getByRole("radio", { name: t("grey"), exact: true }).check();
    },
  },
  {
    name: "settings-none",
    view: withSession({}, { devices: [copier, { ...upstairs, settable: ["copies"] }] }),
    go: (page, t) => openSettings(page, t, 3),
  },
  {
    name: "wishes",
    view: withSession({ time: 3 }),
    go: (page, t) => button(page, t("wishes.title")).click(),
  },
  {
    name: "documents-code",
    view: withSession({ code: { state: "none", waitMs: 0 } }),
    go: (page, t) => button(page, t("haveCode")).scrollIntoViewIfNeeded(),
  },
  {
    name: "documents-none-code",
    view: withSession({ documents: [], code: { state: "none", waitMs: 0 } }),
  },
  {
    name: "code",
    view: withSession({ code: { state: "none", waitMs: 0 } }),
    go: async (page, t) => {
      await button(page, t("haveCode")).click();
      await page.getByRole("textbox").fill("482177");
    },
  },
  {
    name: "code-wrong",
    view: withSession({ code: { state: "wrong", waitMs: 0 } }),
    go: (page, t) => openCode(page, t),
  },
  {
    name: "code-wait",
    view: withSession({ contrast: true, code: { state: "slow-down", waitMs: 40_000 } }),
    go: (page, t) => openCode(page, t),
  },
  {
    name: "missing-asking",
    view: withSession({ documents: [] }),
    go: (page, t) => button(page, t("missing.title")).click(),
  },
  {
    name: "missing",
    view: withSession({ missing: { state: "known", login: "alice", jobs: missingJobs } }),
    go: (page, t) => button(page, t("missing.title")).click(),
  },
  {
    name: "missing-contrast",
    view: withSession({
      contrast: true,
      missing: { state: "partly", login: "alice", jobs: missingJobs.slice(0, 1) },
    }),
    go: (page, t) => button(page, t("missing.title")).click(),
  },
];
