// A note opens below the paragraph that it belongs to. Without this, its number leads to the end and back.
export function enhance(references, words) {
  for (const reference of references) {
    const note = document.getElementById(decodeURIComponent(reference.hash.slice(1)))
    if (!note) continue
    reference.setAttribute("role", "button")
    reference.setAttribute("aria-expanded", "false")
    reference.addEventListener("click", (event) => {
      event.preventDefault()
      toggle(reference, note, words)
    })
    reference.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault()
        toggle(reference, note, words)
      }
    })
  }
}

function toggle(reference, note, words) {
  if (reference.opened) close(reference)
  else open(reference, note, words)
}

function open(reference, note, words) {
  const aside = document.createElement("aside")
  aside.className = "note-open"
  aside.setAttribute("aria-label", words.note.replace("{number}", reference.textContent))
  aside.append(...note.cloneNode(true).childNodes)
  for (const part of aside.querySelectorAll(".footnote-backref, [id]")) {
    if (part.matches(".footnote-backref")) part.remove()
    else part.removeAttribute("id")
  }
  aside.addEventListener("keydown", (event) => { if (event.key === "Escape") close(reference) })
  reference.addEventListener("keydown", closeOnEscape)
  const block = reference.closest("p, li, dd, td, blockquote, figcaption, h2, h3, h4") ?? reference
  if (block.matches("li, dd, td")) block.append(aside)
  else block.after(aside)
  reference.opened = aside
  reference.setAttribute("aria-expanded", "true")
}

function closeOnEscape(event) {
  if (event.key === "Escape") close(event.currentTarget)
}

function close(reference) {
  reference.removeEventListener("keydown", closeOnEscape)
  reference.opened.remove()
  delete reference.opened
  reference.setAttribute("aria-expanded", "false")
  reference.focus()
}
