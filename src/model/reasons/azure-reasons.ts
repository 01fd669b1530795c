/** Why the rows of Azure Monitor are not complete. */
export const azureReasons = {
  azureNotSignedIn: 'Microsoft Entra ID gave no token: {why}',
  azureAnswered: 'Azure Monitor answered {status}: {why} (x-ms-client-request-id {request})',
  azureFailed: 'the query to Azure Monitor failed: {why} (x-ms-client-request-id {request})',
  azureNoTable: 'the answer has no table of rows',
  azureAnswerTooLarge: 'the answer is larger than {mebibytes#} MiB',
  azureTooManyRows: 'it has {rows#} rows, and a query may give {limit#}',
  azureStopped: 'the reading was ended',
  azureOfWorkspace: 'workspace {workspace}: {why}',
  azureOfSlice: 'workspace {workspace}, {table}, {slice}: {why}',
  azureTableMissing:
    'workspace {workspace} has no table {table}: what vaults write there is not in this report',
  azureNoData:
    'there is no Azure Backup data in this workspace, neither AddonAzureBackupJobs nor AzureDiagnostics of Azure Backup: send the diagnostic setting of each vault to it',
  azureNoRows:
    'no row of Azure Backup came into this workspace since {since}, and vaults send at least once a day: see the diagnostic settings of the vaults, and how long the workspace keeps its data',
} as const;
