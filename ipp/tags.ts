/** Delimiter tags that open a group of attributes, RFC 8010 §3.5.1 and the IANA IPP registry. */
export const groupTag = {
  operation: 0x01,
  job: 0x02,
  printer: 0x04,
  unsupported: 0x05,
  subscription: 0x06,
  event: 0x07,
  resource: 0x08,
  document: 0x09,
  system: 0x0a,
} as const;

/** The delimiter after the last attribute; the document's bytes follow it. RFC 8010 §3.5.1. */
export const endOfAttributesTag = 0x03;

/** Tags from 0x00 to this one delimit groups, those above belong to values. RFC 8010 §3.5.1. */
export const highestDelimiterTag = 0x0f;

/** Tags of the syntaxes that can be a value of their own, RFC 8010 §3.5.2 and RFC 3380 §8. */
export const valueTag = {
  unsupported: 0x10,
  unknown: 0x12,
  noValue: 0x13,
  notSettable: 0x15,
  deleteAttribute: 0x16,
  adminDefine: 0x17,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octetString: 0x30,
  dateTime: 0x31,
  resolution: 0x32,
  rangeOfInteger: 0x33,
  collection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  uriScheme: 0x46,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
} as const;

export type ValueKind = keyof typeof valueTag;

/** Tags that only shape a collection and never stand for a value, RFC 8010 §3.1.6. */
export const endCollectionTag = 0x37;
export const memberNameTag = 0x4a;

/** Reserved for tags of four octets, which no one has registered: RFC 8010 §3.5.2. */
export const extensionTag = 0x7f;
