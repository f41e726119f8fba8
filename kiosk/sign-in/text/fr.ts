import type { SignInTexts } from "./texts.ts";

/** What the screens of signing in say, in French. Before ? ! ; : stands a no-break space. */
export const fr: SignInTexts = {
  pin: { title: "Tapez votre code PIN" },
  number: { title: "Numéro et code PIN" },
  password: { title: "Nom et mot de passe" },
  link: {
    title: "Ce badge est inconnu ici",
    lead: "Associez-le à votre compte maintenant\u00a0: il ouvrira ensuite vos documents.",
    password: "Avec mon nom et mon mot de passe",
    code: "Avec un code de l’assistance",
  },
  "link-code": { title: "Tapez le code de l’assistance" },
  "link-password": { title: "Associez ce badge à votre compte" },
  fields: {
    number: "Numéro",
    pin: "Code PIN",
    login: "Nom",
    password: "Mot de passe",
    code: "Code",
  },
  signIn: "S’identifier",
  link_: "Associer",
  next: "Suivant",
  cancel: "Annuler",
  checking: "Un instant, nous vérifions.",
  wait: {
    one: "Attendez {n} seconde, puis réessayez.",
    many: "Attendez {n} de secondes, puis réessayez.",
    other: "Attendez {n} secondes, puis réessayez.",
  },
  problem: {
    wrong: {
      pin: "Ce code PIN n’est pas le bon.",
      number: "Le numéro ou le code PIN n’est pas le bon.",
      password: "Le nom ou le mot de passe n’est pas le bon.",
      link: "Ce n’est pas cela.",
      "link-code": "Ce code est inconnu ou trop ancien.",
      "link-password": "Le nom ou le mot de passe n’est pas le bon.",
    },
    disabled: "Votre compte est désactivé. Adressez-vous à l’assistance.",
    "not-allowed": "Votre compte ne fait pas partie du groupe qui peut imprimer ici.",
    "account-locked":
      "Votre compte est verrouillé après trop de mots de passe erronés. Adressez-vous à l’assistance.",
    "password-expired": "Votre mot de passe a expiré. Changez-le d’abord sur un ordinateur.",
    "directory-unreachable": "L’annuaire ne répond pas. Réessayez dans quelques minutes.",
    "server-unreachable": "Le serveur d’impression ne répond pas. Réessayez dans quelques minutes.",
    busy: "Beaucoup de personnes s’identifient. Réessayez dans un instant.",
    "cannot-link": "Ce badge ne peut pas être associé. Adressez-vous à l’assistance.",
    "no-pin": "Votre compte n’a pas encore de code PIN. L’assistance peut en définir un avec vous.",
    "badge-blocked": "Ce badge est bloqué. Adressez-vous à l’assistance.",
    "badge-expired": "Ce badge a expiré. Adressez-vous à l’assistance.",
    "try-again": "Cela n’a pas fonctionné. Veuillez réessayer.",
  },
  keys: {
    shift: "Majuscules",
    erase: "Effacer",
    space: "Espace",
    letters: "abc, lettres",
    symbols: "123, chiffres et symboles",
    more: "#{é, autres symboles",
  },
  typed: {
    one: "{n} caractère tapé",
    many: "{n} de caractères tapés",
    other: "{n} caractères tapés",
  },
};
