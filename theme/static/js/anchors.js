// The link beside a heading also copies itself.
import { copy, say } from "./say.js"

const SHOWN = 2000

export function enhance(anchors) {
  for (const anchor of anchors) {
    anchor.addEventListener("click", async () => {
      if (!(await copy(anchor.href))) return
      anchor.dataset.said = "Link copied"
      say("Link copied")
      setTimeout(() => { delete anchor.dataset.said }, SHOWN)
    })
  }
}
