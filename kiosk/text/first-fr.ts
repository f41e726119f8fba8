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
    "paper-jam": {
      title: "Bourrage papier",
      todo: "Suivez l’écran de l’imprimante pour retirer le papier, puis refermez\u2011la. L’impression reprend toute seule.",
    },
    "out-of-paper": {
      title: "Plus de papier",
      todo: "Remplissez le bac que l’imprimante indique. L’impression reprend toute seule.",
    },
    "out-of-toner": {
      title: "Plus de toner",
      todo: "Demandez une cartouche à l’assistance, ou utilisez une autre imprimante.",
    },
    "door-open": {
      title: "Un capot est ouvert",
      todo: "Fermez tous les capots et bacs de l’imprimante.",
    },
    "output-full": {
      title: "Le bac de sortie est plein",
      todo: "Retirez le papier du bac. L’impression reprend toute seule.",
    },
    paused: {
      title: "L’imprimante est en pause",
      todo: "Appuyez sur sa touche de reprise, ou utilisez une autre imprimante.",
    },
    "needs-attention": {
      title: "L’imprimante demande de l’aide",
      todo: "Son propre écran dit ce qui ne va pas.",
    },
    unreachable: {
      title: "L’imprimante ne répond pas",
      todo: "Vérifiez qu’elle est allumée, ou utilisez une autre imprimante.",
    },
    "key-changed": {
      title: "Cette imprimante n’est pas sûre pour l’instant",
      todo: "Elle ne s’identifie plus comme avant\u00a0: rien ne lui est envoyé. Prévenez l’assistance.",
    },
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
