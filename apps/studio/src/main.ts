import '@kinegraph/ui/tokens.css';
import './base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './app.vue';
import { router } from './router.js';

createApp(App).use(createPinia()).use(router).mount('#studio');
