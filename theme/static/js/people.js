// Who is found by a query: reads the shards that it leads to, and puts the best first. Nothing here touches the page.
import { reader } from "./files.js";
import { words } from "./fold.js";

const UNSPACED = /[\u3040-\u9fff]/;
const MOST_SHARDS = 12;

/** Opens the finder's files below an address. A file is fetched once; `search` gives {total, more, people}. */
export function open(root) {
  const read = reader(root);
  const shard = async (prefix) => {
    const [split, lines] = await read(fileOf(prefix));
    return { split, people: (lines.people ??= lines.map(person)) };
  };
  let prefixes;
  const ready = async () => (prefixes ??= new Set(await read("-list.json")));

  async function gather(text, found) {
    const prefix = longest(prefixes, text);
    if (prefix === null) return false;
    const { split, people } = await shard(prefix);
    for (const one of people) found.set(one.handle, one);
    return split;
  }

  async function search(query, most) {
    const asked = words(query);
    if (!asked.length) return { total: 0, more: false, people: [] };
    await ready();
    const found = new Map();
    let more = await gather(asked.join(" "), found);
    if (asked.length > 1) {
      const best = asked.reduce((a, b) => (length(prefixes, b) > length(prefixes, a) ? b : a));
      more = await gather(best, found);
      const start = longest(prefixes, best);
      const below = more ? [...prefixes].filter((prefix) => prefix.startsWith(start)) : [];
      if (more && below.length <= MOST_SHARDS) {
        await Promise.all(below.map((prefix) => gather(prefix, found)));
        more = false;
      }
    }
    const ranked = [...found.values()].map((one) => [rank(one, asked), one]).filter(([place]) => place < 99);
    ranked.sort(([a, x], [b, y]) => a - b || compare(x.folded, y.folded) || compare(x.handle, y.handle));
    return { total: ranked.length, more, people: ranked.slice(0, most).map(([, one]) => one) };
  }
  return { ready, search };
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const length = (prefixes, text) => longest(prefixes, text)?.length ?? -1;

/** The longest prefix of a text that has a shard; null for none. */
function longest(prefixes, text) {
  for (let end = text.length; end >= 0; end--) if (prefixes.has(text.slice(0, end))) return text.slice(0, end);
  return null;
}

/** The name of a shard's file, as plugins/bylines/features/finder/pages.py gives it. */
export function fileOf(prefix) {
  const plain = Array.from(prefix, (c) => (/[a-z0-9]/i.test(c) ? c : c === " " ? "_" : `-${c.codePointAt(0).toString(16)}-`));
  return `${plain.join("") || "-"}.json`;
}

function person([handle, name, team = "", mark = "", also = ""]) {
  const own = words(name);
  return { handle, name, team, mark, own, folded: own.join(" "), other: [...words(handle), ...also.split(" ")], teams: words(team) };
}

const begins = (word, asked) => word.startsWith(asked) || (UNSPACED.test(word) && word.includes(asked));

/** How well somebody fits, 0 the best; 99 for not at all. */
function rank(one, asked) {
  const text = asked.join(" ");
  if (one.folded === text || one.handle === text) return 0;
  if (`${one.folded} `.startsWith(`${text} `)) return 1;
  if (` ${one.folded} `.includes(` ${text} `)) return 2;
  if (one.folded.startsWith(text)) return 3;
  if (every(asked, one.own)) return 4;
  if (every(asked, [...one.own, ...one.other])) return asked.some((word) => one.other.includes(word)) ? 5 : 6;
  return every(asked, [...one.own, ...one.other, ...one.teams]) ? 7 : 99;
}

const every = (asked, known) => asked.every((word) => known.some((other) => begins(other, word)));
