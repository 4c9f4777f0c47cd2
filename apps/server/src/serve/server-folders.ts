import { serviceId } from '@kinegraph/core';

/** Where the server's files are. */
export interface ServerFolders {
  /** Absolute; relative paths of graphs that clients start refer to it. */
  readonly workspace: string;
}
export const ServerFolders = serviceId<ServerFolders>('server.ServerFolders');
