import { AzureCallError, AzureSignInError } from './azure-error.js';

/** How Node's TLS names a certificate that it does not trust. */
const certificate = /certificate|SELF_SIGNED|UNABLE_TO_|CERT_/i;

/** How Node and the SDK name a server that cannot be reached. */
const unreachable = /E(?:CONN|NOTFOUND|TIMEDOUT|AI_AGAIN|HOSTUNREACH|NETUNREACH)|aborted/;

/** What to do about a failed call. */
export function adviceForAzureCall(error: unknown): string {
  if (error instanceof AzureSignInError) return adviceForSignIn(error.message);
  if (!(error instanceof AzureCallError)) return 'Run it again; if it stays so, report it.';
  const { status, message } = error;
  if (status === 401)
    return 'Compare azure.cloud, azure.endpoint and azure.audience: the token is for another service.';
  if (status === 403)
    return 'Give the principal the role Log Analytics Reader on the workspace; that takes some minutes.';
  if (status === 404)
    return 'Compare the workspace ids with those of the portal (Workspace ID, not the resource id).';
  if (status === 429)
    return 'Azure limits queries of a principal: run it again in some minutes, when less else is asking.';
  if (status !== null && status >= 500) return 'The fault is with the service: run it again later.';
  if (status !== null) return 'Report it, with the x-ms-client-request-id.';
  return certificate.test(message)
    ? adviceForCertificates
    : 'Check azure.endpoint, DNS, firewall, and the proxy of HTTPS_PROXY.';
}

const adviceForCertificates =
  'Something between here and Azure shows a certificate of its own: name its authority in azure.ca, or, with a proxy of HTTPS_PROXY, in NODE_EXTRA_CA_CERTS.';

function adviceForSignIn(message: string): string {
  if (certificate.test(message)) return adviceForCertificates;
  if (unreachable.test(message)) return 'Check azure.authority, DNS, firewall, and the proxy of HTTPS_PROXY.';
  if (message.includes('AADSTS7000222'))
    return 'The client secret has expired: make a new one for the app registration.';
  if (message.includes('AADSTS7000215')) {
    return 'Set azure.signIn.clientSecret to the value of the secret, not to its id.';
  }
  if (/AADSTS(?:90002|900023)/.test(message)) return 'Compare azure.signIn.tenantId and azure.cloud.';
  if (message.includes('AADSTS700016'))
    return 'Compare azure.signIn.clientId with the app registrations of the tenant.';
  return 'Compare azure.signIn with how this machine may sign in: docs/azure.md says what each type needs.';
}
