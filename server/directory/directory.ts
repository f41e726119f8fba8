/** A person as a directory tells of them. */
export type DirectoryPerson = {
  /** What never changes: objectGUID or entryUUID, as hexadecimal or text. */
  id: string;
  login: string;
  displayName: string;
  email: string;
  /** Card numbers, canonical: upper-case letters and digits. */
  cards: readonly string[];
  number: string;
  /** Switched off there, or past its date. A lock after wrong passwords is not told here. */
  disabled: boolean;
  /** A member, straight or nested, of the group that may print; true where none is asked for. */
  allowed: boolean;
};

/** Whom a question finds. `ambiguous`: several, so nobody is let in. */
export type DirectoryAnswer =
  | { kind: "found"; person: DirectoryPerson }
  | { kind: "nobody" }
  | { kind: "ambiguous" }
  | { kind: "away" };

/** What a directory says to a name and password. */
export type DirectoryVerdict =
  | { kind: "right"; person: DirectoryPerson }
  | { kind: "wrong" }
  | { kind: "nobody" }
  | { kind: "locked" }
  | { kind: "disabled" }
  | { kind: "password-expired" }
  | { kind: "ambiguous" }
  | { kind: "away" };

/** Who has which cards, of all whom the directory tells; `partly` where there may be more. */
export type DirectoryCards =
  | {
      kind: "whole" | "partly";
      people: readonly Pick<DirectoryPerson, "id" | "login" | "cards">[];
    }
  | { kind: "away" };

/** A directory of people. It never throws for what the outside does: that is `away`. */
export type Directory = {
  byCard: (cardNumber: string) => Promise<DirectoryAnswer>;
  byId: (id: string) => Promise<DirectoryAnswer>;
  byLogin: (login: string) => Promise<DirectoryAnswer>;
  checkPassword: (login: string, password: string) => Promise<DirectoryVerdict>;
  /** Goes through all its people who have a card, in pages, up to about so many, and not for long. */
  listCards: (most: number) => Promise<DirectoryCards>;
  /** For how long, in milliseconds, people already known go on while it is away. */
  offlineMs: number;
  close: () => Promise<void>;
};
