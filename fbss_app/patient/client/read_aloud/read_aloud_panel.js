// The controls while a page is read aloud: pause, stop, speed. Made by hand, not by React, so that no
// page carries them before they are wanted.
import { words } from "../words/read_aloud.js";

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const button = (textContent, kind, onclick) =>
  element("button", { type: "button", textContent, onclick, className: `button button-${kind}` });

// `speed` is the name of the chosen speed; `on` has the functions toggle, stop and speed.
export const makePanel = (speed, on) => {
  const toggle = button(words.pause, "primary", on.toggle);
  const options = Object.entries(words.speeds).map(([value, textContent]) =>
    element("option", { value, textContent, selected: value === speed }),
  );
  const select = element(
    "select",
    { className: "select-input", onchange: () => on.speed(select.value) },
    ...options,
  );
  select.setAttribute("aria-label", words.speed);
  const panel = element(
    "div",
    { className: "listen-panel" },
    toggle,
    button(words.stop, "secondary", on.stop),
    select,
  );
  panel.addEventListener("keydown", ({ key }) => key === "Escape" && on.stop());
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", words.title);
  return {
    panel,
    toggle,
    showPlaying: (isPlaying) => {
      toggle.textContent = isPlaying ? words.pause : words.resume;
    },
  };
};
