/** The documents that are coming in at this moment. */
export interface Uploads {
  /** Takes a place for one more; gives how to leave it, or undefined where there is none. */
  begin(upload: { ownerKey: string; jobId: string }): (() => void) | undefined;
  /** Jobs of a person whose document is coming in and that no row tells of yet. */
  countOf(ownerKey: string): number;
  isComing(jobId: string): boolean;
  count(): number;
}

export function createUploads(most: number): Uploads {
  const coming = new Map<string, string>();
  return {
    begin({ ownerKey, jobId }) {
      if (coming.size >= most || coming.has(jobId)) return undefined;
      coming.set(jobId, ownerKey);
      return () => {
        coming.delete(jobId);
      };
    },
    countOf: (ownerKey) => [...coming.values()].filter((key) => key === ownerKey).length,
    isComing: (jobId) => coming.has(jobId),
    count: () => coming.size,
  };
}
