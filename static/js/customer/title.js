// The tab itself tells: its title, and a dot on its icon while it is this visitor's turn.

const DOT = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="#ffc61a"/></svg>')}`;

const link = document.querySelector("link[rel=icon]");
const plain = link?.href;
let steady = document.title;
let timer = null;

export function setTitle(title, isTurn) {
  if (title !== steady) document.title = title;
  steady = title;
  const wanted = isTurn ? DOT : plain;
  if (link && link.href !== wanted) link.href = wanted;
}

/** Alternate with another title once a second while nobody looks at the tab. */
export function blink(other) {
  calm();
  timer = setInterval(() => {
    document.title = document.hidden && document.title === steady ? other : steady;
  }, 1000);
}

export const isBlinking = () => timer !== null;

export function calm() {
  clearInterval(timer);
  timer = null;
  document.title = steady;
}
