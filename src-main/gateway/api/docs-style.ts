/** The style of the readable page: text first, in the colours of the app, light or dark as the system is. */
export const docsStyle = `
:root { color-scheme: light dark; --page: #fbfaf7; --ink: #23211d; --soft: #6a655b; --line: #dedacf; --link: #8a3d1c; --block: #f2efe7; }
@media (prefers-color-scheme: dark) { :root { --page: #1b1a18; --ink: #e9e5dc; --soft: #a59f92; --line: #3a3732; --link: #e9a27e; --block: #262420; } }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 18rem minmax(0, 1fr); background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem; border-right: 1px solid var(--line); font-size: 0.875rem; }
nav h2 { margin: 1.25rem 0 0.25rem; font-size: 0.875rem; border: 0; padding: 0; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { margin: 0.25rem 0; }
nav a { color: var(--ink); }
.name { margin: 0; font-weight: 600; }
main { padding: 2.5rem; max-width: 60rem; }
h1 { margin: 0 0 1rem; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3rem 0 1rem; padding-bottom: 0.4rem; border-bottom: 1px solid var(--line); font-size: 1.4rem; }
h3 { margin: 0 0 0.4rem; font-size: 1.1rem; }
h4 { margin: 1rem 0 0.25rem; font-size: 0.875rem; color: var(--soft); }
section { margin: 0 0 2.5rem; scroll-margin-top: 1rem; }
p { margin: 0.4rem 0; }
a { color: var(--link); text-underline-offset: 0.15em; }
nav a { text-decoration: none; }
nav a:hover, nav a:focus-visible { text-decoration: underline; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.875em; }
pre { margin: 0.4rem 0; padding: 0.9rem 1rem; background: var(--block); border-radius: 6px; overflow-x: auto; font-size: 0.875rem; }
dl { margin: 0.25rem 0; }
dt { margin-top: 0.5rem; }
dd { margin: 0 0 0 1.25rem; color: var(--soft); }
dd dl, dd ul { color: var(--ink); border-left: 1px solid var(--line); padding-left: 1rem; }
em { color: var(--soft); }
.method { display: inline-block; min-width: 4rem; font-weight: 600; font-size: 0.875rem; }
.address { overflow-wrap: anywhere; }
.failures { color: var(--soft); font-size: 0.875rem; }
@media (max-width: 50rem) { body { grid-template-columns: minmax(0, 1fr); } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 1.5rem; } }
`
