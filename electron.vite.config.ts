import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { fileURLToPath } from 'node:url'
import { dependencies } from './package.json'
import { shippedPackages } from './src-main/packaging/shipped-packages.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const alias = {
  '@contract': folder('src-preload/contract'),
  '@main': folder('src-main'),
  '@renderer': folder('src-renderer'),
  '@resources': folder('resources'),
}

export default defineConfig({
  main: {
    resolve: { alias },
    plugins: [shippedPackages({ root: folder('.'), outside: Object.keys(dependencies) })],
    build: {
      outDir: 'out/main',
      // Into the bundle goes everything but what package.json has as "dependencies", which brings binaries and is shipped as
      // it is: as files of its own, finding and linking code takes longer than running it.
      rollupOptions: {
        input: { index: folder('src-main/index.ts'), serve: folder('src-main/serve.ts') },
        // Beside the entries, so that `../renderer` means the same in every file.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: folder('src-preload/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: folder('src-renderer'),
    base: './',
    resolve: { alias },
    plugins: [react(), shippedPackages({ root: folder('.') })],
    build: {
      outDir: folder('out/renderer'),
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      // They come from this computer.
      chunkSizeWarningLimit: 2000,
      // The content security policy takes files of our own and no data: addresses.
      assetsInlineLimit: 0,
      minify: true,
      rollupOptions: {
        input: folder('src-renderer/index.html'),
        output: {
          // main.tsx: zod must be told before the first schema is made, in whichever chunk that is.
          strictExecutionOrder: true,
          // What the first picture needs is one file, and what several screens share another: each file costs the start
          // more than the few letters that it saves.
          codeSplitting: {
            groups: [
              { name: 'start', tags: ['$initial'], priority: 2 },
              { name: 'shared', minShareCount: 2, priority: 1 },
            ],
          },
        },
      },
    },
  },
})
