/** What the analysis process is asked: one sealed document, and the key that opens it. */
export interface Question {
  id: number;
  path: string;
  /** 32 bytes, base64url. */
  key: string;
  durationMsMax: number;
}

/** The asker is our own process; this only narrows the type of what the channel hands over. */
export function isQuestion(message: unknown): message is Question {
  return typeof message === "object" && message !== null && "path" in message && "key" in message;
}
