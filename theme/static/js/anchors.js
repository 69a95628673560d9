// The link beside a heading also copies itself.
import { copy, say } from "./say.js"

const SHOWN = 2000

export function enhance(anchors, words) {
  for (const anchor of anchors) {
    anchor.addEventListener("click", async () => {
      if (!(await copy(anchor.href))) return
      anchor.dataset.said = words.linked
      say(words.linked)
      setTimeout(() => { delete anchor.dataset.said }, SHOWN)
    })
  }
}
