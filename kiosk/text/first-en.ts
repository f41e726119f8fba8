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
    "paper-jam": "Paper jam",
    "out-of-paper": "Out of paper",
    "out-of-toner": "Out of toner",
    "door-open": "A door is open",
    "output-full": "The output tray is full",
    paused: "The printer is paused",
    "needs-attention": "The printer needs help",
    unreachable: "The printer does not answer",
    "key-changed": "This printer cannot be trusted just now",
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
