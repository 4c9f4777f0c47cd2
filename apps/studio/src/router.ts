import { createRouter, createWebHistory } from 'vue-router';
import type { TextKey } from './i18n/en/index.js';
import HomePage from './home/home-page.vue';

declare module 'vue-router' {
  interface RouteMeta {
    /** What the page is called where one goes to it from everywhere; left out: one does not. */
    readonly nav?: TextKey;
    /** The page that this one belongs to, by name: it is marked where one is. */
    readonly within?: string;
  }
}

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: '/', name: 'home', component: HomePage },
    {
      path: '/graphs',
      name: 'graphs',
      component: async () => await import('./graphs/graphs-page.vue'),
      meta: { nav: 'nav.graphs' },
    },
    {
      path: '/graphs/:graph',
      name: 'editor',
      component: () => import('./editor/editor-page.vue'),
      props: true,
      meta: { within: 'graphs' },
    },
    {
      path: '/live/:run?',
      name: 'live',
      component: () => import('./live/live-page.vue'),
      props: true,
      meta: { nav: 'nav.live' },
    },
    {
      path: '/runs',
      name: 'runs',
      component: async () => await import('./runs/runs-page.vue'),
      meta: { nav: 'nav.runs' },
    },
    {
      path: '/runs/:run',
      name: 'run',
      component: async () => await import('./runs/run-page.vue'),
      props: true,
      meta: { within: 'runs' },
    },
    { path: '/teach', name: 'teach', component: () => import('./teach/teach-page.vue'), meta: { nav: 'nav.teach' } },
    {
      path: '/runs/:run/charts',
      name: 'charts',
      component: async () => await import('./charts/charts-page.vue'),
      props: true,
      meta: { within: 'runs' },
    },
    {
      path: '/sources',
      name: 'sources',
      component: async () => await import('./sources/sources-page.vue'),
      meta: { nav: 'nav.sources' },
    },
    {
      path: '/recordings',
      name: 'recordings',
      component: async () => await import('./recordings/recordings-page.vue'),
      meta: { nav: 'nav.recordings' },
    },
    {
      path: '/models',
      name: 'models',
      component: async () => await import('./models/models-page.vue'),
      meta: { nav: 'nav.models' },
    },
    {
      path: '/plugins',
      name: 'plugins',
      component: async () => await import('./plugins/plugins-page.vue'),
      meta: { nav: 'nav.plugins' },
    },
    {
      path: '/settings',
      name: 'settings',
      component: async () => await import('./settings/settings-page.vue'),
      meta: { nav: 'nav.settings' },
    },
    { path: '/:rest(.*)*', redirect: { name: 'graphs' } },
  ],
});
