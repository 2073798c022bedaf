// A link that was just made, as the page shows it: as text, as a QR code, to copy and to pass on. Its
// secret is kept nowhere else on this phone, and goes with the page.
import { useEffect } from "react";
import { create } from "zustand";
import { clinic } from "../page/base.js";
import { focusOn } from "../page/form_page.js";
import { qrDrawing } from "./qr.js";

const NONE = Object.freeze({
  address: "", mail: "", title: "", role: "", until: "", qrPath: "", qrBox: "0 0 1 1", copying: "",
});
export const MADE_LINK = "made-link";

// `copying`: "" | "copied" | "failed"
export const useMadeLink = create(() => ({ ...NONE, canShare: false }));

export const showMadeLink = ({ secret, title, role, until }) => {
  const address = `${window.location.origin}${clinic ? `/c/${clinic.slug}` : ""}/open#${secret}`;
  const { size, path } = qrDrawing(address);
  useMadeLink.setState({
    ...NONE,
    address, title, role, until,
    mail: `mailto:?subject=After%20Back%20Surgery&body=${encodeURIComponent(address)}`,
    qrPath: path,
    qrBox: `0 0 ${size} ${size}`,
    canShare: Boolean(navigator.share),
  });
  focusOn(MADE_LINK);
};

export const forgetMadeLink = () => useMadeLink.setState(NONE);

const select = (element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
};

// Without HTTPS there is no clipboard: the text is marked, so that the phone's own Copy is one tap away.
export const copyMadeLink = async () => {
  try {
    await navigator.clipboard.writeText(useMadeLink.getState().address);
    useMadeLink.setState({ copying: "copied" });
  } catch {
    select(document.getElementById(`${MADE_LINK}-text`));
    useMadeLink.setState({ copying: "failed" });
  }
};

export const shareMadeLink = async () => {
  const { address } = useMadeLink.getState();
  // Closing the phone's list of apps counts as an error there, and is none.
  await navigator.share({ title: "After Back Surgery", url: address }).catch(() => {});
};

// A link belongs to the visit that made it.
export const useMadeLinkPage = () => useEffect(() => forgetMadeLink, []);
