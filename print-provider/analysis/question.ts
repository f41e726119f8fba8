/** Where a sealed document is: a file, or for a short one its sealed bytes, base64. */
export type DocumentPlace = { path: string } | { sealed: string };

/** What the analysis process is asked: one sealed document, and the key that opens it. */
export type Question = DocumentPlace & {
  id: number;
  /** 32 bytes, base64url. */
  key: string;
  durationMsMax: number;
};

/** The asker is our own process; this only narrows the type of what the channel hands over. */
export function isQuestion(message: unknown): message is Question {
  return typeof message === "object" && message !== null && "id" in message && "key" in message;
}
