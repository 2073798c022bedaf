// Inlined in the head of every page, before any other script: keeps taps made before hydration, and
// hides a prerendered first question from a person who is about to be shown another one.
(function () {
  var early = (window.earlyInput = { ready: false, touched: false, form: null, submitted: null });
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
      if (early.ready) return;
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
  var stores = ["localStorage", "sessionStorage"];
  for (var i = 0; i < stores.length; i += 1) {
    try {
      if (window[stores[i]].getItem("abs:device")) document.documentElement.dataset.starting = "";
    } catch (blocked) {
      continue;
    }
  }
})();
