import { type Static, Type } from "typebox";
import { Language, Money, Sentence, Slug, Text } from "./ids.ts";
import { KeyboardSettings } from "./keyboard-reader.ts";

/** A printer or MFP. It belongs to one bridge, so that its counters mean something. */
export const Device = Type.Object(
  {
    id: Slug,
    name: Text,
    /** `ipp://` or `ipps://` address of its IPP printer. */
    url: Type.String({ pattern: "^ipps?://[^\\s]+$", maxLength: 512 }),
    bridge: Slug,
    /** Where it answers SNMP, for its own page counter: port 161 and `public` if left out. */
    snmp: Type.Optional(
      Type.Object(
        {
          port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535 })),
          community: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type Device = Static<typeof Device>;

/** The driver of a badge reader, by the name that `card-readers/drivers.ts` gives it. */
const ReaderDriver = Type.Optional(Slug);

/** What an OSDP reader is told beside its key, which is a secret and stands elsewhere. */
const OsdpReader = Type.Optional(
  Type.Object(
    {
      /** On its line; 0 if left out. */
      address: Type.Optional(Type.Integer({ minimum: 0, maximum: 126 })),
      /** It knows no Secure Channel, and may tell cards in clear text all the same. */
      clearText: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
);

/** What an Elatec reader with the Simple Protocol is told. */
const ElatecReader = Type.Optional(
  Type.Object(
    {
      /** Kinds of chip by the names of `card-readers/elatec-simple/tag-types.ts`; all if left out. */
      tagTypes: Type.Optional(
        Type.Array(Type.String({ minLength: 2, maxLength: 16 }), { minItems: 1, maxItems: 64 }),
      ),
      /** Of HID iCLASS: the chip's own number, or the access bits. The first if left out. */
      iclass: Type.Optional(Type.Union([Type.Literal("csn"), Type.Literal("pac")])),
    },
    { additionalProperties: false },
  ),
);

/**
 * How a badge reader is reached. `listen`: it dials the bridge. `dial`: the bridge dials it. `serial`:
 * it is plugged into the bridge's machine, and makes a serial line. `hid`: so too, and it speaks in HID
 * feature reports. `input-device`: so too, and it acts as a keyboard. `pcsc`: so too, and it is behind the
 * system's smart card service. `screen`: it acts as a keyboard of
 * the machine that shows the terminal's screen.
 */
export const ReaderConnection = Type.Union([
  Type.Object(
    {
      kind: Type.Literal("listen"),
      /** Addresses that may dial in as this reader; none means loopback only. */
      from: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 64 })),
      driver: ReaderDriver,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("dial"),
      host: Type.String({ minLength: 1, maxLength: 253 }),
      port: Type.Integer({ minimum: 1, maximum: 65535 }),
      driver: ReaderDriver,
      osdp: OsdpReader,
      elatec: ElatecReader,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("serial"),
      /** Of the port; any with a reader that is known if left out. */
      path: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
      /** In baud. */
      speed: Type.Optional(Type.Integer({ minimum: 300, maximum: 921_600 })),
      driver: ReaderDriver,
      osdp: OsdpReader,
      elatec: ElatecReader,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("hid"),
      path: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
      driver: ReaderDriver,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("input-device"),
      path: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
      driver: ReaderDriver,
      settings: Type.Optional(
        Type.Object(
          {
            ...KeyboardSettings.properties,
            /** Its keys may reach other programs, too. */
            shared: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal("pcsc"),
      /** The name that the smart card service gives the reader; any if left out. */
      path: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      driver: ReaderDriver,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal("screen"), settings: Type.Optional(KeyboardSettings) },
    { additionalProperties: false },
  ),
]);
export type ReaderConnection = Static<typeof ReaderConnection>;

/**
 * A way of signing in. With both `card` and `card-pin` a PIN is asked of those who have one; with
 * `card-pin` alone, of everybody.
 */
export const SignInWay = Type.Union([
  Type.Literal("card"),
  Type.Literal("card-pin"),
  Type.Literal("number-pin"),
  Type.Literal("name-password"),
]);
export type SignInWay = Static<typeof SignInWay>;

/** How people sign in, and how a card that nobody has is linked. What is left out is the site's. */
export const SignIn = Type.Object(
  {
    ways: Type.Optional(Type.Array(SignInWay, { minItems: 1, maxItems: 4 })),
    linkCards: Type.Optional(
      Type.Array(Type.Union([Type.Literal("password"), Type.Literal("code")]), { maxItems: 2 }),
    ),
  },
  { additionalProperties: false },
);
export type SignIn = Static<typeof SignIn>;

/** How what readers say becomes a card number, in the notation of `card-readers/numbers/pipeline.ts`. */
const CardNumbers = Type.Optional(Type.String({ maxLength: 1_000 }));

/** A place where a person badges: readers, a screen (or none), and the devices that it controls. */
export const Terminal = Type.Object(
  {
    id: Slug,
    name: Text,
    bridge: Slug,
    devices: Type.Array(Slug, { minItems: 1, maxItems: 32 }),
    readers: Type.Array(ReaderConnection, { maxItems: 8 }),
    /** False: there is none, and a tap releases all that its holder has waiting at the first device. */
    screen: Type.Optional(Type.Boolean()),
    /** Where it differs from the site's. */
    signIn: Type.Optional(SignIn),
    maskNames: Type.Optional(Type.Boolean()),
    cardNumbers: CardNumbers,
  },
  { additionalProperties: false },
);
export type Terminal = Static<typeof Terminal>;

/**
 * How a queue tells whose a job is. `basic`: name and password over TLS. `address`: a person's own secret
 * address of the queue. `server`: a trusted print server says so. `name`: the client says so, from named
 * networks.
 */
export const IdentityWay = Type.Union([
  Type.Literal("basic"),
  Type.Literal("address"),
  Type.Literal("server"),
  Type.Literal("name"),
]);
export type IdentityWay = Static<typeof IdentityWay>;

/** `virtual` and `secure` hold a job until its owner releases it; `direct` is claimed at once. */
export const Queue = Type.Object(
  {
    name: Slug,
    info: Text,
    kind: Type.Union([Type.Literal("virtual"), Type.Literal("secure"), Type.Literal("direct")]),
    provider: Slug,
    /** Devices that may print its jobs. One for `secure` and `direct`; none for `virtual` means all. */
    devices: Type.Array(Slug, { maxItems: 1024 }),
    /** How long a job waits for its owner before it is given up. */
    holdHours: Type.Integer({ minimum: 1, maximum: 8760 }),
    /** Whether it is announced on the provider's network by DNS-SD, so that clients find it. */
    announce: Type.Optional(Type.Boolean()),
    /** In order: the first that a request satisfies decides. `name` alone if left out. */
    identity: Type.Optional(Type.Array(IdentityWay, { minItems: 1, maxItems: 4 })),
    /** Whether a job of nobody known waits for who has its code; refused if not. Never of a direct queue. */
    unclaimed: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type Queue = Static<typeof Queue>;

/** The price of a printed side, by colour, and what is taken off for each sheet used on both sides. */
export const PriceRule = Type.Object(
  { grey: Money, colour: Money, twoSidedSheetDiscount: Money },
  { additionalProperties: false },
);
export type PriceRule = Static<typeof PriceRule>;

export const Prices = Type.Object(
  {
    /** Grows with every change; a reservation names the version it was reckoned with. */
    version: Type.Integer({ minimum: 1 }),
    standard: PriceRule,
    /** Devices whose prices differ from the standard ones. */
    devices: Type.Record(Slug, PriceRule),
  },
  { additionalProperties: false },
);
export type Prices = Static<typeof Prices>;

/** How the site presents itself on every screen. */
export const Appearance = Type.Object(
  {
    name: Text,
    /** Address of the logo that the bridge serves beside the kiosk, or none. */
    logo: Type.Optional(Type.String({ maxLength: 512 })),
    /** CSS colour of buttons and marks; its contrast with white is checked when it is configured. */
    accent: Type.Optional(Type.String({ pattern: "^#[0-9a-fA-F]{6}$" })),
    languages: Type.Array(Language, { minItems: 1, maxItems: 32 }),
    /** ISO 4217 code; how many decimals are shown follows from it. */
    currency: Type.String({ pattern: "^[A-Z]{3}$" }),
    /** One line under the heading of the idle screen, for instance whom to call. */
    help: Type.Optional(Sentence),
  },
  { additionalProperties: false },
);
export type Appearance = Static<typeof Appearance>;

/** Time-outs and manners of a terminal. */
export const TerminalPolicy = Type.Object(
  {
    /** Seconds without a touch before a person is logged out. */
    idleSeconds: Type.Integer({ minimum: 20, maximum: 3600 }),
    /** Seconds of warning before that (WCAG 2.2, 2.2.1 asks for at least 20). */
    warningSeconds: Type.Integer({ minimum: 20, maximum: 120 }),
    /** People's names and titles show their first letters only, until touched. Left out: they show. */
    maskNames: Type.Optional(Type.Boolean()),
    /** Card alone, and no linking, where nothing is said. */
    signIn: Type.Optional(SignIn),
    cardNumbers: CardNumbers,
  },
  { additionalProperties: false },
);
export type TerminalPolicy = Static<typeof TerminalPolicy>;

/** Everything about a site that an administrator declares and that roles need a copy of. */
export const Site = Type.Object(
  {
    appearance: Appearance,
    policy: TerminalPolicy,
    prices: Prices,
    devices: Type.Array(Device, { maxItems: 10_000 }),
    terminals: Type.Array(Terminal, { maxItems: 10_000 }),
    /** Shadow mode: nobody is charged or refused for credit; what would be is kept beside the ledger. */
    shadow: Type.Optional(Type.Boolean()),
    queues: Type.Array(Queue, { maxItems: 1024 }),
  },
  { additionalProperties: false },
);
export type Site = Static<typeof Site>;
