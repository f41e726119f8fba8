/** The version of a message, e.g. 2.0. RFC 8010 §3.4.1. */
export interface IppVersion {
  readonly major: number;
  readonly minor: number;
}

/**
 * One request or response without its document. RFC 8010 §3.1.1.
 * `code` is an operation (see `operations.ts`) in a request, a status (see `status.ts`) in a response.
 */
export interface IppMessage {
  readonly version: IppVersion;
  readonly code: number;
  readonly requestId: number;
  readonly groups: readonly IppGroup[];
}

/** Attributes under one delimiter. The same tag may come again: each job of a list is a group. */
export interface IppGroup {
  readonly tag: number;
  readonly attributes: readonly IppAttribute[];
}

/** A name and at least one value; several values are a 1setOf. */
export interface IppAttribute {
  readonly name: string;
  readonly values: readonly IppValue[];
}

export type OutOfBandKind =
  | "unsupported"
  | "unknown"
  | "noValue"
  | "notSettable"
  | "deleteAttribute"
  | "adminDefine";

export type StringKind =
  | "text"
  | "name"
  | "keyword"
  | "uri"
  | "uriScheme"
  | "charset"
  | "naturalLanguage"
  | "mimeMediaType";

/** Dots in each direction; `units` is 3 for dots per inch, 4 for dots per centimetre. */
export interface IppResolution {
  readonly x: number;
  readonly y: number;
  readonly units: number;
}

export interface IppRange {
  readonly lower: number;
  readonly upper: number;
}

/**
 * A value, told apart by `kind`. Where the peer's bytes cannot be made again from the decoded value
 * (text that is not UTF-8, a boolean of 0xff) they are kept as `raw`, and the encoder writes those.
 */
export type IppValue =
  | { readonly kind: OutOfBandKind; readonly raw?: Uint8Array }
  | { readonly kind: "integer" | "enum"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean; readonly raw?: Uint8Array }
  | { readonly kind: "octetString" | "dateTime"; readonly value: Uint8Array }
  | { readonly kind: "resolution"; readonly value: IppResolution }
  | { readonly kind: "rangeOfInteger"; readonly value: IppRange }
  | { readonly kind: "collection"; readonly value: readonly IppAttribute[] }
  | {
      readonly kind: "textWithLanguage" | "nameWithLanguage";
      readonly language: string;
      readonly value: string;
      readonly raw?: Uint8Array;
    }
  | { readonly kind: StringKind; readonly value: string; readonly raw?: Uint8Array }
  /** A syntax we do not know, kept as it came. */
  | { readonly kind: "other"; readonly tag: number; readonly value: Uint8Array };
