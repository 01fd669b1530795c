import { isIP } from 'node:net';

/** What a server is bound to, and what else it may be called. */
export interface ServerNames {
  /** As given: an address or a name. */
  readonly host: string;
  /** The address that it listens on; `0.0.0.0` and `::` are all of this machine. */
  readonly address: string;
  /** Further names: `reports.monitoring.svc`, or `*.example.com` for everything below it. */
  readonly others: readonly string[];
}

/**
 * Whether a request's `Host` names this server. Another site's name may resolve to this machine (DNS rebinding): a
 * browser then sends that name, and its page could read the answers.
 *
 * Allowed are the names of the loopback, what the server is bound to, and `others`, with any port: a forwarded port is
 * another one. Where it is bound to all addresses, every address is allowed, because rebinding needs a name: probes of
 * Kubernetes use the address of the pod. A request without `Host` (HTTP/1.0) comes from no browser.
 */
export function isAllowedHost(header: string | undefined, { host, address, others }: ServerNames): boolean {
  if (header === undefined) return true;
  const name = nameOf(header);
  if (name === null) return false;
  if (isLoopback(name)) return true;
  const isWild = ['0.0.0.0', '[::]'].includes(canonical(address) ?? '');
  if (isWild && isIP(withoutBrackets(name)) !== 0) return true;
  if (name === canonical(host) || name === canonical(address)) return true;
  return others.some((other) => isCalled(name, other));
}

function isCalled(name: string, other: string): boolean {
  if (!other.startsWith('*.')) return name === canonical(other);
  const below = canonical(other.slice(2));
  return below !== null && name.endsWith(`.${below}`);
}

/** The name in a `Host` header, without its port; null: it is none. */
function nameOf(header: string): string | null {
  const parts = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(header);
  return parts === null ? null : canonical(parts[1] ?? '');
}

/** One way of writing a name: small letters, no point at its end, addresses in short, those of version 6 in brackets. */
function canonical(name: string): string | null {
  const bare = withoutBrackets(name).replace(/%.*$/, '').replace(/\.$/, '').toLowerCase();
  if (isIP(bare) === 6) return new URL(`http://[${bare}]`).hostname;
  return /^[a-z0-9._-]+$/.test(bare) ? bare : null;
}

function withoutBrackets(name: string): string {
  return name.replace(/^\[(.*)\]$/, '$1');
}

/** 127.0.0.0/8, ::1 and how version 6 writes the former; `localhost` and what is below it, RFC 6761. */
function isLoopback(name: string): boolean {
  if (name === 'localhost' || name.endsWith('.localhost') || name === '[::1]') return true;
  return (
    (isIP(name) === 4 && name.startsWith('127.')) || /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(name)
  );
}
