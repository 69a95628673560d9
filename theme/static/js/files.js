// The files of a feature below an address: each is fetched once.

/** Gives what reads a file of JSON by its name. One that cannot be had is asked for again at the next call. */
export function reader(root) {
  const files = new Map();
  return (name) => {
    if (!files.has(name)) {
      const file = fetch(new URL(name, root)).then((answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return answer.json();
      });
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return files.get(name);
  };
}
