// What a text gets beside what it can do without scripts: each piece is loaded where there is something for it.
const wanted = {
  ".prose .highlight > pre": "./code.js",
  ".prose .anchor": "./anchors.js",
  ".prose .footnote-ref a": "./footnotes.js",
  ".prose .poster": "./posters.js",
}
for (const [selector, module] of Object.entries(wanted)) {
  if (document.querySelector(selector)) import(module).then(({ enhance }) => enhance(document.querySelectorAll(selector)))
}
