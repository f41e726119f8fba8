import { SCREEN_CODE_DIGITS } from "../../protocol/screen-code.ts";

/** What the page says below the keys. */
export type PairingNotice = "none" | "wrong" | "wait" | "another-origin";

const words = {
  en: {
    heading: "This screen is not paired yet",
    how: "On the server, type",
    andThen: "and enter its ten digits here. The code is good once, for fifteen minutes.",
    code: "Digits so far",
    remove: "Correct",
    notices: {
      none: "",
      wrong: "This code is not known, too old, or was used. Ask for a new one.",
      wait: "Too many wrong codes. Wait a minute, then try again.",
      "another-origin": "Open this page by the bridge's own address, and try again.",
    },
  },
  fr: {
    heading: "Cet écran n’est pas encore associé",
    how: "Sur le serveur, saisissez",
    andThen:
      "puis entrez ici ses dix chiffres. Le code sert une seule fois, pendant quinze minutes.",
    code: "Chiffres saisis",
    remove: "Corriger",
    notices: {
      none: "",
      wrong: "Ce code est inconnu, trop ancien ou déjà utilisé. Demandez-en un nouveau.",
      wait: "Trop de codes erronés. Attendez une minute, puis réessayez.",
      "another-origin": "Ouvrez cette page à l’adresse même de la passerelle, puis réessayez.",
    },
  },
} as const;

/**
 * The page by which a technician pairs a screen: digits on keys of its own, since a panel has no
 * keyboard, and without a script, since it must work on any browser there is. All that it is given is
 * digits and names of a narrow alphabet.
 */
export function pairingPage(shown: {
  readonly terminal: string;
  readonly digits: string;
  readonly language: string;
  readonly notice: PairingNotice;
}): string {
  const { terminal, digits } = shown;
  const language = shown.language === "fr" ? "fr" : "en";
  const say = words[language];
  const notice = say.notices[shown.notice];
  const dots = Array.from({ length: SCREEN_CODE_DIGITS }, (_, at) => digits[at] ?? "·").join("");
  const key = (label: string, value: string, name?: string) =>
    `<button name="press" value="${value}"${name === undefined ? "" : ` aria-label="${name}"`}>${label}</button>`;
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${say.heading}</title>
<link rel="stylesheet" href="/pairing.css">
<main>
<section>
<h1>${say.heading}</h1>
<p>${say.how}</p>
<p><code>npx guichet screen ${terminal}</code></p>
<p>${say.andThen}</p>
<p role="status">${notice}</p>
</section>
<form method="post" action="/t/${terminal}/pair">
<input type="hidden" name="digits" value="${digits}">
<p><span class="label">${say.code}</span> <output>${dots.slice(0, 5)} ${dots.slice(5)}</output></p>
<div class="keys">${["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((one) => key(one, one)).join("")}${key("⌫", "correct", say.remove)}${key("0", "0")}</div>
</form>
</main>
</html>
`;
}

/** Its style: the kiosk's colours, keys of 64 px and more. */
export const pairingStyle = `*{box-sizing:border-box}
body{margin:0;font:20px/1.4 system-ui,sans-serif;background:#f6f7f5;color:#14201c}
main{display:flex;flex-wrap:wrap;justify-content:center;align-items:center;min-height:100vh;padding:16px}
section{flex:1 1 320px;max-width:440px;padding:0 24px}
h1{font-size:30px;line-height:1.2;margin:0 0 16px}
p{margin:0 0 12px}
code{font:bold 20px monospace;background:#fff;padding:6px 10px;border-radius:6px}
[role=status]{color:#8a1c1c;font-weight:bold;min-height:56px}
form{flex:0 0 292px}
.label{position:absolute;width:1px;height:1px;overflow:hidden}
output{display:block;font:bold 28px monospace;text-align:center;background:#fff;border-radius:8px;padding:10px}
.keys{display:flex;flex-wrap:wrap;margin:-4px}
button{flex:0 0 92px;height:72px;margin:4px;font:bold 26px system-ui,sans-serif;color:#14201c;background:#fff;border:2px solid #51605a;border-radius:10px}
button:focus{outline:4px solid #0b5d4b}
button:active{background:#dfe7e2}
`;
