/** What the bundler puts in place of `import.meta.glob` (the rest of its types clash with Node's). */
interface ImportMeta {
  glob<Module>(pattern: string, options: { eager: true; import: 'default'; query?: '?raw' }): Record<string, Module>
}
