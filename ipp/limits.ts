/** What a peer may make us hold. A message beyond one of these is malformed. */
export interface DecodeLimits {
  /** Bytes of header and attributes, without the document. */
  readonly maxBytes: number;
  /** Values and groups together, those inside collections included. */
  readonly maxValues: number;
  /** Collections within collections. */
  readonly maxDepth: number;
  /** Bytes of one value. At most 32767: RFC 8010 §3.1.3 has lengths as SIGNED-SHORT. */
  readonly maxValueLength: number;
  /** Bytes of an attribute's name. Names are keywords, which have at most 255: RFC 8011 §5.1.4. */
  readonly maxNameLength: number;
}

export const defaultLimits: DecodeLimits = {
  maxBytes: 1024 * 1024,
  maxValues: 20_000,
  maxDepth: 8,
  maxValueLength: 32_767,
  maxNameLength: 255,
};
