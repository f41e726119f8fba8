import { type Static, Type } from "typebox";
import { ConverterInput } from "./converter-schema.ts";
import { DirectoryInput, SignInInput } from "./people-schema.ts";
import { ProviderInput, QueueInput } from "./provider-schema.ts";
import { CardNumbersInput, ReaderInput } from "./reader-schema.ts";
import { closed, Host, HostNames, Port, slug, TlsPort } from "./schema-parts.ts";
import { WebServicesInput } from "./web-services-schema.ts";

const Decimal = Type.Union(
  [Type.Number(), Type.String({ pattern: "^-?[0-9]+([.][0-9]{1,4})?$" })],
  {
    description: "An amount of money, such as 0.05, with at most four decimals.",
  },
);
const PriceInput = Type.Object(
  {
    grey: Decimal,
    colour: Decimal,
    twoSidedSheetDiscount: Type.Optional(Decimal),
  },
  {
    ...closed,
    description:
      "The price of one printed side, and what is taken off for a sheet used on both sides.",
  },
);

const SiteInput = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    logo: Type.Optional(
      Type.String({ description: "Path of an SVG or PNG file, from this file's folder." }),
    ),
    accent: Type.Optional(
      Type.String({
        pattern: "^#[0-9a-fA-F]{6}$",
        description: 'It is a colour such as "#0b5d4b", in quotes.',
      }),
    ),
    languages: Type.Optional(
      Type.Array(Type.Union([Type.Literal("en"), Type.Literal("fr")]), {
        minItems: 1,
        uniqueItems: true,
      }),
    ),
    currency: Type.Optional(
      Type.String({ pattern: "^[A-Z]{3}$", description: "It is an ISO 4217 code, such as EUR." }),
    ),
    help: Type.Optional(
      Type.String({ maxLength: 200, description: "One line on the idle screen: whom to call." }),
    ),
    idleSeconds: Type.Optional(Type.Integer({ minimum: 40, maximum: 3600 })),
    warningSeconds: Type.Optional(Type.Integer({ minimum: 20, maximum: 120 })),
    maskNames: Type.Optional(
      Type.Boolean({
        description:
          "Whether screens show the first letters of names and titles only, until touched.",
      }),
    ),
    signIn: Type.Optional(SignInInput),
    cardNumbers: CardNumbersInput,
    shadow: Type.Optional(
      Type.Boolean({
        description:
          "Shadow mode: charge nobody, and compare what would be charged with the meters.",
      }),
    ),
  },
  closed,
);

const DeviceInput = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 80 })),
    url: Type.String({
      pattern: "^ipps?://[^\\s]+$",
      description: "It is a device's IPP address, such as ipp://copier.example.org/ipp/print.",
    }),
    prices: Type.Optional(PriceInput),
    snmp: Type.Optional(
      Type.Object(
        {
          port: Type.Optional(Port),
          community: Type.Optional(
            Type.String({ minLength: 1, maxLength: 64, description: "A community that may read." }),
          ),
        },
        {
          ...closed,
          description: "Where the device's own counter is read: port 161 and public if left out.",
        },
      ),
    ),
  },
  closed,
);

const TerminalInput = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 80 })),
    devices: Type.Array(Type.String({ pattern: slug }), { minItems: 1 }),
    readers: Type.Optional(Type.Array(ReaderInput)),
    screen: Type.Optional(
      Type.Boolean({
        description: "False: no screen; a tap releases all that waits for its holder.",
      }),
    ),
    signIn: Type.Optional(SignInInput),
    maskNames: Type.Optional(Type.Boolean()),
    cardNumbers: CardNumbersInput,
  },
  closed,
);

const named = <T extends Parameters<typeof Type.Record>[1]>(item: T) =>
  Type.Record(Type.String({ pattern: slug }), item, closed);

/**
 * The configuration file, as a person writes it (YAML). Its JSON Schema is published as
 * docs/configuration.schema.json, so that an editor can complete and check it. Everything has a
 * default: an empty file runs a whole site on loopback.
 */
export const Configuration = Type.Object(
  {
    site: Type.Optional(SiteInput),
    prices: Type.Optional(PriceInput),
    devices: Type.Optional(named(DeviceInput)),
    terminals: Type.Optional(named(TerminalInput)),
    queues: Type.Optional(named(QueueInput)),
    directory: Type.Optional(DirectoryInput),
    webServices: Type.Optional(WebServicesInput),
    server: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(Host),
          port: Type.Optional(Port),
          url: Type.Optional(Type.String()),
          tlsPort: Type.Optional(TlsPort),
          hostNames: Type.Optional(HostNames),
        },
        closed,
      ),
    ),
    provider: Type.Optional(ProviderInput),
    bridge: Type.Optional(
      Type.Object(
        {
          id: Type.Optional(Type.String({ pattern: slug })),
          host: Type.Optional(Host),
          port: Type.Optional(Port),
          hostNames: Type.Optional(HostNames),
          readerHost: Type.Optional(Host),
          readerPort: Type.Optional(Port),
          converters: Type.Optional(Type.Array(ConverterInput, { maxItems: 16 })),
        },
        closed,
      ),
    ),
    tls: Type.Optional(
      Type.Object(
        {
          certificate: Type.String({ description: "Path of the certificate chain, in PEM." }),
          key: Type.String({ description: "Path of its private key, in PEM, without a password." }),
        },
        {
          ...closed,
          description:
            "The site's own certificate for all roles of this machine; without it each makes its own.",
        },
      ),
    ),
    simulator: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(Host),
          port: Type.Optional(Port),
          pagesPerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
          snmpPort: Type.Optional(Port),
          habits: Type.Optional(
            Type.Array(Type.String({ pattern: slug }), {
              description: "What the virtual MFP is like, such as no-create-job; see its README.",
            }),
          ),
        },
        closed,
      ),
    ),
    retention: Type.Optional(
      Type.Object(
        {
          titlesDays: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 3650,
              description:
                "Days after which the title of a document that no longer waits is erased.",
            }),
          ),
          peopleDays: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 3650,
              description:
                "Days after which a person who is disabled loses name, address and badges.",
            }),
          ),
        },
        closed,
      ),
    ),
    log: Type.Optional(
      Type.Union([
        Type.Literal("debug"),
        Type.Literal("info"),
        Type.Literal("warn"),
        Type.Literal("error"),
      ]),
    ),
  },
  { ...closed, title: "Guichet's configuration" },
);
export type Configuration = Static<typeof Configuration>;
