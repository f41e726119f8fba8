/** A virtual reader where it is plugged in, by whatever cable. */
export interface VirtualPlug {
  /** Where it is, for people. */
  readonly where: string;
  /** What a host that does not use it may lack. */
  readonly needs?: string;
  /** Somebody holds a badge of this number to it. Rejects with a sentence when it has no such badges. */
  hold(card: string): Promise<void>;
  /** The badge is taken away. */
  remove(): void;
  /** Pulls its cable. */
  unplug(): Promise<void>;
}

/** What somebody who plugs one in is told of an error of the system. */
export function sentenceOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code ?? (error instanceof Error ? error.message : String(error));
}
