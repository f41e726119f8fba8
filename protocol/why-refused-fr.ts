import type { whyRefusedEn } from "./why-refused-en.ts";

/** The same in French. */
export const whyRefusedFr: Readonly<Record<keyof typeof whyRefusedEn, string>> = {
  "not-only-pdf":
    "Il contient des commandes d’imprimante en plus de ses pages. Enregistrez-le de nouveau en PDF et envoyez-le.",
  "more-behind":
    "Un autre document se cache derrière sa fin. Enregistrez-le de nouveau et envoyez-le.",
  encrypted:
    "Il ne s’ouvre qu’avec un mot de passe. Enregistrez-le sans mot de passe et envoyez-le.",
  damaged: "Il est endommagé. Enregistrez-le de nouveau et envoyez-le.",
  "no-pages": "Il n’a aucune page.",
  "too-many-pages":
    "Il a trop de pages pour une seule impression. Envoyez-le en plusieurs parties.",
  "analysis-failed":
    "Enregistrez-le de nouveau en PDF et envoyez-le. Si cela ne suffit pas, demandez à l’assistance.",
  "too-large": "Il est trop volumineux. Envoyez-le en plusieurs parties.",
  "no-room": "Le serveur d’impression manque de place pour le moment. Réessayez plus tard.",
};
