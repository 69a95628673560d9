// Says something to those who hear the page, and takes a text to the clipboard.
let place

export function say(words) {
  if (!place) {
    place = document.createElement("p")
    place.className = "unseen"
    place.setAttribute("role", "status")
    document.body.append(place)
  }
  place.textContent = ""
  // A moment later, so that the same words are said again.
  setTimeout(() => { place.textContent = words }, 100)
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
