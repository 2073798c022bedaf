// In a frame it is the page around it that scrolls: framed.js tells it.
export const toTop = () => {
  window.scrollTo(0, 0);
  window.dispatchEvent(new Event("abs:top"));
};
