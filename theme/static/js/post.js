// What a text gets beside what it can do without scripts: each piece is loaded where there is something for it. What they
// say to readers is written in the page, in the attributes of this script's element.
const words = document.querySelector("script[data-copied]").dataset
const wanted = {
  ".prose .highlight > pre": "./code.js",
  ".prose .anchor": "./anchors.js",
  ".prose .footnote-ref a": "./footnotes.js",
  ".prose .poster": "./posters.js",
}
for (const [selector, module] of Object.entries(wanted)) {
  if (document.querySelector(selector)) import(module).then(({ enhance }) => enhance(document.querySelectorAll(selector), words))
}
