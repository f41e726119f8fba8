import type { Counted, Spoken } from "../text/languages.ts";

/** What the screen for codes says. Before ? ! ; : French has a no-break space. */
export type CodeTexts = {
  title: string;
  field: string;
  where: string;
  take: string;
  checking: string;
  wrong: string;
  unreachable: string;
  wait: Counted;
  keys: { erase: string };
  cancel: string;
};

export const codeTexts: Record<Spoken, CodeTexts> = {
  en: {
    title: "Type your document’s code",
    field: "Code, 8 digits",
    where:
      "It stands beside the document in your computer’s list of print jobs, and on the printer’s web page there.",
    take: "Get it",
    checking: "One moment, we are looking for it.",
    wrong:
      "No document waits under this code. It may have been given up, or belong to somebody by now.",
    unreachable: "The print server that holds it does not answer. Try again in a few minutes.",
    wait: {
      one: "Please wait {n} second, then try again.",
      other: "Please wait {n} seconds, then try again.",
    },
    keys: { erase: "Erase" },
    cancel: "Cancel",
  },
  fr: {
    title: "Tapez le code du document",
    field: "Code à 8 chiffres",
    where:
      "Il se trouve à côté du document, dans la file d’impression de votre ordinateur, et sur la page web de l’imprimante.",
    take: "Prendre",
    checking: "Un instant, nous le cherchons.",
    wrong:
      "Aucun document n’attend sous ce code. Il a peut-être expiré, ou appartient déjà à quelqu’un.",
    unreachable:
      "Le serveur d’impression qui le garde ne répond pas. Réessayez dans quelques minutes.",
    wait: {
      one: "Attendez {n} seconde, puis réessayez.",
      many: "Attendez {n} de secondes, puis réessayez.",
      other: "Attendez {n} secondes, puis réessayez.",
    },
    keys: { erase: "Effacer" },
    cancel: "Annuler",
  },
};
