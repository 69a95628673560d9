// The page of search: a field, filters, people first, then posts. The address says what is asked, so that it can be linked.
import { open as openPeople } from "./people.js";
import { open } from "./search-index.js";

const SHOWN = 10;
const PEOPLE = 5;
const OPTIONS = 100;
const WAIT = 300; // milliseconds without a key
const KEYS = ["lang", "year", "author", "topic"];

for (const place of document.querySelectorAll(".search[data-search]")) enhance(place);

function enhance(place) {
  const words = place.dataset;
  const root = new URL(words.search, document.baseURI);
  const off = place.querySelector(".search-off");
  if (root.origin !== location.origin) {
    off.classList.add("search-off-here"); // a copy that is served elsewhere: its files cannot be fetched
    return;
  }
  off.replaceWith(place.querySelector("template").content.cloneNode(true));
  const one = (selector) => place.querySelector(selector);
  const form = one("form");
  const status = one("[role=status]");
  const list = one(".search-results");
  const more = one(".search-more");
  const narrow = one("details");
  const page = document.documentElement.lang;
  const day = new Intl.DateTimeFormat(page === "en" ? "en-GB" : page, { dateStyle: "long", timeZone: "UTC" });
  const index = open(root, [page, ...navigator.languages].map((lang) => lang.split("-")[0].toLowerCase()));
  const people = words.people ? openPeople(new URL(words.people, document.baseURI)) : null;
  const names = new Intl.DisplayNames([page, "en"], { type: "language", fallback: "code" });
  let search = null;
  let shown = 0;
  let asked = 0; // the number of the last question: an answer to an older one is dropped
  let timer = 0;
  let composing = false;

  const choice = () => Object.fromEntries(KEYS.map((key) => [key, form.elements[key].value]));
  const query = () => form.elements.q.value.trim();

  function say(text, values = {}) {
    status.textContent = text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }

  function address() {
    const url = new URL(location.pathname, location);
    for (const [key, value] of [["q", query()], ...Object.entries(choice())]) if (value) url.searchParams.set(key, value);
    return url;
  }

  /** Puts what the address asks for into the form. */
  function recall() {
    const asks = new URL(location).searchParams;
    form.elements.q.value = asks.get("q") ?? "";
    for (const key of KEYS) choose(form.elements[key], asks.get(key) ?? "");
    narrow.open ||= KEYS.some((key) => asks.get(key));
  }

  function choose(select, value) {
    if (![...select.options].some((option) => option.value === value)) select.append(new Option(value, value));
    select.value = value;
  }

  /** Offers options, each [value, text], after the first one, which is for all; what is chosen stays. */
  function offer(select, options) {
    const chosen = select.value;
    const text = select.selectedOptions[0]?.text;
    select.replaceChildren(select.options[0], ...options.map(([value, name]) => new Option(name, value)));
    if (![...select.options].some((option) => option.value === chosen)) select.append(new Option(text, chosen));
    select.value = chosen;
  }

  async function ask(way) {
    clearTimeout(timer);
    const own = ++asked;
    if (way) history[way](null, "", address());
    search?.close();
    search = null;
    if (!query()) {
      clear();
      say("");
      return;
    }
    say(words.asking);
    const current = index.search(query(), choice());
    try {
      const [found] = await Promise.all([findPeople(), current.next()]);
      if (own !== asked) return current.close();
      search = current;
      clear();
      showPeople(found);
      await show(own);
    } catch (error) {
      console.warn(error);
      if (own !== asked) return;
      clear();
      say(words.failed);
    }
  }

  function clear() {
    shown = 0;
    list.replaceChildren();
    one(".search-people").hidden = true;
    one(".search-posts").hidden = true;
    more.hidden = true;
  }

  async function findPeople() {
    if (!people || KEYS.some((key) => form.elements[key].value)) return [];
    return people.search(query(), PEOPLE).then((answer) => answer.people, () => []);
  }

  function showPeople(found) {
    one(".search-people").hidden = !found.length;
    one(".search-people ul").replaceChildren(...found.map((person) => {
      const item = document.createElement("li");
      const link = element("a", "", person.name);
      link.href = new URL(`../blogs/${person.handle}/`, root);
      const about = [person.mark === "g" ? words.group : person.team, person.mark === "l" ? words.alumni : ""].filter(Boolean);
      item.append(link, " ", element("span", "quiet", about.join(" · ")));
      return item;
    }));
  }

  /** Shows the next results that were found. */
  async function show(own) {
    const some = await Promise.all(search.results.slice(shown, shown + SHOWN).map(async (result) => ({ ...result, ...(await result.read()) })));
    if (own !== asked) return;
    const items = some.map(item);
    list.append(...items);
    shown += some.length;
    one(".search-posts").hidden = !shown;
    const all = shown === search.results.length;
    more.hidden = all && !search.left.length;
    more.textContent = all ? words.others : words.more;
    const total = search.results.length.toLocaleString(page);
    say(!shown ? words.none : search.left.length ? words.so_far : words.found, { total });
    tell(own, search, some, items).catch((error) => console.warn(error));
  }

  /** Who wrote what is shown, and when: it comes a moment later. */
  async function tell(own, current, some, items) {
    const { posts, people: called } = await current.facts(some);
    some.forEach(({ url }, number) => {
      const post = posts.get(url);
      if (!post) return;
      const by = post.people.map((handle) => {
        const link = element("a", "p-author", called[handle]);
        link.href = new URL(`../blogs/${handle}/`, root);
        return link;
      });
      const when = element("time", "", day.format(new Date(`${post.day}T00:00Z`)));
      when.dateTime = post.day;
      items[number].querySelector(".item-foot").prepend(...by, when);
    });
    if (narrow.open && own === asked) await offerFound(current);
  }

  async function offerFound(current) {
    const counts = await current.counts();
    if (current !== search) return;
    for (const [key, found] of [["author", counts.people], ["topic", counts.topics]]) {
      offer(form.elements[key], found.slice(0, OPTIONS).map(([value, name, count]) => [value, `${name} (${count})`]));
    }
  }

  function item({ url, title, excerpt, lang }) {
    const found = element("li", "item");
    const head = element("h3", "item-title");
    const link = element("a", "", title);
    link.href = new URL(`../${url}`, root);
    head.append(link);
    const text = element("p", "item-summary");
    text.append(...marked(excerpt));
    for (const part of [head, text]) part.lang = lang;
    const foot = element("p", "item-foot");
    if (lang !== page.split("-")[0]) foot.append(element("span", "", names.of(lang)));
    found.append(head, text, foot);
    return found;
  }

  /** A piece of text with what was found marked. Only our own marks are taken for such: all others were escaped. */
  function marked(excerpt) {
    const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("\u200b", "");
    return excerpt.split(/(<mark>.*?<\/mark>)/s).filter(Boolean).map((piece) =>
      piece.startsWith("<mark>") ? element("mark", "", plain(piece.slice(6, -7))) : plain(piece),
    );
  }

  async function goOn() {
    const own = asked;
    const before = shown;
    more.disabled = true;
    try {
      if (shown === search.results.length) {
        say(words.asking);
        await search.next();
      }
      if (own === asked) await show(own);
      list.children[before]?.querySelector("a").focus();
    } catch (error) {
      console.warn(error);
      if (own === asked) say(words.failed);
    }
    more.disabled = false;
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(() => ask("replaceState"), WAIT);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(address().href === location.href ? "replaceState" : "pushState");
  });
  form.elements.q.addEventListener("input", () => composing || soon());
  form.elements.q.addEventListener("compositionstart", () => (composing = true));
  form.elements.q.addEventListener("compositionend", () => {
    composing = false;
    soon();
  });
  for (const key of KEYS) form.elements[key].addEventListener("change", () => ask("pushState"));
  narrow.addEventListener("toggle", () => {
    if (narrow.open && search) offerFound(search).catch((error) => console.warn(error));
  });
  more.addEventListener("click", goOn);
  addEventListener("popstate", () => {
    recall();
    ask();
  });
  index.about().then(({ languages, years }) => {
    offer(form.elements.lang, languages.map((lang) => [lang, names.of(lang)]));
    offer(form.elements.year, years.map((year) => [String(year), String(year)]));
    one(".search-lang").hidden = languages.length < 2;
  }, (error) => console.warn(error));
  recall();
  if (query()) ask();
  else form.elements.q.focus();
}

function element(name, kind, text = "") {
  const found = document.createElement(name);
  if (kind) found.className = kind;
  if (text) found.textContent = text;
  found.dir = "auto";
  return found;
}
