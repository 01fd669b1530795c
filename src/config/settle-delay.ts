/**
 * Azure Backup sends the jobs of SQL Server and SAP HANA every six hours, and rows take up to half an hour more:
 * learn.microsoft.com, backup/backup-azure-monitoring-use-azuremonitor, "Diagnostic data update frequency".
 */
const settleDelayOfAzure = '390m';

/**
 * The configuration with the settle delay that its sources need, where it sets none. It is written into the content, and
 * no default of the schema, because a report is made again from its settings alone, without the sources.
 *
 * @param content as written, not checked yet
 */
export function withSettleDelay(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return content;
  if ('settleDelay' in content || !('sources' in content) || !Array.isArray(content.sources)) return content;
  const isAzure = content.sources.some(
    (source: unknown) =>
      typeof source === 'object' && source !== null && 'type' in source && source.type === 'azure-monitor',
  );
  return isAzure ? { ...content, settleDelay: settleDelayOfAzure } : content;
}
