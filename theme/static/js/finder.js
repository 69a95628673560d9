// The field that finds a person as one types (the ARIA combobox with a listbox). It takes the place of a link to the letters.
import { open } from "./people.js";

const SHOWN = 10;
const WAIT = 40; // milliseconds without a key

for (const place of document.querySelectorAll("[data-finder]")) enhance(place);

function enhance(place) {
  const words = place.dataset;
  const root = new URL(words.finder, document.baseURI);
  if (root.origin !== location.origin) return; // a copy that is served elsewhere: the link still leads to the letters
  const finder = open(root);
  place.querySelector("a").replaceWith(place.querySelector("template").content.cloneNode(true));
  const field = place.querySelector("input");
  const list = place.querySelector("[role=listbox]");
  const status = place.querySelector("[role=status]");
  let asked = 0; // the number of the last question: an answer to an older one is dropped
  let timer = 0;
  let composing = false;
  let chosen = -1;

  const figure = (number) => number.toLocaleString(document.documentElement.lang);
  const options = () => list.children;
  const isOpen = () => !list.hidden;
  const blog = (handle) => new URL(`../blogs/${handle}/`, root).href;
  const onward = () => new URL(`?q=${encodeURIComponent(field.value.trim())}`, new URL(words.search, document.baseURI)).href;

  function close() {
    asked++;
    clearTimeout(timer);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(index) {
    options()[chosen]?.setAttribute("aria-selected", "false");
    chosen = index;
    const option = options()[index];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function span(name, text) {
    const found = document.createElement("span");
    found.className = name;
    found.dir = "auto";
    found.textContent = text;
    return found;
  }

  function option(one, index) {
    const found = document.createElement("li");
    found.id = `${list.id}-${index}`;
    found.setAttribute("role", "option");
    found.setAttribute("aria-selected", "false");
    found.dataset.url = blog(one.handle);
    const about = [one.mark === "g" ? words.group : one.team, one.mark === "l" ? words.alumni : ""].filter(Boolean);
    found.append(span("finder-name", one.name), " ", span("finder-about", about.join(" · ")));
    return found;
  }

  /** The last option, where there is search: to ask the posts the same. */
  function posts(index) {
    const found = document.createElement("li");
    found.id = `${list.id}-${index}`;
    found.setAttribute("role", "option");
    found.setAttribute("aria-selected", "false");
    found.dataset.url = onward();
    found.append(span("finder-posts", words.posts.replace("{query}", field.value.trim())));
    return found;
  }

  function show({ total, more, people }) {
    list.replaceChildren(...people.map(option), ...(words.search ? [posts(people.length)] : []));
    chosen = -1;
    choose(-1);
    list.hidden = !options().length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    const said = !total ? words.none : more ? words.many : total > people.length ? words.some : total === 1 ? words.one : words.all;
    status.textContent = said.replace("{shown}", figure(people.length)).replace("{total}", figure(total));
    status.classList.toggle("unseen", total > 0 && !more && total <= people.length);
  }

  async function ask() {
    const own = ++asked;
    const query = field.value;
    if (!query.trim()) {
      close();
      status.textContent = "";
      return;
    }
    try {
      const answer = await finder.search(query, SHOWN);
      if (own === asked) show(answer);
    } catch {
      if (own === asked) {
        close();
        status.textContent = words.failed;
        status.classList.remove("unseen");
      }
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  }

  function onKey(event) {
    if (composing || event.isComposing || event.altKey && event.key !== "ArrowDown") return;
    const last = options().length - 1;
    const to = { ArrowDown: chosen < last ? chosen + 1 : 0, ArrowUp: chosen > 0 ? chosen - 1 : last, Home: 0, End: last };
    if (event.key === "Escape") {
      if (isOpen()) close();
      else {
        field.value = "";
        status.textContent = "";
      }
    } else if (event.key === "ArrowDown" && !isOpen() && field.value.trim()) {
      ask();
    } else if (event.key in to && isOpen() && (chosen >= 0 || event.key.startsWith("Arrow"))) {
      choose(to[event.key]);
    } else if (event.key === "Enter") {
      if (isOpen()) location.assign(options()[Math.max(chosen, 0)].dataset.url);
      else if (words.search && field.value.trim()) location.assign(onward());
    } else return;
    event.preventDefault();
  }

  field.addEventListener("focus", () => finder.ready().catch(() => {}), { once: true });
  field.addEventListener("input", () => composing || soon());
  field.addEventListener("compositionstart", () => (composing = true));
  field.addEventListener("compositionend", () => {
    composing = false;
    soon();
  });
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const url = event.target.closest("[role=option]")?.dataset.url;
    if (url) location.assign(url);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
