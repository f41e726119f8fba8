/** The texts of the screens that stand before a tap, and without a bridge, in English. */
export const firstEn = {
  chooseLanguage: "Language",
  contrast: "Strong contrast",
  tapYourBadge: "Tap your badge",
  tapHint: "Hold it to the reader and your documents appear.",
  readerMissing: {
    title: "The badge reader is not connected.",
    todo: "Nobody can sign in here until it is. Please use another printer and tell the help desk.",
  },
  signIn: {
    title: "Sign in",
    withoutCard: "Sign in without a card",
    "number-pin": "Number and PIN",
    "name-password": "Name and password",
    readerMissing: "Sign in without a card, or use another printer.",
  },
  serverMissing: "The print server cannot be reached. Signing in may not work at the moment.",
  identifying: { title: "One moment", body: "We are looking up your badge." },
  problem: {
    "paper-jam": {
      title: "Paper jam",
      todo: "Follow the printer's own panel to take the paper out, then close it. Printing goes on by itself.",
    },
    "out-of-paper": {
      title: "Out of paper",
      todo: "Fill the tray that the printer names. Printing goes on by itself.",
    },
    "out-of-toner": {
      title: "Out of toner",
      todo: "Ask the help desk for a new cartridge, or use another printer.",
    },
    "door-open": { title: "A door is open", todo: "Close all the printer's doors and trays." },
    "output-full": {
      title: "The output tray is full",
      todo: "Take the paper out of the tray. Printing goes on by itself.",
    },
    paused: {
      title: "The printer is paused",
      todo: "Press its continue button, or use another printer.",
    },
    "needs-attention": {
      title: "The printer needs help",
      todo: "Its own panel says what is wrong.",
    },
    unreachable: {
      title: "The printer does not answer",
      todo: "Check that it is switched on, or use another printer.",
    },
    "key-changed": {
      title: "This printer cannot be trusted just now",
      todo: "It does not identify itself as before, so nothing is sent to it. Please tell the help desk.",
    },
  },
  device: {
    ready: "{device} is ready",
    busy: "{device} is printing",
    blocked: "{device}: {problem}",
  },
  connecting: "Starting",
  reconnecting: "Connecting again",
  outOfService: {
    title: "Out of service for a moment",
    todo: "The screen has lost its connection and keeps trying. Your documents are safe. If this lasts, please use another printer.",
  },
} as const;
