// Inlined in the head of every page, before any other script: keeps taps made before hydration, hides
// what is prerendered for a first visit from a person who has answers, and keeps a storage that
// refuses from taking the page down. Gives the page the accent of the clinic that asked.
(function () {
  var root = document.documentElement;
  var early = (window.earlyInput = {
    ready: false,
    touched: false,
    form: null,
    submitted: null,
    // Of a page that the server has written for one clinic.
    accent: root.dataset.accent,
  });
  function keep(event) {
    if (early.ready || !event.target.form) return;
    early.touched = true;
    early.form = event.target.form;
  }
  document.addEventListener("input", keep, true);
  document.addEventListener("change", keep, true);
  document.addEventListener(
    "submit",
    function (event) {
      // What the browser can send by itself need not wait.
      if (early.ready || event.target.hasAttribute("action")) return;
      event.preventDefault();
      early.submitted = event.target;
      early.touched = true;
      early.form = event.target;
    },
    true
  );
  document.addEventListener(
    "click",
    function (event) {
      var button = !early.ready && event.target.closest("button[type=button]");
      if (button) early.clicked = button;
    },
    true
  );
  // A script that broke off on its way leaves a page that looks whole and does nothing: it is loaded once
  // more by itself, unless that would take from somebody what they have filled in.
  window.addEventListener("load", function () {
    setTimeout(function () {
      var visit = performance.getEntriesByType("navigation")[0] || {};
      if (visit.type === "navigate" && !early.ready && !early.touched) window.location.reload();
    }, 10000);
  });
  // Reflex reads and writes the storages without expecting a refusal. A blocked one is replaced by one
  // that forgets, and a full one no longer throws: storage.js believes only what it can read back.
  function nothing() {
    return null;
  }
  var forgetful = { length: 0, key: nothing, getItem: nothing, setItem: nothing, removeItem: nothing };
  var store = root.dataset.store || "abs:";
  ["localStorage", "sessionStorage"].forEach(function (name) {
    try {
      if (window[name].getItem(store + "device")) root.dataset.starting = "";
      // Read as text: what is damaged must not count as a storage that refuses.
      var kept = /"accent":"(\w+)"/.exec(window[name].getItem(store + "after-back-surgery:invitation"));
      if (kept && !early.accent) root.dataset.accent = kept[1];
    } catch (blocked) {
      Object.defineProperty(window, name, { configurable: true, value: forgetful });
    }
  });
  var setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    try {
      setItem.call(this, key, value);
    } catch (full) {
      return;
    }
  };
})();
