import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The review page, built into `dist/tab` and served by the bot under `/tab/`; addresses are relative to the page. */
export default defineConfig({
  root: path.join(import.meta.dirname, 'bot/tab/page'),
  base: './',
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/tab'),
    emptyOutDir: true,
    // Everything is served by address, so that the page needs no `data:` in its security policy.
    assetsInlineLimit: 0,
    // Teams' desktop client and current browsers.
    target: 'es2022',
    // Rolldown warns at 500 kB before compression; the limit is 350 kB gzipped, and the test measures it.
    chunkSizeWarningLimit: 1_500,
  },
});
