/** Operation codes of the IANA IPP registry, those that Guichet sends, answers or must name. */
export const operation = {
  printJob: 0x0002,
  printUri: 0x0003,
  validateJob: 0x0004,
  createJob: 0x0005,
  sendDocument: 0x0006,
  sendUri: 0x0007,
  cancelJob: 0x0008,
  getJobAttributes: 0x0009,
  getJobs: 0x000a,
  getPrinterAttributes: 0x000b,
  holdJob: 0x000c,
  releaseJob: 0x000d,
  restartJob: 0x000e,
  pausePrinter: 0x0010,
  resumePrinter: 0x0011,
  purgeJobs: 0x0012,
  setPrinterAttributes: 0x0013,
  setJobAttributes: 0x0014,
  getPrinterSupportedValues: 0x0015,
  createPrinterSubscriptions: 0x0016,
  createJobSubscriptions: 0x0017,
  getSubscriptionAttributes: 0x0018,
  getSubscriptions: 0x0019,
  renewSubscription: 0x001a,
  cancelSubscription: 0x001b,
  getNotifications: 0x001c,
  cancelMyJobs: 0x0039,
  closeJob: 0x003b,
  identifyPrinter: 0x003c,
} as const;

export type OperationName = keyof typeof operation;

const names = new Map<number, OperationName>(
  (Object.keys(operation) as OperationName[]).map((name) => [operation[name], name]),
);

/** The operation's name as in `operation`, or undefined for one that is not in this list. */
export function operationName(code: number): OperationName | undefined {
  return names.get(code);
}
