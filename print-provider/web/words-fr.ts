import { whyRefusedFr } from "../../protocol/why-refused-fr.ts";
import type { Words } from "./words.ts";

/** The same in French. Before ? ! ; : and within « » stands a no-break space. */
export const fr: Words = {
  title: "Imprimer un document",
  switchTo: "English",
  signIn: {
    title: "Identifiez-vous pour imprimer",
    lead: "Avec le nom et le mot de passe que vous utilisez ailleurs dans votre organisation.",
    name: "Nom",
    password: "Mot de passe",
    button: "S’identifier",
    as: "Identifié\u00a0: {name}",
    out: "Se déconnecter",
  },
  send: {
    lead: "Il est gardé pour vous. Retirez-le à {where} avec votre badge.",
    anywhere: "n’importe quel terminal",
    there: "son imprimante",
    atOnce: "Il est imprimé aussitôt, à l’imprimante de cette file.",
    file: "Document",
    formats: "PDF ou JPEG, jusqu’à {most} Mo. Enregistrez d’abord les autres documents en PDF.",
    copies: "Exemplaires",
    sides: "Faces",
    oneSided: "Recto",
    longEdge: "Recto verso, livre",
    shortEdge: "Recto verso, calendrier",
    colour: "Couleur",
    asItIs: "Telle quelle",
    grey: "Gris",
    button: "Envoyer",
    sending: "Envoi",
    sent: "{percent}\u00a0% envoyés",
    counting: "Tout est envoyé. Les pages sont en cours de comptage.",
    brokenOff: "La connexion s’est interrompue. Envoyez de nouveau le document.",
  },
  done: "«\u00a0{title}\u00a0» est arrivé.",
  yours: {
    title: "Vos documents dans cette file",
    none: "Aucun pour le moment.",
    state: {
      receiving: "En chemin",
      analysing: "Ses pages sont en cours de comptage",
      held: "Gardé pour vous",
      claimed: "En cours d’impression",
      uncertain:
        "Personne ne sait encore s’il a été imprimé\u00a0; un membre du personnel en décidera",
      printed: "Imprimé",
      refused: "Ne peut pas être imprimé",
      cancelled: "Supprimé",
      expired: "Abandonné, personne ne l’ayant retiré à temps",
    },
  },
  codes: {
    title: "Envoyés de cet ordinateur sans nom",
    lead: "L’un d’eux est à vous\u202f? Au terminal, présentez votre badge, choisissez «\u00a0J’ai un code\u00a0» et tapez son code.",
    sentAt: "Envoyé à {time}",
    pages: { one: "{n} page", other: "{n} pages" },
  },
  address: {
    title: "Ajouter cette imprimante à votre ordinateur",
    lead: "Ajoutez une imprimante IPP à cette adresse\u00a0:",
  },
  plainOnly:
    "Aucun mot de passe n’est accepté ici, car il pourrait être lu en chemin. Demandez à votre administrateur une adresse qui commence par https.",
  problem: {
    title: "Cela n’a pas fonctionné",
    wrong: "Le nom ou le mot de passe n’est pas le bon.",
    "slow-down": "Trop de mots de passe erronés. Attendez {seconds} secondes, puis réessayez.",
    away: "Votre mot de passe ne peut pas être vérifié pour l’instant. Réessayez dans quelques minutes.",
    disabled: "Votre compte est désactivé. Adressez-vous à l’assistance.",
    "not-allowed": "Vous ne pouvez pas imprimer ici. Adressez-vous à l’assistance.",
    "account-locked":
      "Votre compte est verrouillé après trop de mots de passe erronés. Adressez-vous à l’assistance.",
    "password-expired": "Votre mot de passe a expiré. Changez-le d’abord.",
    "directory-unreachable": "L’annuaire ne répond pas. Réessayez dans quelques minutes.",
    busy: "Beaucoup de personnes sont là en même temps. Réessayez dans un instant.",
    "signed-out": "Vous avez été déconnecté. Identifiez-vous, puis envoyez le document.",
    "no-file": "Choisissez d’abord un document.",
    "not-a-form": "Cet envoi ne venait pas de cette page. Ouvrez-la de nouveau et réessayez.",
    "too-many":
      "Trop de vos documents attendent déjà. Imprimez-en ou supprimez-en d’abord quelques-uns.",
    options: "Les exemplaires, les faces ou la couleur choisis ne sont pas possibles ici.",
  },
  whyRefused: {
    ...whyRefusedFr,
    unsupported: "PDF et JPEG sont acceptés ici. Enregistrez le document en PDF et envoyez-le.",
    "too-complex":
      "Il est trop complexe. Enregistrez-le de nouveau en PDF simple, ou envoyez-le en plusieurs parties.",
    "own-copies":
      "Il demande lui-même plusieurs exemplaires. Enregistrez-le de nouveau et choisissez ici leur nombre.",
    "no-such-pages": "Il n’a aucune des pages demandées.",
    "not-arrived": "Il n’est pas arrivé en entier. Envoyez-le de nouveau.",
    "damaged-here": "Il a été endommagé après son arrivée. Envoyez-le de nouveau.",
  },
};
