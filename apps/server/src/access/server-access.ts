import { homedir, hostname } from 'node:os';
import path from 'node:path';
import { ContainerModule } from 'inversify';
import { serviceId } from '@kinegraph/core';
import type { Clock } from '@kinegraph/core';
import type { NodePlatformOptions } from '@kinegraph/core/node';
import type { LoadedConfig, ServerConfig } from '../config/index.js';
import { HttpGate } from '../http/http-gate.js';
import { SocketGate } from '../sockets/socket-gate.js';
import { graphsFolderOf, stateFolderOf } from '../store/state-folder.js';
import { AccessControl as Control } from './access-control.js';
import { httpGate } from './http-gate.js';
import { socketGate } from './socket-gate.js';
import { TokenStore, TokenStoreService } from './token-store.js';

/** Decides about every request and connection of this server. */
export type AccessControl = Control;
export const AccessControl = serviceId<AccessControl>('server.AccessControl');

type Env = Readonly<Record<string, string | undefined>>;

/** Where the tokens are unless the operator says otherwise: with the user's settings, never in a workspace. */
export function tokensFileOf({ access }: Pick<ServerConfig, 'access'>, env: Env): string {
  const { KINEGRAPH_HOME: home, XDG_CONFIG_HOME: settings } = env;
  if (access.tokensFile !== undefined) return access.tokensFile;
  if (home !== undefined && home !== '') return path.resolve(home, 'tokens.json');
  const folder = settings !== undefined && settings !== '' ? settings : path.join(homedir(), '.config');
  return path.join(folder, 'kinegraph', 'tokens.json');
}

/** What graphs may reach on this machine and its networks: options for the platform, and so for its workers. */
export function confinementOf(
  { config, file }: Pick<LoadedConfig, 'config' | 'file'>,
  env: Env,
): Required<Pick<NodePlatformOptions, 'files' | 'networkAllow'>> {
  const { tls } = config;
  const kept = [stateFolderOf(config), graphsFolderOf(config)];
  const own = [tokensFileOf(config, env), ...kept, tls?.key, tls?.cert, file].filter((name) => name !== undefined);
  return {
    files: {
      // A graph may name a model that was trained here, wherever that is.
      readFolders: [config.workspace, ...config.media.folders, ...[config.signs.folder ?? []].flat()],
      writeFolders: [config.workspace],
      protectedPaths: own,
    },
    networkAllow: config.media.networkAllow,
  };
}

/** The access of a server. */
export interface ServerAccess {
  readonly control: Control;
  /** Binds HttpGate, SocketGate and AccessControl. */
  readonly module: ContainerModule;
  /** What to print once the server listens. Makes the first token where there is none, which is shown this one time. */
  readonly lines: (url: string) => readonly string[];
}

/** Prepares who may do what. @throws TokensFileError */
export function openAccess(config: ServerConfig, services: { readonly clock: Clock; readonly env: Env }): ServerAccess {
  const tokens = new TokenStore(tokensFileOf(config, services.env));
  const control = new Control(config, tokens, services.clock);
  // Made when it is printed and not before: a start that fails in between would leave a token that nobody has seen.
  const firstToken = (): string | undefined =>
    !control.isOpen && tokens.list().length === 0
      ? tokens.create({ name: 'made at the first start', scopes: ['admin'] }).token
      : undefined;
  if (!control.isOpen) tokens.list(); // a file that cannot be used is told before anybody connects
  return {
    control,
    module: new ContainerModule(({ bind }) => {
      bind(AccessControl).toConstantValue(control);
      bind(TokenStoreService).toConstantValue(tokens);
      bind(HttpGate).toConstantValue({ handlers: httpGate(control, { isTls: config.tls !== undefined }) });
      bind(SocketGate).toConstantValue(socketGate(control));
    }),
    lines: (url) => startLines(reachable(url), config, control.isOpen, firstToken()),
  };
}

function startLines(url: string, config: ServerConfig, isOpen: boolean, first: string | undefined): string[] {
  if (isOpen) return [];
  return [
    ...(first === undefined ? [] : [`Open ${url}/?token=${first}`]),
    first === undefined
      ? 'It demands a token: "kinegraph tokens list" shows which there are, "kinegraph tokens create" makes one.'
      : 'This token may do everything and is not shown again; "kinegraph tokens create" makes others.',
    ...(config.tls === undefined && config.access.trustProxy.length === 0
      ? ['Tokens and pictures travel unencrypted: set tls.cert and tls.key, or put a proxy with TLS in front.']
      : []),
  ];
}

/** An address that stands for all is none to go to. */
function reachable(url: string): string {
  return url.replace(/\/\/(?:0\.0\.0\.0|\[::\])(?=:|$)/, `//${hostname()}`);
}
