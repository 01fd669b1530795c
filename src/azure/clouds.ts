/** Azure's clouds, each with services and a directory of its own. */
export type AzureCloud = 'public' | 'usgov' | 'china';

export interface AzurePlaces {
  /** Of the Logs query API, with its version: `https://api.loganalytics.io/v1`. */
  readonly endpoint: string;
  /** Of Microsoft Entra ID: `https://login.microsoftonline.com`. */
  readonly authority: string;
  /** Whom tokens are for. */
  readonly audience: string;
}

/** learn.microsoft.com: azure-monitor/logs/api/overview; entra/identity-platform/authentication-national-cloud */
const placesOfCloud: Readonly<Record<AzureCloud, AzurePlaces>> = {
  public: {
    endpoint: 'https://api.loganalytics.io/v1',
    authority: 'https://login.microsoftonline.com',
    audience: 'https://api.loganalytics.io',
  },
  usgov: {
    endpoint: 'https://api.loganalytics.us/v1',
    authority: 'https://login.microsoftonline.us',
    audience: 'https://api.loganalytics.us',
  },
  china: {
    endpoint: 'https://api.loganalytics.azure.cn/v1',
    authority: 'https://login.chinacloudapi.cn',
    audience: 'https://api.loganalytics.azure.cn',
  },
};

/** The places of a cloud, but for those that are named. */
export function azurePlaces(
  cloud: AzureCloud,
  { endpoint, authority, audience }: Partial<Record<keyof AzurePlaces, string | undefined>>,
): AzurePlaces {
  const standard = placesOfCloud[cloud];
  return {
    endpoint: endpoint === undefined ? standard.endpoint : withVersion(endpoint),
    authority: authority === undefined ? standard.authority : withoutSlash(authority),
    audience: audience === undefined ? standard.audience : withoutSlash(audience),
  };
}

/** The SDK adds no version to an endpoint that is named. */
function withVersion(endpoint: string): string {
  return new URL(endpoint).pathname === '/' ? `${withoutSlash(endpoint)}/v1` : withoutSlash(endpoint);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
