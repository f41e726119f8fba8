import type { FirstTextsIn } from "./texts.ts";

/** The texts of the screens that stand before a tap, and without a bridge, in French. */
export const firstFr: FirstTextsIn<"fr"> = {
  chooseLanguage: "Langue",
  contrast: "Contraste renforcé",
  tapYourBadge: "Présentez votre badge",
  tapHint: "Approchez-le du lecteur\u00a0: vos documents s’affichent.",
  readerMissing: {
    title: "Le lecteur de badges n’est pas branché.",
    todo: "Personne ne peut s’identifier ici pour le moment. Utilisez une autre imprimante et prévenez l’assistance.",
  },
  signIn: {
    title: "Identifiez-vous",
    withoutCard: "S’identifier sans badge",
    "number-pin": "Numéro et code PIN",
    "name-password": "Nom et mot de passe",
    readerMissing: "Identifiez-vous sans badge, ou utilisez une autre imprimante.",
  },
  serverMissing:
    "Le serveur d’impression est injoignable. L’identification peut échouer pour le moment.",
  identifying: { title: "Un instant", body: "Nous cherchons votre badge." },
  problem: {
    "paper-jam": "Bourrage papier",
    "out-of-paper": "Plus de papier",
    "out-of-toner": "Plus de toner",
    "door-open": "Un capot est ouvert",
    "output-full": "Le bac de sortie est plein",
    paused: "L’imprimante est en pause",
    "needs-attention": "L’imprimante demande de l’aide",
    unreachable: "L’imprimante ne répond pas",
    "key-changed": "Cette imprimante n’est pas sûre pour l’instant",
  },
  device: {
    ready: "{device}\u00a0: prête",
    busy: "{device}\u00a0: en train d’imprimer",
    blocked: "{device}\u00a0: {problem}",
  },
  connecting: "Démarrage",
  reconnecting: "Reconnexion",
  outOfService: {
    title: "Hors service pour un instant",
    todo: "L’écran a perdu sa connexion et la cherche toujours. Vos documents sont en sécurité. Si cela dure, utilisez une autre imprimante.",
  },
};
