// A button on each block of code that copies it.
import { copy, say } from "./say.js"

const SHOWN = 2000

export function enhance(blocks) {
  if (!navigator.clipboard) return
  for (const block of blocks) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "copy"
    button.textContent = "Copy"
    button.addEventListener("click", async () => {
      const words = (await copy(block.textContent)) ? "Copied" : "Could not be copied"
      button.textContent = words
      say(words)
      setTimeout(() => { button.textContent = "Copy" }, SHOWN)
    })
    block.parentElement.append(button)
  }
}
