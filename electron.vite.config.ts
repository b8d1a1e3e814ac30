import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { fileURLToPath } from 'node:url'

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
    build: {
      outDir: 'out/main',
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
    plugins: [react()],
    build: {
      outDir: folder('out/renderer'),
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      // The content security policy takes files of our own and no data: addresses.
      assetsInlineLimit: 0,
      minify: true,
      rollupOptions: { input: folder('src-renderer/index.html') },
    },
  },
})
