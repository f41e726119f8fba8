import type { TerminalView } from "../../protocol/kiosk.ts";
import { easeScenes } from "./ease-scenes.ts";
import { paying } from "./paying-scene.ts";
import { button, chooseFirstTwo, poor, type Scene } from "./scene.ts";
import {
  copier,
  counted,
  document,
  documents,
  ended,
  release,
  session,
  terminal,
  typing,
  upstairs,
  withSession,
} from "./views.ts";

const jammed = { ...copier, state: "blocked" as const, problems: ["paper-jam" as const] };

const longNamed = document("b1", {
  title:
    "Donaudampfschifffahrtsgesellschaftskapitaenswitwenrentenauszahlungsstelle_2026-11-21_final_final_v12.docx",
  counted: counted({
    pages: 1234,
    impressions: 111_060,
    copies: 90,
    colourPages: 1100,
    price: 55_530_000,
  }),
});

/** Every screen that a person can meet, with its variants. */
export const scenes: Scene[] = [
  { name: "idle", view: terminal() },
  {
    name: "idle-help-and-logo-missing",
    view: terminal({
      appearance: {
        name: "Médiathèque intercommunale de la Haute Vallée",
        logo: "/no-such-logo.svg",
        accent: "#f2c14e",
        languages: ["en", "fr"],
        currency: "EUR",
        help: "Help desk: room 012, telephone 4411",
      },
      devices: [copier, upstairs, { ...jammed, id: "third", name: "Basement copier" }],
    }),
  },
  { name: "idle-reader-missing", view: terminal({ reader: "missing" }) },
  { name: "idle-server-unreachable", view: terminal({ server: "unreachable" }) },
  { name: "idle-device-blocked", view: terminal({ devices: [jammed] }) },
  { name: "identifying", view: terminal({ identifying: true }) },
  { name: "refused-unknown-card", view: terminal({ refusal: "unknown-card" }) },
  { name: "refused-disabled", view: terminal({ refusal: "disabled" }) },
  { name: "refused-server", view: terminal({ refusal: "server-unreachable" }) },
  {
    name: "refused-try-again",
    view: terminal({
      refusal: "try-again",
      appearance: { ...terminal().appearance, help: "Help desk: room 012, telephone 4411" },
    }),
  },
  { name: "idle-ways", view: terminal({ signInWays: ["card", "number-pin", "name-password"] }) },
  { name: "idle-no-reader", view: terminal({ reader: "missing", signInWays: ["name-password"] }) },
  { name: "idle-no-cards", view: terminal({ signInWays: ["number-pin", "name-password"] }) },
  { name: "refused-badge-blocked", view: terminal({ refusal: "badge-blocked" }) },
  { name: "refused-changing-card", view: terminal({ refusal: "changing-card" }) },
  {
    name: "idle-reader-missing-number",
    view: terminal({ reader: "missing", signInWays: ["card", "number-pin"] }),
  },
  { name: "refused-no-pin", view: terminal({ refusal: "no-pin" }) },
  { name: "refused-not-allowed", view: terminal({ refusal: "not-allowed" }) },
  { name: "sign-in-pin", view: typing("pin") },
  { name: "sign-in-pin-wrong", view: typing("pin", { problem: "wrong" }) },
  { name: "sign-in-number", view: typing("number") },
  { name: "sign-in-number-wait", view: typing("number", { problem: "slow-down", waitMs: 20_000 }) },
  { name: "sign-in-password", view: typing("password") },
  {
    name: "sign-in-password-locked",
    view: typing("password", { problem: "account-locked" }),
    go: (page) => page.locator(".keys-row:last-child .key").first().click(),
  },
  { name: "sign-in-password-checking", view: typing("password", { checking: true }) },
  { name: "sign-in-link", view: typing("link") },
  { name: "sign-in-link-code", view: typing("link-code", { problem: "wrong" }) },
  { name: "sign-in-link-password", view: typing("link-password", { problem: "cannot-link" }) },
  { name: "documents", view: withSession() },
  { name: "documents-chosen", view: withSession(), go: chooseFirstTwo },
  { name: "documents-payer", view: paying },
  { name: "documents-none", view: withSession({ documents: [] }) },
  {
    name: "documents-all-kinds",
    view: withSession({
      displayName: "Maximiliane von und zu Beispielhausen-Hohenmusterstein",
      documents: [
        analysing(),
        document("c2", { title: "Half of it.pdf", partlyPrinted: { printed: 3, wanted: 4 } }),
        document("c3", {
          title: "Locked.pdf",
          state: "refused",
          refusedBecause: "encrypted",
        }),
        document("c4", { title: "Who knows.pdf", state: "uncertain" }),
        document("c5", { title: "Now.pdf", state: "printing" }),
        longNamed,
      ],
    }),
  },
  { name: "documents-poor-one", view: withSession(poor), go: chooseFirstTwo },
  { name: "documents-poor-all", view: withSession(poor) },
  {
    name: "documents-device-blocked",
    view: withSession({}, { devices: [jammed] }),
    go: chooseFirstTwo,
  },
  {
    name: "documents-two-devices",
    view: withSession({}, { devices: [copier, upstairs] }),
    go: chooseFirstTwo,
  },
  ...easeScenes,
  {
    name: "starting",
    view: withSession(),
    go: (page, t) => button(page, t("printAll")).click(),
  },
  {
    name: "printing-one",
    view: withSession({ releases: [release("a1", { impressions: 5 })] }),
  },
  {
    name: "printing-many",
    view: withSession({
      releases: [
        ended("a1", { kind: "printed", impressions: 12, charged: 5400 }, { impressions: 12 }),
        release("a2", { impressions: 19, wanted: 48 }),
        release("a3", { phase: "preparing", wanted: 0 }),
        release("a4", { phase: "waiting", wanted: 0 }),
      ],
    }),
  },
  {
    name: "printing-jam",
    view: withSession(
      {
        releases: [
          release("a1", { impressions: 5, problem: "paper-jam" }),
          release("a4", { phase: "waiting", wanted: 1 }),
        ],
      },
      { devices: [jammed] },
    ),
  },
  {
    name: "printing-stopping",
    view: withSession({ releases: [release("a1", { impressions: 5 })] }),
    go: (page, t) => button(page, t("printing.stop")).click(),
  },
  {
    name: "outcome-printed",
    view: withSession({
      balance: 179_100,
      releases: [ended("a1", { kind: "printed", impressions: 12, charged: 5400 })],
    }),
  },
  {
    name: "outcome-mixed",
    view: withSession({
      balance: 177_600,
      releases: [
        ended("a1", { kind: "printed", impressions: 12, charged: 5400 }),
        ended("a2", {
          kind: "partly-printed",
          impressions: 10,
          wanted: 48,
          charged: 1500,
          givenBack: 82_500,
          problem: "paper-jam",
        }),
        ended("a3", { kind: "uncertain" }),
        ended("a4", { kind: "not-printed", reason: "stopped" }),
      ],
    }),
  },
  {
    name: "outcome-not-printed",
    view: withSession({
      releases: [ended("a2", { kind: "not-printed", reason: "not-enough-credit" })],
    }),
  },
  {
    name: "outcome-device-cannot",
    view: withSession({
      releases: [
        ended("a2", {
          kind: "not-printed",
          reason: "device-cannot",
          cannot: ["staple", "paper-type"],
        }),
      ],
    }),
  },
  {
    name: "documents-not-here",
    view: withSession(
      {
        documents: documents.map((one, index) =>
          index === 0
            ? { ...one, cannotAt: [{ device: copier.id, cannot: ["two-sided", "staple"] }] }
            : one,
        ),
      },
      {
        devices: [
          { ...copier, greyOnly: true },
          { ...upstairs, state: "busy" },
        ],
      },
    ),
  },
  {
    name: "outcome-uncertain",
    view: withSession({ releases: [ended("a1", { kind: "uncertain" })] }),
  },
  { name: "still-there", view: withSession({ warning: true, logOutInMs: 24_000 }) },
  {
    name: "leaving",
    view: withSession(),
    go: (page, t) => button(page, t("logOut")).click(),
  },
];

function analysing() {
  const { counted: _, ...rest } = document("c1", { title: "Just sent.pdf", state: "analysing" });
  return rest;
}

/** The same scene with the person (or the idle screen) speaking `language`. */
export function inLanguage(view: TerminalView, language: string): TerminalView {
  const languages = [language, ...view.appearance.languages.filter((one) => one !== language)];
  const appearance = { ...view.appearance, languages };
  return view.session === null
    ? { ...view, appearance }
    : { ...view, appearance, session: session({ ...view.session, language }) };
}
