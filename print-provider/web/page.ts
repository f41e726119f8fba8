import type { Sides } from "../../protocol/particulars.ts";
import type { Job } from "../jobs/job.ts";
import { type Html, html } from "./html.ts";
import { fill, type Language, type Words, wordsIn } from "./words.ts";

/** What kept somebody from signing in or sending, as the words name it. */
export type Problem =
  | {
      readonly kind: Exclude<keyof Words["problem"], "title" | "slow-down">;
    }
  | { readonly kind: "slow-down"; readonly seconds: number }
  | { readonly kind: "refused"; readonly because: keyof Words["whyRefused"] };

/** All that the page of a queue shows. */
export interface PageShown {
  readonly language: Language;
  readonly organisation: string;
  readonly queue: { readonly name: string; readonly info: string; readonly kind: string };
  /** Of printers that are added to a computer. */
  readonly address: string;
  readonly problem?: Problem;
  readonly visitor:
    | { readonly kind: "may-sign-in"; readonly name?: string }
    /** What they type could be read on the way. */
    | { readonly kind: "may-not-sign-in" }
    | {
        readonly kind: "signed-in";
        readonly login: string;
        readonly formToken: string;
        readonly sides: readonly Sides[];
        readonly mostMegabytes: number;
        readonly jobs: readonly Job[];
        /** The id of the job that came in just now. */
        readonly done?: string;
      };
  /** Jobs of nobody known that came from the visitor's computer. */
  readonly unclaimed: readonly {
    readonly code: string;
    readonly sentAt: string;
    readonly pages: number | undefined;
  }[];
}

/** The page of a queue, whole. Works without a script. */
export function pageOf(shown: PageShown): string {
  const { language, organisation, queue, problem, visitor } = shown;
  const words = wordsIn[language];
  const other: Language = language === "en" ? "fr" : "en";
  const here = `/printers/${queue.name}`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title} · ${queue.info}</title>
<link rel="stylesheet" href="/web/page.css">
<script type="module" src="/web/page.js"></script>
</head>
<body>
<header>
<p class="site">${organisation}</p>
<a href="${here}?lang=${other}" lang="${other}" hreflang="${other}">${words.switchTo}</a>
${visitor.kind === "signed-in" ? signedIn(shown, words, visitor) : undefined}
</header>
<main>
<h1>${words.title}</h1>
<p class="soft">${queue.info}</p>
${problem === undefined ? undefined : html`<p class="problem" role="alert">${sentenceOf(words, problem)}</p>`}
${visitor.kind === "signed-in" ? desk(shown, words, visitor) : undefined}
${visitor.kind === "may-sign-in" ? signIn(shown, words, visitor.name) : undefined}
${visitor.kind === "may-not-sign-in" ? html`<section><p>${words.plainOnly}</p></section>` : undefined}
${unclaimed(shown, words)}
<section aria-labelledby="address">
<h2 id="address">${words.address.title}</h2>
<p>${words.address.lead}</p>
<p><code>${shown.address}</code></p>
</section>
</main>
</body>
</html>
`.html;
}

type SignedIn = Extract<PageShown["visitor"], { kind: "signed-in" }>;

const actionOf = ({ queue, language }: PageShown, what: string): string =>
  `/web/${queue.name}/${what}?lang=${language}`;

function sentenceOf(words: Words, problem: Problem): string {
  switch (problem.kind) {
    case "refused":
      return `${words.problem.title}. ${words.whyRefused[problem.because]}`;
    case "slow-down":
      return fill(words.problem["slow-down"], { seconds: problem.seconds });
    default:
      return words.problem[problem.kind];
  }
}

function signIn(shown: PageShown, { signIn: text }: Words, name: string | undefined): Html {
  return html`<section aria-labelledby="sign-in">
<h2 id="sign-in">${text.title}</h2>
<p>${text.lead}</p>
<form method="post" action="${actionOf(shown, "sign-in")}">
<div class="field"><label for="name">${text.name}</label>
<input id="name" name="name" value="${name}" required maxlength="128" autocomplete="username" autocapitalize="none" spellcheck="false"></div>
<div class="field"><label for="password">${text.password}</label>
<input id="password" name="password" type="password" required maxlength="512" autocomplete="current-password"></div>
<button class="main">${text.button}</button>
</form>
</section>`;
}

function signedIn(shown: PageShown, { signIn: text }: Words, visitor: SignedIn): Html {
  return html`<span>${fill(text.as, { name: visitor.login })}</span>
<form method="post" action="${actionOf(shown, "sign-out")}">
<input type="hidden" name="form" value="${visitor.formToken}"><button>${text.out}</button>
</form>`;
}

function desk(shown: PageShown, words: Words, visitor: SignedIn): Html {
  const { send, yours } = words;
  const { kind } = shown.queue;
  const where = kind === "virtual" ? send.anywhere : send.there;
  const done = visitor.jobs.find(({ id, state }) => id === visitor.done && state !== "refused");
  const sides = [
    ["one-sided", send.oneSided],
    ["two-sided-long-edge", send.longEdge],
    ["two-sided-short-edge", send.shortEdge],
  ] as const;
  return html`${
    done === undefined
      ? undefined
      : html`<p class="done" role="status">${fill(words.done, { title: done.title })}</p>`
  }
<section>
<form method="post" action="${actionOf(shown, "print")}" enctype="multipart/form-data" data-send
 data-sent="${send.sent}" data-counting="${send.counting}" data-broken="${send.brokenOff}">
<input type="hidden" name="form" value="${visitor.formToken}">
<div class="row">
<div class="field"><label for="copies">${send.copies}</label>
<input id="copies" name="copies" type="number" min="1" max="999" value="1" required></div>
<div class="field"><label for="sides">${send.sides}</label>
<select id="sides" name="sides">${sides
    .filter(([value]) => visitor.sides.includes(value))
    .map(([value, text]) => html`<option value="${value}">${text}</option>`)}</select></div>
<div class="field"><label for="colour">${send.colour}</label>
<select id="colour" name="colour"><option value="auto">${send.asItIs}</option><option value="monochrome">${send.grey}</option></select></div>
</div>
<div class="field"><label for="document">${send.file}</label>
<input id="document" name="document" type="file" required aria-describedby="formats" accept=".pdf,.jpg,.jpeg,application/pdf,image/jpeg,image/pwg-raster,image/urf"></div>
<p id="formats" class="soft">${fill(send.formats, { most: visitor.mostMegabytes })} ${
    kind === "direct" ? send.atOnce : fill(send.lead, { where })
  }</p>
<button class="main">${send.button}</button>
<p role="status"></p>
<progress max="100" value="0" hidden aria-label="${send.sending}"></progress>
</form>
</section>
<section aria-labelledby="yours">
<h2 id="yours">${yours.title}</h2>
${
  visitor.jobs.length === 0
    ? html`<p>${yours.none}</p>`
    : html`<ul>${visitor.jobs.map((job) => row(words, job))}</ul>`
}
</section>`;
}

function row(words: Words, job: Job): Html {
  const { because, state, title } = job;
  const why = state === "refused" ? words.whyRefused[because ?? "analysis-failed"] : "";
  return html`<li><strong>${title}</strong> ${words.yours.state[state]}. ${why}</li>`;
}

function unclaimed({ unclaimed: jobs }: PageShown, { codes }: Words): Html | undefined {
  if (jobs.length === 0) return undefined;
  const pages = (n: number) => fill(n === 1 ? codes.pages.one : codes.pages.other, { n });
  return html`<section aria-labelledby="codes">
<h2 id="codes">${codes.title}</h2>
<p>${codes.lead}</p>
<ul>${jobs.map(
    (job) =>
      html`<li><span class="code">${job.code}</span> <span class="soft">${fill(codes.sentAt, { time: job.sentAt })}${
        job.pages === undefined ? "" : `, ${pages(job.pages)}`
      }</span></li>`,
  )}</ul>
</section>`;
}
