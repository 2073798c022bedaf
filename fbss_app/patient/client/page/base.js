// Where these pages lie: at the app's own addresses, or at those of a clinic, which are `/c/<clinic>` and,
// in a frame, `/embed/<clinic>`. The server writes which into the html element of a clinic's pages.
const { clinic: written, store, framed } = globalThis.document?.documentElement.dataset ?? {};

// What an invitation has of its clinic, and the `kind` of the pages; null elsewhere.
export const clinic = written ? JSON.parse(written) : null;
export const isFramed = framed !== undefined;
export const base = clinic ? `/${clinic.kind}/${clinic.slug}` : "";
// What the names of everything that is kept begin with.
export const storePrefix = store ?? "abs:";

export const isOpen = ({ until }) => !(new Date(until) < new Date());

// The invitation that counts here, of those that are kept: on a clinic's own pages one of that clinic. They
// ask by themselves: whoever has none, or one that is over, gets one as they send.
export const invitationHere = (kept) => {
  if (!clinic) return kept;
  const counts = (one) => one?.slug === clinic.slug && (one.sentFor || isOpen(one));
  return [kept, ...(kept?.earlier ?? [])].find(counts) ?? clinic;
};

// The address of this page as the app's own pages are called.
export const ownPath = () => window.location.pathname.slice(base.length) || "/";

let band;

// What the server wrote of the clinic above the page. Each further page shows the same.
export const clinicBand = () => {
  band ??= globalThis.document?.getElementById("clinic-band")?.innerHTML;
  return band ?? "";
};
