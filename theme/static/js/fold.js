// Words as the finder compares them: without case, accents and width. The same as plugins/bylines/features/finder/fold.py
// does when shards are built. It does not put other scripts into Latin letters, nor ö for oe: the shards hold those spellings.

const LETTERS = new Map(
  ("æae ðd øo þth ßss đd ħh ıi ĸq łl ŋn œoe ŧt ƀb ɓb ƃb ƈc ɖd ɗd ƌd ɛe ƒf ɠg ƕhv ɨi ƙk ƚl ɲn ƞn ƣoi ƥp ʀr ƫt ƭt ʈt ʋv " +
   "ƴy ƶz ǥg ȡd ȥz ȴl ȵn ȶt ȷj ȸdb ȹqp ⱥa ȼc ⱦt ȿs ɀz ʉu ɇe ɉj ɍr ɏy ςσ")
    .split(" ").map((pair) => [pair[0], pair.slice(1)]),
);
const DROPPED = /['’‘ʼʻ`´\u0640\u00ad\u200b-\u200f]/g;
const letter = (c) => LETTERS.get(c) ?? (c >= "\u30a1" && c <= "\u30f6" ? String.fromCodePoint(c.codePointAt(0) - 0x60) : c);

/** The words of a text, folded. */
export function words(text) {
  const plain = text.replace(DROPPED, "").normalize("NFKD").toLowerCase().normalize("NFKD");
  const folded = Array.from(plain, letter).join("").replace(/\p{Mn}/gu, "");
  return folded.split(/[^\p{L}\p{N}\p{Mc}]+/u).filter(Boolean);
}
