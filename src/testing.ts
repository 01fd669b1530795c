/* The contracts of ports as cases for any test runner (docs/own-modules.md): `from 'oci-backup-reporter/testing'`. */
export { channelContract } from './testing/channel-contract.js';
export type { ChannelOnTrial } from './testing/channel-contract.js';
export { kindContract } from './testing/kind-contract.js';
export type { KindOnTrial } from './testing/kind-contract.js';
export { sourceContract } from './testing/source-contract.js';
export type { ContractCase, SourceOnTrial } from './testing/source-contract.js';
