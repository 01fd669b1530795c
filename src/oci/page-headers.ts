const pageHeaders = ['opc-next-page-id', 'opc-next-page'] as const;

/**
 * The SDK reads one of two headers for the next page, another one for each operation of Log Analytics, and would take
 * an answer with the other one for the last page. So an answer that has one of them gets both.
 */
export function acceptEitherPageHeader(response: Response, service: string): Response {
  if (service !== 'LogAnalytics') return response;
  const value = pageHeaders.map((name) => response.headers.get(name)).find(Boolean);
  for (const name of pageHeaders) {
    if (value && !response.headers.get(name)) response.headers.set(name, value);
  }
  return response;
}
