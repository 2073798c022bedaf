// Hands over what a person did before the page's scripts had arrived. The inline script of
// early_input.js keeps early submits and clicks; the fields themselves keep what was typed or tapped.

// The form value of "Not sure" among radio buttons: NOT_SURE_VALUE of ui/items/view.py.
const NOT_SURE_VALUE = "asked-unknown";

const formOf = (question) =>
  document.querySelector(`form[data-link-id="${CSS.escape(question.linkId)}"]`);

// What the prerendered fields hold, as draft fields; null when nothing was touched.
export const adoptEarlyInput = (question) => {
  if (!window.earlyInput?.touched || window.earlyInput.ready) return null;
  const form = formOf(question);
  if (!form || form !== window.earlyInput.form) return null;
  const data = new FormData(form);
  if (data.has("not_sure") || data.get("value") === NOT_SURE_VALUE) return { not_sure: true };
  const read = (name) => (name === "values" ? data.getAll(name) : data.get(name));
  return Object.fromEntries([...new Set(data.keys())].map((name) => [name, read(name)]));
};

export const earlySubmit = (question) => {
  const early = window.earlyInput;
  if (!early?.submitted || early.submitted !== formOf(question)) return false;
  early.submitted = null;
  return true;
};

// From here on the page answers by itself; a button tapped too early is tapped now.
export const markReady = () => {
  const early = window.earlyInput;
  if (!early || early.ready) return;
  early.ready = true;
  document.documentElement.removeAttribute("data-starting");
  document.documentElement.dataset.ready = "";
  early.clicked?.click();
};
