// Light or dark, where the reader chose one: said before the page is shown. Without scripts their system's choice holds.
(() => {
  const root = document.documentElement
  const key = "bylines-scheme"
  const system = matchMedia("(prefers-color-scheme: dark)")
  const remember = (scheme) => { try { localStorage.setItem(key, scheme) } catch { /* private windows forget */ } }
  const remembered = () => { try { return localStorage.getItem(key) } catch { return null } }
  const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches)

  const show = (scheme) => {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme
    else delete root.dataset.scheme
    document.querySelector(".scheme-switch")?.setAttribute("aria-pressed", String(isDark()))
  }

  root.dataset.scripts = ""
  show(remembered())
  system.addEventListener("change", () => show(remembered()))
  addEventListener("storage", (event) => { if (event.key === key) show(event.newValue) })
  addEventListener("DOMContentLoaded", () => {
    show(remembered())
    document.querySelector(".scheme-switch")?.addEventListener("click", () => {
      const scheme = isDark() ? "light" : "dark"
      remember(scheme)
      show(scheme)
    })
  })
})()
