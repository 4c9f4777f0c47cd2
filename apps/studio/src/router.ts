import { createRouter, createWebHistory } from 'vue-router';
import GraphsPage from './graphs/graphs-page.vue';

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: '/', name: 'graphs', component: GraphsPage },
    { path: '/graphs/:graph', name: 'editor', component: () => import('./editor/editor-page.vue'), props: true },
    { path: '/:rest(.*)*', redirect: { name: 'graphs' } },
  ],
});
