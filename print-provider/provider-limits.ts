/** What clients and jobs may use up. */
export interface ProviderLimits {
  /** Bytes of one document, after decompression. */
  readonly documentBytesMost: number;
  /** Jobs of one person that wait at a time. */
  readonly jobsPerOwnerMost: number;
  /** Documents that come in at the same time; further ones are told to come again. */
  readonly uploadsMost: number;
  /** Bytes of the disk that stay free, so that a full spool can be emptied again. */
  readonly diskReserveBytes: number;
  /** Milliseconds without a byte after which an upload has broken off. */
  readonly uploadIdleMs: number;
  /** Bytes a second that an upload must reach on the average once it has lasted for a while. */
  readonly uploadPaceLeast: number;
  /** Milliseconds for the attributes of a request to be there. */
  readonly attributesMs: number;
  /** IPP `multiple-operation-time-out`: seconds that Create-Job waits for its document. */
  readonly documentWaitSeconds: number;
  /** How many documents are counted at the same time. */
  readonly analysesMost: number;
  /** Hours that a job which ended is still told about. */
  readonly historyHours: number;
  /** Days after its submission that a job keeps its title once it does not wait any more. */
  readonly titleDays: number;
  /** Hours for which a password that the server took is good while the server is away; 0 for never. */
  readonly passwordsKeptHours: number;
  /** Days for which a name that the server knew is known while the server is away. */
  readonly namesKeptDays: number;
  /** Jobs of nobody known that wait: all, those of one address, their hours, and bytes of each. */
  readonly unclaimedMost: number;
  readonly unclaimedOfSenderMost: number;
  readonly unclaimedHours: number;
  readonly unclaimedBytesMost: number;
  /** Longest wait of a long poll of a bridge, in milliseconds. */
  readonly longPollMs: number;
}

export const standardLimits: ProviderLimits = {
  documentBytesMost: 2 * 1024 ** 3,
  jobsPerOwnerMost: 500,
  uploadsMost: 200,
  diskReserveBytes: 512 * 1024 ** 2,
  uploadIdleMs: 60_000,
  uploadPaceLeast: 256,
  attributesMs: 30_000,
  documentWaitSeconds: 300,
  analysesMost: 2,
  historyHours: 72,
  titleDays: 7,
  passwordsKeptHours: 24,
  namesKeptDays: 30,
  unclaimedMost: 2_000,
  unclaimedOfSenderMost: 30,
  unclaimedHours: 8,
  unclaimedBytesMost: 100 * 1024 ** 2,
  longPollMs: 25_000,
};
