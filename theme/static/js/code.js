// A button on each block of code that copies it.
import { copy, say } from "./say.js"

const SHOWN = 2000

export function enhance(blocks, words) {
  if (!navigator.clipboard) return
  for (const block of blocks) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "copy"
    button.textContent = words.copy
    button.addEventListener("click", async () => {
      const said = (await copy(block.textContent)) ? words.copied : words.failed
      button.textContent = said
      say(said)
      setTimeout(() => { button.textContent = words.copy }, SHOWN)
    })
    block.parentElement.append(button)
  }
}
