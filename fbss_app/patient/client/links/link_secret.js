// The secret that a link carries after the # of the address. An inline script of the page takes it out
// of there before anything else runs; what comes later is taken out here.
const SECRET = /^#[\w-]{20,}$/;

export const isSecret = (hash) => SECRET.test(hash);

export const takeSecret = () => {
  const { hash, pathname } = window.location;
  const isThere = isSecret(hash);
  if (isThere) window.history.replaceState(window.history.state, "", pathname);
  const found = window.linkSecret || (isThere ? hash.slice(1) : "");
  window.linkSecret = "";
  return found;
};
