/** Every text of the screen, in English: the shape that all other languages must have. */
export const en = {
  chooseLanguage: "Language",

  tapYourBadge: "Tap your badge",
  tapHint: "Hold it to the reader and your documents appear.",
  readerMissing: {
    title: "The badge reader is not connected.",
    todo: "Nobody can sign in here until it is. Please use another printer and tell the help desk.",
  },
  serverMissing: "The print server cannot be reached. Signing in may not work at the moment.",

  identifying: { title: "One moment", body: "We are looking up your badge." },
  refused: {
    "unknown-card": {
      title: "This badge is not known here",
      todo: "Ask the help desk to link it to your account. Then tap it again.",
    },
    disabled: {
      title: "Your account is switched off",
      todo: "The help desk can tell you why, and switch it on again.",
    },
    "server-unreachable": {
      title: "We cannot look up your badge now",
      todo: "The print server does not answer. Your documents are safe. Please try again in a few minutes.",
    },
    "try-again": {
      title: "The badge was not read well",
      todo: "Hold it to the reader a little longer, and on its own.",
    },
  },

  balance: "Balance",
  logOut: "Log out",
  yourDocuments: "Your documents",
  selectAll: "Select all",
  print: "Print",
  printAll: "Print all",
  delete: "Delete",
  printAt: "Print at",
  documents: { one: "{n} document", other: "{n} documents" },
  pages: { one: "{n} page", other: "{n} pages" },
  copies: { one: "{n} copy", other: "{n} copies" },
  inColour: { one: "{n} in colour", other: "{n} in colour" },
  colour: "Colour",
  grey: "Grey",
  sides: {
    "one-sided": "One-sided",
    "two-sided-long-edge": "Two-sided",
    "two-sided-short-edge": "Two-sided, short edge",
  },
  today: "today {time}",
  yesterday: "yesterday {time}",
  partlyPrinted: "{printed} of {wanted} pages came out before",
  cannotHere: "This printer cannot do it: {what}",
  cannot: {
    staple: "stapling",
    punch: "hole punching",
    fold: "folding",
    finish: "the finishing that was asked for",
    "paper-size": "this paper size",
    "paper-type": "this kind of paper",
    tray: "this paper tray",
    "output-bin": "this output bin",
    quality: "this print quality",
    orientation: "this orientation",
    scaling: "this scaling",
    "two-sided": "printing on both sides",
    format: "this kind of document",
    "page-ranges": "printing only some of the pages",
    "number-up": "several pages on one side",
    grey: "printing in black and white",
  },
  costsTooMuch: "Costs more than you can spend",
  document: {
    analysing: "Being prepared. It can be printed in a moment.",
    printing: "Printing now",
    uncertain:
      "Nobody could tell whether it came out. It was not charged, and somebody will look at it.",
    refused: "Cannot be printed.",
  },
  nothingHere: {
    title: "No documents are waiting for you",
    todo: "Print from your computer or phone, then come back. A new document appears here by itself.",
  },
  toPrint: {
    "nothing-chosen": "Touch the documents that you want.",
    "device-blocked": "The printer must be put right first.",
    "not-enough-credit": "Not enough credit: this costs {price}, you can spend {available}.",
    "all-not-enough-credit": "All together costs {price}, you can spend {available}. Choose fewer.",
  },
  notice: {
    "not-possible": "That could not be done. The list shows how things are now.",
    unreachable: "The print server did not answer. Please try again in a moment.",
    "no-answer": "That took too long. Look at the list before you try again.",
  },

  confirmDelete: {
    title: { one: "Delete this document?", other: "Delete these {n} documents?" },
    body: "Deleted documents cannot be brought back. Nothing is charged.",
    more: { one: "and {n} more", other: "and {n} more" },
    yes: "Yes, delete",
    no: "No, keep",
    deleting: "Deleting",
  },

  printing: {
    title: "Printing",
    starting: "Your documents are on their way to the printer.",
    overall: "{printed} of {wanted} pages",
    waiting: "Waiting for its turn",
    preparing: "Getting ready",
    sending: "On its way to the printer",
    printing: "{printed} of {wanted} pages",
    stop: "Stop",
    stopping: "Stopping. Pages that already came out are charged.",
    logOutHint: "You can log out: printing goes on.",
  },
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
  },
  device: {
    ready: "{device} is ready",
    busy: "{device} is printing",
    blocked: "{device}: {problem}",
  },

  outcome: {
    allPrinted: { one: "Your document is printed", other: "Your documents are printed" },
    somePrinted: "Not everything was printed",
    nonePrinted: { one: "Your document was not printed", other: "Your documents were not printed" },
    uncertain: "We could not see what came out",
    charged: "Charged",
    givenBack: "Given back",
    newBalance: "Your balance",
    printed: { one: "{n} page printed", other: "{n} pages printed" },
    partlyPrinted: "{printed} of {wanted} pages printed",
    keptFor: "It stays in your list.",
    uncertainLine:
      "Nobody can tell what came out. It was not charged, and somebody will look at it.",
    notPrinted: {
      "not-enough-credit": "Not enough credit. It stays in your list.",
      "device-refused": "The printer did not take it. It stays in your list.",
      "device-unreachable": "The printer did not answer. It stays in your list.",
      "document-unreachable": "The document could not be fetched. Try again in a few minutes.",
      "server-unreachable": "The print server did not answer. It stays in your list.",
      "printed-elsewhere": "It is being printed, or was printed, somewhere else.",
      gone: "It is not there any more: it was deleted, or it waited too long.",
      cancelled: "Stopped before a page came out. It stays in your list.",
      "prices-changed":
        "The prices have just changed. Look at the new price and press Print again.",
      stopped: "Stopped, because the print before it did not end well. It stays in your list.",
      "waiting-for-decision": "Somebody must first decide about an earlier print of it.",
      "device-cannot": "It stays in your list: use another printer, or send it again without that.",
    },
    continue: "Back to my documents",
    takePaper: "Please take your pages.",
  },

  leaving: { title: "Goodbye", body: "Logging you out." },
  stillThere: {
    title: "Are you still there?",
    body: { one: "You are logged out in {n} second.", other: "You are logged out in {n} seconds." },
    yes: "Yes, go on",
  },
  connecting: "Starting",
  reconnecting: "Connecting again",
  outOfService: {
    title: "Out of service for a moment",
    todo: "The screen has lost its connection and keeps trying. Your documents are safe. If this lasts, please use another printer.",
  },
} as const;
