import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** Served by the server at /; `npm run dev` asks a server on its usual port. */
export default defineConfig({
  base: '/',
  plugins: [vue()],
  build: { target: 'es2022', sourcemap: true, reportCompressedSize: false, manifest: true },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:4242', ws: true } } },
});
