// Where a bucket is asked, and through which proxy.

import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { createSecureContext, type SecureContext } from 'node:tls';
import { TableProblem } from '../table/tableProblem';
import { valueOf, type AwsConfiguration, type Environment } from './awsConfiguration';
import type { S3Settings } from './objectStore';
import { encodePath } from './signature';

/** What settings, variables and the profile say of the service; nothing of who asks. */
export interface Service {
  /** Undefined for AWS itself. */
  readonly endpoint: URL | undefined;
  readonly region: string;
  /** A file with the certificates of the authorities to be trusted; the well-known ones without it. */
  readonly authorities: string | undefined;
  readonly proxies: Proxies;
}

/** The URLs of proxies as the settings or variables spell them, by what is asked through them. */
interface Proxies {
  readonly source: 'settings' | 'variables';
  readonly byProtocol: Readonly<Record<Address['protocol'], string | undefined>>;
  readonly except: readonly string[];
}

/** Where one request goes. */
export interface Address {
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  readonly port: number;
  /** With the port, where it is not the scheme's own. */
  readonly host: string;
  /** Encoded. */
  readonly path: string;
}

const firstRegion = 'us-east-1';

/** In the order of the AWS command line: settings, variables, the profile. */
export function findService(settings: S3Settings, env: Environment, configuration: AwsConfiguration): Service {
  const name = settings.profile ?? valueOf(env, 'AWS_PROFILE') ?? 'default';
  const profile = configuration.profile(name)?.settings;
  const ignored = (valueOf(env, 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS') ?? profile?.get('ignore_configured_endpoint_urls')) === 'true';
  const services = profile?.get('services');
  const configured =
    valueOf(env, 'AWS_ENDPOINT_URL_S3') ??
    valueOf(env, 'AWS_ENDPOINT_URL') ??
    (services === undefined ? undefined : configuration.service(services, 's3', 'endpoint_url')) ??
    profile?.get('endpoint_url');
  const endpoint = settings.endpoint ?? (ignored ? undefined : configured);
  return {
    endpoint: endpoint === undefined ? undefined : parseEndpoint(endpoint),
    region: settings.region ?? valueOf(env, 'AWS_REGION') ?? valueOf(env, 'AWS_DEFAULT_REGION') ?? profile?.get('region') ?? firstRegion,
    authorities: valueOf(env, 'AWS_CA_BUNDLE') ?? profile?.get('ca_bundle'),
    proxies: findProxies(settings, env),
  };
}

/** `HTTPS_PROXY` or `HTTP_PROXY`, and what `NO_PROXY` leaves out; in small letters as well. */
function findProxies({ proxy, noProxy }: S3Settings, env: Environment): Proxies {
  const variable = (name: string): string | undefined => valueOf(env, name.toLowerCase()) ?? valueOf(env, name);
  const except = noProxy ?? (variable('NO_PROXY') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  if (proxy !== undefined) return { source: 'settings', byProtocol: { 'http:': proxy, 'https:': proxy }, except };
  const all = variable('ALL_PROXY');
  const byProtocol = { 'http:': variable('HTTP_PROXY') ?? all, 'https:': variable('HTTPS_PROXY') ?? all };
  return { source: 'variables', byProtocol, except };
}

function parseEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new TableProblem('wrong-location', `the endpoint "${text}" is no URL of a server: expected https://host or http://host:port`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new TableProblem(
      'wrong-location',
      `the endpoint ${url.protocol}//…@${url.host} holds a password: credentials belong into a profile`,
    );
  }
  return url;
}

/** A bucket is part of the name of the host at AWS, where it can be; elsewhere it begins the path. */
export function addressOf({ endpoint }: Service, region: string, bucket: string, key: string): Address {
  if (endpoint !== undefined) {
    const protocol = endpoint.protocol === 'http:' ? 'http:' : 'https:';
    const port = endpoint.port === '' ? (protocol === 'http:' ? 80 : 443) : Number(endpoint.port);
    const path = `${endpoint.pathname.replace(/\/$/, '')}/${encodePath(bucket)}${key === '' ? '' : `/${encodePath(key)}`}`;
    // An IPv6 address stands in brackets in a URL alone.
    return { protocol, hostname: endpoint.hostname.replace(/^\[|\]$/g, ''), port, host: endpoint.host, path };
  }
  if (!/^[a-z0-9-]+$/.test(region)) throw new TableProblem('wrong-location', `"${region}" is not the name of an AWS region`);
  const server = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  // The certificate of the server covers one name in front of it; dots and capitals are left to the path.
  const isHost = /^[a-z0-9-]+$/.test(bucket);
  const host = isHost ? `${bucket}.${server}` : server;
  const path = isHost ? `/${encodePath(key)}` : `/${encodePath(bucket)}${key === '' ? '' : `/${encodePath(key)}`}`;
  return { protocol: 'https:', hostname: host, port: 443, host, path };
}

/** How connections to an address are made. */
export interface Connecting {
  readonly agent: HttpAgent;
  /** For the server behind a proxy, too: agents for proxies forget what they are told of it. */
  readonly secureContext: SecureContext | undefined;
  /** The host and port of the proxy, if there is one. */
  readonly proxy: string | undefined;
}

export type ConnectingTo = (address: Address) => Connecting;

/** Connections that are kept for the next request, through the proxy that there is for a host. */
export function keepConnections({ authorities, proxies }: Service): ConnectingTo {
  const agents = new Map<string, Connecting>();
  const kept = { keepAlive: true, maxSockets: 64 };
  return ({ protocol, hostname, port }) => {
    const proxy = isExcepted(proxies, hostname, port) ? undefined : proxies.byProtocol[protocol];
    const key = `${protocol} ${proxy ?? ''}`;
    const known = agents.get(key);
    if (known) return known;
    const isTrusting = protocol === 'https:' && authorities !== undefined;
    const secureContext = isTrusting ? createSecureContext({ ca: readAuthorities(authorities) }) : undefined;
    const url = proxy === undefined ? undefined : parseProxy(proxy, protocol, proxies);
    const connecting: Connecting = { agent: newAgent(protocol, url, kept), secureContext, proxy: url?.host };
    agents.set(key, connecting);
    return connecting;
  };
}

function newAgent(protocol: Address['protocol'], proxy: URL | undefined, options: object): HttpAgent {
  if (proxy === undefined) return protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  return protocol === 'https:' ? new HttpsProxyAgent(proxy, options) : new HttpProxyAgent(proxy, options);
}

function parseProxy(proxy: string, protocol: Address['protocol'], { source }: Proxies): URL {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new TableProblem('unreachable', `the proxy for ${protocol}// in the ${source} is no URL of http:// or https://`);
  }
  return new URL(url);
}

function readAuthorities(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new TableProblem('unreachable', `the certificates in ${file} (AWS_CA_BUNDLE) cannot be read: ${code}`, { cause: error });
  }
}

/** The host, a domain above it, or `*`; of one port alone, where the exception names it. */
function isExcepted({ except }: Proxies, hostname: string, port: number): boolean {
  return except.some((entry) => {
    const [, name = '', only] = /^(.*:.*:.*|.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (only !== undefined && Number(only) !== port) return false;
    const domain = name.replace(/^\*?\./, '');
    return name === '*' || hostname.toLowerCase() === domain || hostname.toLowerCase().endsWith(`.${domain}`);
  });
}
