import type { paths } from '@kinegraph/client';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { answered, server } from './server.js';

type Session = paths['/api/v1/session']['get']['responses'][200]['content']['application/json'];
export type Scope = Session['scopes'][number];

/** What each allows, as the server decides it in the end. */
const ALLOWS: Readonly<Record<Scope, readonly Scope[]>> = {
  view: ['view'],
  ingest: ['ingest', 'view'],
  edit: ['edit', 'view'],
  deploy: ['deploy', 'edit', 'view'],
  admin: ['view', 'ingest', 'edit', 'deploy', 'admin'],
};

/** What whoever reads this may do. Until the server has told, all: it says no by itself. */
export const useSession = defineStore('session', () => {
  const session = shallowRef<Session>();

  async function load(): Promise<void> {
    session.value = await answered(server.GET('/api/v1/session'));
  }

  function may(scope: Scope): boolean {
    return session.value?.scopes.some((held) => ALLOWS[held].includes(scope)) ?? true;
  }

  return { session, load, may };
});
