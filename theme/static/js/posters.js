// A click on a poster puts the video or the slides in its place. Until then nothing of another place is loaded.
// Without this, the poster is a link that leads there.
const words = document.querySelector(".poster-words")?.dataset ?? {}

export function enhance(posters) {
  for (const poster of posters) {
    const link = poster.querySelector("a")
    const { place } = poster.dataset
    const hint = link.querySelector(".poster-place")
    hint.textContent = place ? said(words.loads, place) : `${hint.textContent} · ${words.opens}`
    link.setAttribute("role", "button")
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      load(poster, link)
    })
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return
      event.preventDefault()
      load(poster, link)
    })
  }
}

const said = (text, place) => text.replace("{place}", place)

function load(poster, link) {
  const { frame: address, place } = poster.dataset
  const frame = document.createElement("iframe")
  frame.title = link.querySelector(".poster-title").textContent
  if (place) {
    frame.allow = "autoplay; fullscreen"
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation")
    // The origin alone, and only to those who play nothing without it.
    frame.referrerPolicy = "referrer" in poster.dataset ? "strict-origin" : "no-referrer"
  }
  frame.src = address
  const way = document.createElement("p")
  way.className = "poster-way"
  const out = document.createElement("a")
  out.href = link.href
  out.textContent = place ? said(words.elsewhere, place) : words.alone
  way.append(out)
  link.replaceWith(frame, way)
  poster.classList.add("poster-loaded")
  frame.focus()
}
