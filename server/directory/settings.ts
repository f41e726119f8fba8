/** How a directory is reached and read; made from the configuration. */
export type DirectorySettings = {
  /** `ldap://host:389` or `ldaps://host:636`. */
  url: string;
  /** Turns an `ldap://` connection into TLS before anything is said (RFC 4511 §4.14). */
  startTls: boolean;
  /** Path of the certificates (PEM) that may have signed the directory's; the system's where none. */
  caFile?: string;
  bind: { name: string; passwordFile: string };
  base: string;
  /** Which entries are people, as an LDAP filter (RFC 4515). */
  filter: string;
  attributes: {
    /** Never changes: `entryUUID`, or `objectGUID`. */
    id: string;
    login: string;
    name: string;
    email: string;
    cards: readonly string[];
    number?: string;
  };
  /** Only its members, straight or nested, may print; DN of a group. */
  group?: string;
  /** How groups name their members, and where the groups are (default: `base`). */
  memberAttribute: string;
  groupBase: string;
  /** How many days people already known go on while it is away. */
  offlineDays: number;
};
