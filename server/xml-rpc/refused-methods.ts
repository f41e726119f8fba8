const byFile =
  "This server opens no file that a caller names. Use `npx guichet user import <file>` on its machine.";
const bySite = "Devices are declared in the configuration file of this server.";
const popUp = "There is no pop-up at the workstation here: people choose at the terminal who pays.";
const admins =
  "There are no administrators among the users here: who holds the administrators' token is one.";
const snmp =
  "How a device is asked over SNMP stands in the configuration file of this server (devices.<id>.snmp).";
const sync =
  "People of a directory are brought up to date when they sign in; lists of people by `npx guichet user import`.";
const reports = "There are no reports to run here yet; `npx guichet books` checks the ledger.";

/** Methods that existing scripts know and that are not done here, each with why or what to do instead. */
export const refusedMethods: ReadonlyMap<string, string> = new Map(
  Object.entries({
    batchImportUsers: byFile,
    batchImportInternalUsers: byFile,
    batchImportUserCardIdNumbers: byFile,
    batchImportSharedAccounts: `${byFile} Shared accounts are made by api.addNewSharedAccount.`,
    batchImportPrinters: bySite,
    addNewUsers: sync,
    exportUserDataHistory:
      "This server writes no file where a caller wants. Use `npx guichet user export <login>` on its machine.",
    clearUserAdvancedPrinterSettings: "People have no settings of their own for printers here.",
    reapplyInitialUserSettings:
      "There are no initial settings to apply again. Set the properties that you want.",
    setUserAccountSelectionAutoSelectSharedAccount: popUp,
    setUserAccountSelectionAutoChargePersonal: popUp,
    setUserAccountSelectionStandardPopup: popUp,
    setUserAccountSelectionAdvancedPopup: popUp,
    syncGroup: sync,
    performGroupSync: sync,
    performUserAndGroupSync: sync,
    performUserAndGroupSyncAdvanced: sync,
    addAdminAccessUser: admins,
    removeAdminAccessUser: admins,
    addAdminAccessGroup: admins,
    removeAdminAccessGroup: admins,
    changeInternalAdminPassword: admins,
    applyDeviceSettings: bySite,
    addPrinterGroup:
      "Devices are in no groups here. Queues name their devices in the configuration.",
    setPrinterGroups:
      "Devices are in no groups here. Queues name their devices in the configuration.",
    deletePrinter: bySite,
    renamePrinter: bySite,
    getPrinterSnmpv3: snmp,
    enablePrinterSnmpv3: snmp,
    disablePrinterSnmpv3: snmp,
    getDeviceSnmpv3: snmp,
    enableDeviceSnmpv3: snmp,
    disableDeviceSnmpv3: snmp,
    performOnlineBackup: "A copy is made by `npx guichet backup` on the machine of this server.",
    processJob:
      "Only what a terminal has printed is charged as a job. Use api.adjustUserAccountBalance.",
    runCommand: "This server runs no programs for its callers.",
    generateScheduledReport: reports,
    generateAdHocReport: reports,
    createUserClientAccountsFile: popUp,
    installLicense: "This server needs no licence.",
    saveThreadSnapshot: "What the server is busy with is told at /metrics.",
  }).map(([name, sentence]) => [`api.${name}`, sentence]),
);
