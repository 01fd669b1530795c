/**
 * Operations as OCI Audit records them, by service: reads, changes, and names that are the beginning of a type about
 * backups. What is written twice comes with a begin and an end.
 */
export const auditNames: Readonly<Record<string, string>> = {
  ComputeApi:
    'LaunchInstance.begin LaunchInstance.end GetInstance ListInstances TerminateInstance.begin UpdateInstance',
  BlockVolumes:
    'CreateVolume CreateVolume.begin CreateVolume.end GetVolume ListVolumes UpdateVolume DeleteVolume CreateBootVolume UpdateBootVolume DeleteBootVolume CreateVolumeGroup UpdateVolumeGroup DeleteVolumeGroup CreateVolumeBackup UpdateVolumeBackup GetVolumeBackup ListVolumeBackups CopyVolumeBackup DeleteVolumeBackup GetVolumeBackupPolicyAssetAssignment CreateVolumeBackupPolicy UpdateVolumeBackupPolicy ListVolumeBackupPolicies CreateVolumeBackupPolicyAssignment DeleteVolumeBackupPolicyAssignment ChangeVolumeCompartment ChangeVolumeBackupCompartment',
  DatabaseService:
    'CreateBackup DeleteBackup DeleteBackup.begin DeleteBackup.end UpdateBackup CancelBackup GetBackup ListBackups CreateDatabase UpdateDatabase GetDatabase ListDatabases RestoreDatabase LaunchDbSystem ListDbSystems GetDbHome CreateDbHome UpdateDbHome CreateAutonomousDatabase UpdateAutonomousDatabase DeleteAutonomousDatabase GetAutonomousDatabase ListAutonomousDatabaseBackups CreateAutonomousDatabaseBackup UpdateAutonomousDatabaseBackup DeleteAutonomousDatabaseBackup RestoreAutonomousDatabase UpdateAutonomousContainerDatabase CreateBackupDestination UpdateBackupDestination DeleteBackupDestination ListBackupDestination ChangeDbSystemCompartment DbNodeAction UpdateCloudVmCluster CreatePluggableDatabase StopPluggableDatabase SwitchoverDataGuardAssociation',
  MySQLaaS:
    'CreateBackup GetBackup ListBackups DeleteBackup UpdateBackup CopyBackup UpdateDbSystem GetDbSystem DeleteDbSystem',
  PostgreSQL:
    'CreateBackup GetBackup ListBackups DeleteBackup UpdateBackup UpdateDbSystem DeleteDbSystem RestoreDbSystem',
  FileStorage:
    'CreateSnapshot GetSnapshot ListSnapshots DeleteSnapshot UpdateSnapshot CreateFileSystem DeleteFileSystem CreateFilesystemSnapshotPolicy GetExport',
  GoldenGate:
    'CreateDeployment UpdateDeployment DeleteDeployment RestoreDeployment CreateDeploymentBackup ListDeploymentBackups GetDeploymentBackup CancelDeploymentBackup',
  KeyManagementService:
    'CreateKey GetKey BackupKey BackupVault RestoreKey RestoreVault ListKeys UpdateVault ScheduleKeyDeletion',
  AutonomousRecoveryService:
    'CreateProtectedDatabase GetProtectedDatabase ListProtectedDatabases ScheduleProtectedDatabaseDeletion UpdateProtectionPolicy ListProtectionPolicies',
  ObjectStorage:
    'PutObject GetObject HeadObject ListObjects CreateBucket UpdateBucket GetBucket CreateRetentionRule ListRetentionRules DeleteRetentionRule UpdateRetentionRule',
  IdentityControlPlane:
    'CreateUser ListUsers GetPolicy UpdatePolicy CreateApiKey DeleteGroup ListCompartments',
  IdentitySignOn: 'InteractiveLogin CreateToken',
  VirtualNetwork:
    'CreateVcn UpdateSecurityList GetSubnet ListVnics ChangeVcnCompartment.begin ChangeVcnCompartment.end',
  CloudEvents: 'GetRule CreateRule UpdateRule ListRules',
  Logging: 'SearchLogs GetLog CreateLogGroup',
  LogAnalytics: 'Query ListSources ValidateSourceMapping',
  Streaming: 'CreateStream GetStream UpdateStreamPool',
  ServiceConnectors: 'CreateServiceConnector ActivateServiceConnector ListServiceConnectors',
  Monitoring: 'SummarizeMetricsData ListAlarms PostMetricData',
  BDS: 'CreateBdsInstance ListNodeBackups GetNodeBackupConfiguration AddWorkerNodes.begin AddWorkerNodes.end',
};
