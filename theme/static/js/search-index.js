// What is found by a query: asks Pagefind, a worker a language, about a few shards at a time, the newest first. Nothing here
// touches the page. The files are those of plugins/bylines/features/search/.
import { reader } from "./files.js";
import { words } from "./fold.js";

const FIRST = 6; // shards that are asked together at first; of the others, the more the longer nothing is found
const MOST = 24;
const PATIENCE = 30_000; // milliseconds without an answer

/** Opens search below an address, for a reader of some languages. `about` tells of languages and years; `search` gives a `Search`. */
export function open(root, own) {
  const read = reader(root);
  const list = async () => {
    const { version, shards } = await read("-list.json");
    return { version, shards: shards.map(([name, lang, years]) => ({ name, lang, years })) };
  };
  const engines = new Map();
  const engine = (lang, version) => {
    if (!engines.has(lang)) engines.set(lang, new Engine(root, lang, version, () => engines.delete(lang)));
    return engines.get(lang);
  };

  async function about() {
    const { shards } = await list();
    const all = (values) => [...new Set(values)];
    return { languages: all(shards.map((shard) => shard.lang)).sort(), years: all(shards.flatMap((shard) => shard.years)).sort().reverse() };
  }

  /** What is told of the posts of shards: a map from a post's address, and what people and topics are called. */
  async function facts(names) {
    const found = { posts: new Map(), people: {}, topics: {} };
    for (const one of await Promise.all([...names].map((name) => read(`facts/${name}.json`)))) {
      Object.assign(found.people, Object.fromEntries(one.people));
      Object.assign(found.topics, Object.fromEntries(one.topics));
      const keys = (numbers, table) => numbers.map((number) => table[number][0]);
      for (const [url, day, by, about] of one.posts) found.posts.set(url, { day, people: keys(by, one.people), topics: keys(about, one.topics) });
    }
    return found;
  }

  /** The same by the ids of results. */
  async function factsById(names) {
    const told = await facts(names);
    const ids = await Promise.all([...names].map((name) => read(`shards/${name}/-posts.json`)));
    const posts = new Map(ids.flat().map(([url, id]) => [id, told.posts.get(url)]));
    return { ...told, posts };
  }

  /** A query on its way through the shards. `results` are those so far: first in the reader's languages, the newest years first. */
  class Search {
    constructor(query, { lang = "", year = "", author = "", topic = "" } = {}) {
      Object.assign(this, { query, lang, year: Number(year), author, topic, results: [], left: null });
    }

    /** Asks the next shards until there is something new, or nothing left. */
    async next() {
      if (this.left === null) {
        const { version, shards } = await list();
        this.version = version;
        const left = shards.filter((shard) => (!this.lang || shard.lang === this.lang) && (!this.year || shard.years.includes(this.year)));
        const first = left.filter((shard) => own.includes(shard.lang));
        this.left = [first, left.filter((shard) => !own.includes(shard.lang))].flatMap(inFew);
      }
      const before = this.results.length;
      while (this.left.length && this.results.length === before) {
        const found = await Promise.all(this.left[0].map((shard) => this.ask(shard)));
        this.left.shift();
        this.results.push(...found.flat().sort((a, b) => b.score - a.score));
      }
    }

    /** What a shard has. Where it has not got a word, Pagefind takes a shorter one that the word begins with: that is none. */
    async ask(shard) {
      const found = await engine(shard.lang, this.version).search(this.query, shard.name);
      const filtered = this.author || this.topic || (this.year && shard.years.length > 1);
      const kept = found.length && filtered ? await this.only(found, shard.name) : found;
      if (kept.length && isFound(this.query, await kept[0].read())) return kept;
      for (const result of kept) result.release();
      return [];
    }

    async only(found, name) {
      const { posts } = await factsById([name]);
      return found.filter(({ id }) => {
        const post = posts.get(id);
        return post && (!this.author || post.people.includes(this.author)) && (!this.topic || post.topics.includes(this.topic)) &&
          (!this.year || post.day.startsWith(`${this.year}-`));
      });
    }

    /** What is told of the posts of some results. */
    facts(results) {
      return facts(new Set(results.map(({ shard }) => shard)));
    }

    /** By how many of the results so far people wrote, and topics are written about: the most first, as [key, name, posts]. */
    async counts() {
      const { posts, people, topics } = await factsById(new Set(this.results.map(({ shard }) => shard)));
      const found = this.results.map(({ id }) => posts.get(id)).filter(Boolean);
      return { people: ranked(found.flatMap((post) => post.people), people), topics: ranked(found.flatMap((post) => post.topics), topics) };
    }

    /** Lets go of what the workers hold for it. */
    close() {
      for (const result of this.results) result.release();
    }
  }

  return { about, search: (query, choice) => new Search(query, choice) };
}

function inFew(shards) {
  const found = [];
  for (let at = 0, few = FIRST; at < shards.length; at += few, few = Math.min(2 * few, MOST)) found.push(shards.slice(at, at + few));
  return found;
}

function ranked(keys, names) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([key, count]) => [key, names[key] ?? key, count]);
}

const UNSPACED = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]/;
const ENDING = 4; // letters that a word may lose, or have others, for a stemmer
const LEAST = 3;

/** Whether each word of a query stands in a post: as it is, longer, or with another ending. */
export function isFound(query, { title, matched }) {
  if (UNSPACED.test(query)) return true;
  const known = words([title, ...matched].join(" "));
  return words(query).every((word) => known.some((other) => {
    let same = 0;
    while (same < word.length && word[same] === other[same]) same++;
    return same === word.length || (same >= LEAST && word.length - same <= ENDING);
  }));
}

/** Pagefind's worker for a language: its stemmer is for that one alone. In it each shard is an index of its own. */
class Engine {
  #root;
  #lang;
  #home;
  #worker;
  #waiting = new Map();
  #indexes = new Map();
  #ready;
  #number = 0;

  constructor(root, lang, version, failed) {
    this.#root = root;
    this.#lang = lang;
    this.#home = new URL(`pagefind-${version}/${lang}/`, root).href;
    this.#worker = new Worker(new URL("pagefind-worker.js", this.#home));
    this.#worker.addEventListener("message", ({ data }) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.error) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.result);
    });
    this.fail = (why) => {
      failed();
      this.#worker.terminate();
      for (const waiting of this.#waiting.values()) waiting.reject(why);
      this.#waiting.clear();
    };
    this.#worker.addEventListener("error", () => this.fail(new Error("the worker failed")));
    this.#ready = this.#begin("", this.#home, { metaCacheTag: version });
    this.#ready.catch(this.fail);
  }

  #ask(name, method, ...args) {
    const id = this.#number++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(new Error(`${method}: no answer`)), PATIENCE);
      const done = (settle) => (value) => {
        clearTimeout(timer);
        settle(value);
      };
      this.#waiting.set(id, { resolve: done(resolve), reject: done(reject) });
      this.#worker.postMessage({ id, instanceId: name, method, args });
    });
  }

  /** Opens an index: it can be asked once it has answered. */
  async #begin(name, basePath, options) {
    await this.#ask(name, "init", { ...options, basePath, language: this.#lang, primary: true });
    await this.#ask(name, "search", "", {});
  }

  /** A shard, once the root of the language has begun the program, which all share. */
  #index(name) {
    if (!this.#indexes.has(name)) {
      const begun = this.#ready.then(() => this.#begin(name, new URL(`shards/${name}/`, this.#root).href));
      begun.catch(() => this.#indexes.delete(name));
      this.#indexes.set(name, begun);
    }
    return this.#indexes.get(name);
  }

  async search(query, name) {
    await this.#index(name);
    const { results } = await this.#ask(name, "search", query, {});
    return results.map(({ id, score, data }) => ({
      id,
      score,
      lang: this.#lang,
      shard: name,
      /** Address, title, words that were found, and a piece of the text in which they stand between <mark> and </mark>. */
      read: async () => {
        const { raw_url: url, meta, excerpt, content, locations } = await this.#ask(name, "getData", data);
        const all = content.split(/\s+/);
        return { url, title: meta.title ?? url, excerpt, matched: locations.map((place) => all[place] ?? "") };
      },
      release: () => this.#worker.postMessage({ id: -1, instanceId: name, method: "releaseData", args: [data] }),
    }));
  }
}
