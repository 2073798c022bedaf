// Elements made by hand, not by React, so that no page carries them before they are wanted.

// Properties as the browser names them; those of `attributes` are set as they are written in HTML.
export const element = (name, { attributes = {}, ...properties } = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

export const button = (textContent, kind, onclick) =>
  element("button", { type: "button", textContent, onclick, className: `button button-${kind}` });

const STYLES = "/sharing.css";

// The stylesheet that the pages about links and copies have; elsewhere it comes when it is wanted.
export const withSharingStyles = () =>
  new Promise((resolve) => {
    if (document.querySelector(`link[href="${STYLES}"]`)) return resolve();
    const link = element("link", { rel: "stylesheet", href: STYLES, onload: resolve, onerror: resolve });
    return document.head.append(link);
  });
