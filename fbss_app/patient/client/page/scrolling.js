// In a frame it is the page around it that scrolls: framed.js tells it.
export const toTop = () => {
  window.scrollTo(0, 0);
  window.dispatchEvent(new Event("abs:top"));
};

// Shows a part of the page that is nobody's answer: where it lies is told.
export const reveal = (element) => {
  element.scrollIntoView({ block: "nearest" });
  window.dispatchEvent(new CustomEvent("abs:reveal", { detail: element.getBoundingClientRect().top }));
};
