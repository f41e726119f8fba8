import { whyRefusedFr } from "../../protocol/why-refused-fr.ts";
import { firstFr } from "./first-fr.ts";
import type { TextsIn } from "./texts.ts";

/** Every text of the screen, in French. */
export const fr: TextsIn<"fr"> = {
  ...firstFr,

  whatToDo: {
    "paper-jam":
      "Suivez l’écran de l’imprimante pour retirer le papier, puis refermez\u2011la. L’impression reprend toute seule.",
    "out-of-paper": "Remplissez le bac que l’imprimante indique. L’impression reprend toute seule.",
    "out-of-toner": "Demandez une cartouche à l’assistance, ou utilisez une autre imprimante.",
    "door-open": "Fermez tous les capots et bacs de l’imprimante.",
    "output-full": "Retirez le papier du bac. L’impression reprend toute seule.",
    paused: "Appuyez sur sa touche de reprise, ou utilisez une autre imprimante.",
    "needs-attention": "Son propre écran dit ce qui ne va pas.",
    unreachable: "Vérifiez qu’elle est allumée, ou utilisez une autre imprimante.",
    "key-changed":
      "Elle ne s’identifie plus comme avant\u00a0: rien ne lui est envoyé. Prévenez l’assistance.",
  },

  refused: {
    "unknown-card": {
      title: "Ce badge n’est pas connu ici",
      todo: "Demandez à l’assistance de l’associer à votre compte, puis présentez-le de nouveau.",
    },
    disabled: {
      title: "Votre compte est désactivé",
      todo: "L’assistance peut vous dire pourquoi, et le réactiver.",
    },
    "badge-blocked": {
      title: "Ce badge est bloqué",
      todo: "Il a été déclaré perdu. Si vous l’avez retrouvé, l’assistance peut le débloquer.",
    },
    "badge-expired": {
      title: "Ce badge a expiré",
      todo: "Demandez-en un nouveau à l’assistance.",
    },
    "changing-card": {
      title: "Cette carte ne peut pas servir de badge",
      todo: "Son numéro change à chaque passage, comme celui des téléphones et de certaines cartes bancaires. Utilisez votre badge, ou demandez-en un à l’assistance.",
    },
    "no-pin": {
      title: "Il faut un code PIN ici",
      todo: "Votre compte n’en a pas encore. L’assistance peut en définir un avec vous.",
    },
    "not-allowed": {
      title: "Vous ne pouvez pas imprimer ici",
      todo: "Votre compte ne fait pas partie du groupe autorisé. L’assistance vous renseignera.",
    },
    "directory-unreachable": {
      title: "Votre badge ne peut pas être vérifié",
      todo: "L’annuaire ne répond pas. Réessayez dans quelques minutes.",
    },
    "server-unreachable": {
      title: "Impossible de vérifier votre badge",
      todo: "Le serveur d’impression ne répond pas. Vos documents sont en sécurité. Réessayez dans quelques minutes.",
    },
    "try-again": {
      title: "Le badge n’a pas été bien lu",
      todo: "Tenez-le seul, et un peu plus longtemps, devant le lecteur.",
    },
  },
  balance: "Solde",
  logOut: "Se déconnecter",
  yourDocuments: "Vos documents",
  selectAll: "Tout choisir",
  print: "Imprimer",
  printAll: "Tout imprimer",
  delete: "Supprimer",
  printAt: "Imprimer sur",
  payFrom: "Payer avec",
  ownAccount: "Mon compte personnel",
  documents: { one: "{n} document", many: "{n} de documents", other: "{n} documents" },
  pages: { one: "{n} page", many: "{n} de pages", other: "{n} pages" },
  copies: { one: "{n} exemplaire", many: "{n} d’exemplaires", other: "{n} exemplaires" },
  chosenPages: "seulement {chosenPages}",
  numberUp: "{n} par face",
  sheets: { one: "{n} feuille", many: "{n} de feuilles", other: "{n} feuilles" },
  inColour: { one: "{n} en couleur", many: "{n} en couleur", other: "{n} en couleur" },
  colour: "Couleur",
  grey: "Gris",
  sides: {
    "one-sided": "Recto",
    "two-sided-long-edge": "Recto verso",
    "two-sided-short-edge": "Recto verso, bord court",
  },
  today: "aujourd’hui {time}",
  yesterday: "hier {time}",
  partlyPrinted: "{printed} pages sur {wanted} déjà sorties",
  cannotHere: "Impossible sur cette imprimante\u00a0: {what}",
  possibleAt: "Possible sur\u00a0: {devices}",
  greyHere: "Cette imprimante n’a pas de couleur\u00a0: le document sortira en gris",
  deviceState: { ready: "libre", busy: "occupée", blocked: "hors service" },
  cannot: {
    staple: "l’agrafage",
    punch: "la perforation",
    fold: "le pliage",
    finish: "la finition demandée",
    "paper-size": "ce format de papier",
    "paper-type": "ce type de papier",
    tray: "ce bac d’alimentation",
    "output-bin": "ce bac de sortie",
    quality: "cette qualité d’impression",
    orientation: "cette orientation",
    scaling: "cette mise à l’échelle",
    "two-sided": "l’impression recto verso",
    "job-sheet": "une page de garde",
    format: "ce type de document",
    "page-ranges": "l’impression de certaines pages seulement",
    "number-up": "plusieurs pages par face",
    grey: "l’impression en noir et blanc",
  },
  maybePrinted: "Peut-être déjà imprimé. Choisissez-le vous-même s’il vous le faut encore.",
  costsTooMuch: "Coûte plus que votre crédit",
  document: {
    analysing: "En préparation. Il pourra être imprimé dans un instant.",
    printing: "Impression en cours",
    uncertain:
      "On ne sait pas s’il est sorti. Il n’a pas été compté, et quelqu’un va s’en occuper.",
    refused: "Impossible à imprimer.",
  },
  whyRefused: {
    ...whyRefusedFr,
    unsupported: "Imprimez-le depuis son programme, ou envoyez un PDF.",
    "too-complex":
      "Il est trop complexe. Imprimez-le de nouveau en PDF simple, ou envoyez-le en plusieurs parties.",
    "own-copies":
      "Il demande lui-même plusieurs exemplaires. Imprimez-le de nouveau et choisissez-y leur nombre.",
    "no-such-pages": "Il n’a aucune des pages choisies. Choisissez-en d’autres, ou toutes.",
    "not-arrived": "Il n’est pas arrivé en entier. Imprimez-le de nouveau.",
    "damaged-here": "Il a été endommagé après son arrivée. Imprimez-le de nouveau.",
  },
  nothingHere: {
    title: "Aucun document ne vous attend",
    todo: "Imprimez depuis votre ordinateur ou votre téléphone, puis revenez. Un nouveau document s’affiche ici tout seul.",
  },
  toPrint: {
    "nothing-chosen": "Touchez les documents à imprimer.",
    "device-blocked": "Il faut d’abord remettre l’imprimante en état.",
    "not-enough-credit": "Crédit insuffisant\u00a0: cela coûte {price}, vous avez {available}.",
    "all-not-enough-credit":
      "Le tout coûte {price}, vous avez {available}. Choisissez\u2011en moins.",
  },
  notice: {
    "not-possible": "Cela n’a pas pu se faire. La liste montre la situation actuelle.",
    unreachable: "Le serveur d’impression n’a pas répondu. Réessayez dans un instant.",
    "no-answer": "C’était trop long. Regardez la liste avant de recommencer.",
  },
  deletion: {
    deleted: {
      one: "{n} document est supprimé.",
      many: "{n} de documents sont supprimés.",
      other: "{n} documents sont supprimés.",
    },
    undo: "Annuler",
    notDeleted: {
      one: "{n} document n’a pas pu être supprimé. Il est de nouveau dans la liste.",
      many: "{n} de documents n’ont pas pu être supprimés. Ils sont de nouveau dans la liste.",
      other: "{n} documents n’ont pas pu être supprimés. Ils sont de nouveau dans la liste.",
    },
  },
  showNames: "Afficher les noms",
  settings: {
    open: "Réglages pour {title}",
    title: "Comment l’imprimer",
    copies: "Exemplaires",
    fewer: "Un exemplaire de moins",
    more: "Un exemplaire de plus",
    sides: "Faces",
    colour: "Couleur",
    none: "Il n’y a rien à choisir pour ce document sur cette imprimante.",
  },
  wishes: {
    title: "Rendre l’écran plus simple",
    kept: "Nous le gardons pour vous, ici et sur tous les autres écrans.",
    contrast: { no: "Habituel", yes: "Renforcé" },
    time: {
      title: "Temps avant la déconnexion",
      usual: "Habituel",
      longer: "3 fois plus long",
      longest: "10 fois plus long",
    },
  },
  haveCode: "J’ai un code",
  missing: {
    title: "Il manque un document\u202f?",
    asking: "Nous cherchons ce que sont devenus vos autres documents.",
    partly:
      "Le serveur d’impression n’a pas répondu\u00a0: il en sait peut-être plus. Réessayez dans un instant.",
    again: "Chercher encore",
    none: "Rien d’autre n’est arrivé pour vous depuis un jour.",
    name: "Imprimez sous le nom «\u00a0{login}\u00a0»\u00a0: ce qui arrive sous un autre nom n’est pas à vous ici.",
    queue:
      "Votre ordinateur a-t-il dit que l’envoi est terminé\u202f? Un gros document demande une minute ou deux.",
    wait: "Les documents attendent un temps limité. Ce qui a attendu plus longtemps doit être imprimé de nouveau.",
    noDevice:
      "Il a été envoyé à une file qu’aucune imprimante ne sert plus. Imprimez-le vers une autre.",
    why: {
      coming: "Il est encore en train d’arriver. Il s’affichera ici tout seul.",
      counting: "Ses pages sont en train d’être comptées. Il pourra être imprimé dans un instant.",
      uncertain: "On ne sait pas s’il est sorti. Quelqu’un va s’en occuper.",
      "other-device":
        "Il a été envoyé à une autre imprimante\u00a0: {places}. Allez le chercher là-bas.",
      printed: "Imprimé {when}.",
      cancelled: "Supprimé {when}.",
      expired: "Il a attendu trop longtemps et a été supprimé {when}. Imprimez-le de nouveau.",
    },
  },
  printing: {
    title: "Impression",
    starting: "Vos documents partent vers l’imprimante.",
    overall: "{printed} sur {wanted} pages",
    waiting: "Attend son tour",
    preparing: "En préparation",
    sending: "En route vers l’imprimante",
    printing: "{printed} sur {wanted} pages",
    stop: "Arrêter",
    stopping: "Arrêt en cours. Les pages déjà sorties sont facturées.",
    logOutHint: "Vous pouvez vous déconnecter\u00a0: l’impression continue.",
  },
  outcome: {
    allPrinted: {
      one: "Votre document est imprimé",
      many: "Vos documents sont imprimés",
      other: "Vos documents sont imprimés",
    },
    somePrinted: "Tout n’a pas été imprimé",
    nonePrinted: {
      one: "Votre document n’a pas été imprimé",
      many: "Vos documents n’ont pas été imprimés",
      other: "Vos documents n’ont pas été imprimés",
    },
    uncertain: "Nous n’avons pas pu voir ce qui est sorti",
    charged: "Facturé",
    givenBack: "Rendu",
    newBalance: "Votre solde",
    printed: {
      one: "{n} page imprimée",
      many: "{n} de pages imprimées",
      other: "{n} pages imprimées",
    },
    partlyPrinted: "{printed} pages imprimées sur {wanted}",
    keptFor: "Il reste dans votre liste.",
    uncertainLine:
      "On ne sait pas ce qui est sorti. Rien n’a été facturé, et quelqu’un va s’en occuper.",
    notPrinted: {
      "not-enough-credit": "Crédit insuffisant. Il reste dans votre liste.",
      "device-refused": "L’imprimante ne l’a pas accepté. Il reste dans votre liste.",
      "device-unreachable": "L’imprimante n’a pas répondu. Il reste dans votre liste.",
      "document-unreachable":
        "Le document n’a pas pu être récupéré. Réessayez dans quelques minutes.",
      "server-unreachable": "Le serveur d’impression n’a pas répondu. Il reste dans votre liste.",
      "printed-elsewhere": "Il est ou a été imprimé ailleurs.",
      gone: "Il n’est plus là\u00a0: il a été supprimé, ou il a attendu trop longtemps.",
      cancelled: "Arrêté avant qu’une page ne sorte. Il reste dans votre liste.",
      "prices-changed":
        "Les prix viennent de changer. Regardez le nouveau prix et touchez Imprimer de nouveau.",
      stopped: "Arrêté, car l’impression précédente s’est mal terminée. Il reste dans votre liste.",
      "waiting-for-decision":
        "Quelqu’un doit d’abord décider d’une impression précédente de ce document.",
      "person-disabled":
        "L’impression est suspendue pour vous en ce moment. Adressez-vous à l’accueil. Il reste dans votre liste.",
      "device-disabled":
        "Cette imprimante est arrêtée pour le moment. Il reste dans votre liste\u00a0: utilisez-en une autre.",
      "account-closed":
        "Vous ne pouvez pas payer avec ce compte en ce moment. Il reste dans votre liste.",
      "not-allowed-here":
        "Cette imprimante ne vous est pas ouverte. Il reste dans votre liste\u00a0: utilisez-en une autre.",
      "device-cannot":
        "Il reste dans votre liste\u00a0: utilisez une autre imprimante, ou renvoyez-le sans cela.",
    },
    continue: "Retour à mes documents",
    takePaper: "Prenez vos pages, s’il vous plaît.",
  },
  leaving: { title: "Au revoir", body: "Déconnexion en cours." },
  stillThere: {
    title: "Êtes-vous toujours là\u202f?",
    body: {
      one: "Vous serez déconnecté dans {n} seconde.",
      many: "Vous serez déconnecté dans {n} de secondes.",
      other: "Vous serez déconnecté dans {n} secondes.",
    },
    yes: "Oui, continuer",
  },
};
