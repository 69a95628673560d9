// What `serve` adds to each page: it reloads it after a build, and shows what is wrong. In a shadow tree, where the page's
// own style does not reach the panel, nor the panel's the page.
new EventSource("/.bylines/reload").onmessage = () => location.reload()

const STYLE = `
  :host { position: fixed; inset: auto 0 0 0; z-index: 99 }
  details { background: #fff4e5; color: #3d2500; border-block-start: 3px solid #b45309; font: 15px/1.5 system-ui;
    max-block-size: 40vh; overflow: auto }
  summary { padding: .5em 1em; cursor: pointer; font-weight: 600 }
  ul { margin: 0; padding: 0 1em .8em 2.2em }
  li { overflow-wrap: anywhere }`

const problems = await (await fetch("/.bylines/problems")).json()
if (problems.length) {
  const host = document.createElement("div")
  host.id = "site-problems"
  const root = host.attachShadow({ mode: "open" })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLE)
  root.adoptedStyleSheets = [sheet]
  const details = root.appendChild(document.createElement("details"))
  details.open = true
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`
  details.appendChild(document.createElement("summary")).textContent = count
  const list = details.appendChild(document.createElement("ul"))
  for (const problem of problems) list.appendChild(document.createElement("li")).textContent = problem
  document.body.appendChild(host)
}
