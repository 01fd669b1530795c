import type { Check } from './check.js';
import { checkArtefacts } from './checks/check-artefacts.js';
import { checkAttestations } from './checks/check-attestations.js';
import { checkChain } from './checks/check-chain.js';
import { checkCheckpoints } from './checks/check-checkpoints.js';
import { checkDays } from './checks/check-days.js';
import { checkDeliveries } from './checks/check-deliveries.js';
import { checkForeign } from './checks/check-foreign.js';
import { checkKeys } from './checks/check-keys.js';
import { checkLines } from './checks/check-lines.js';
import { checkLogOfPlan } from './checks/check-log.js';
import { checkMadeBy } from './checks/check-made-by.js';
import { checkManifests } from './checks/check-manifests.js';
import { checkOwed } from './checks/check-owed.js';
import { checkPeriods } from './checks/check-periods.js';
import { checkRenaming } from './checks/check-renaming.js';
import { checkReport } from './checks/check-report.js';
import { checkRevisions } from './checks/check-revisions.js';
import { checkSignatures } from './checks/check-signatures.js';
import { checkStamps } from './checks/check-stamps.js';
import { checkTimestamps } from './checks/check-timestamps.js';

/** What `verify` checks without being asked for more. A further check is a file in checks/ and a line here. */
export const allChecks: readonly Check[] = [
  checkManifests,
  checkSignatures,
  checkCheckpoints,
  checkArtefacts,
  checkReport,
  checkLines,
  checkStamps,
  checkTimestamps,
  checkDeliveries,
  checkForeign,
  checkRevisions,
  checkChain,
  checkKeys,
  checkLogOfPlan,
  checkMadeBy,
  checkPeriods,
  checkAttestations,
  checkRenaming,
  checkDays,
  checkOwed,
];
