/* After Back Surgery, embed.js {version}: fits frames marked data-fbss to their content. */
(function () {
  "use strict";
  if (window.fbssEmbed) return;
  var VERSION = 1;
  var script = document.currentScript;
  var app = script && new URL(script.src).origin;
  var frames = [];
  window.fbssEmbed = Object.freeze({ version: "{version}", refresh: refresh });

  function isNumber(value, low, high) {
    return Number.isInteger(value) && value >= low && value <= high;
  }

  /* It shrinks out of sight only: what stands below it must not jump. */
  function heightOf(frame, box) {
    if (frame.height >= box.height) return frame.height;
    return box.bottom > innerHeight ? Math.max(frame.height, Math.ceil(innerHeight - box.top)) : box.height;
  }

  function draw(frame) {
    frame.isWaiting = false;
    var element = frame.element;
    var box = element.getBoundingClientRect();
    var place = box.top + frame.y;
    if (frame.scrolls && (place < 0 || place >= innerHeight)) {
      element.scrollIntoView({ block: "start", behavior: "instant" });
      scrollBy({ top: frame.y, behavior: "instant" });
      box = element.getBoundingClientRect();
    }
    frame.scrolls = false;
    var height = heightOf(frame, box);
    if (frame.height && Math.abs(height - box.height) >= 4) element.style.height = height + "px";
  }

  function wait(frame) {
    if (frame.isWaiting) return;
    frame.isWaiting = true;
    requestAnimationFrame(function () { draw(frame); });
  }

  function hello(frame) {
    clearTimeout(frame.timer);
    if (frame.isReady || frame.tries > 60) return;
    frame.tries += 1;
    /* Before it has loaded, a frame holds a blank document of the host's own. */
    if (frame.element.contentDocument === null) frame.element.contentWindow.postMessage(
      { v: VERSION, type: "fbss:hello", completed: frame.element.hasAttribute("data-fbss-completed") },
      app
    );
    frame.timer = setTimeout(function () { hello(frame); }, 50 * Math.min(frame.tries, 20));
  }

  function greet(frame) {
    frame.isReady = false;
    frame.tries = 0;
    hello(frame);
  }

  function follow(element) {
    var url;
    try { url = new URL(element.src); } catch (error) { return; }
    if (url.origin !== app || !/^\/embed\//.test(url.pathname)) return;
    if (frames.some(function (frame) { return frame.element === element; })) return;
    var title = element.title || "Back pain options: questionnaire";
    var same = frames.filter(function (one) { return one.title === title; }).length;
    element.title = title + (same ? " (" + (same + 1) + ")" : "");
    var frame = { element: element, title: title, height: 0, tries: 0 };
    frames.push(frame);
    element.addEventListener("load", function () { greet(frame); });
    if (document.readyState === "complete") greet(frame);
  }

  function refresh() {
    document.querySelectorAll("iframe[data-fbss]").forEach(follow);
  }

  window.addEventListener("message", function (event) {
    var data = event.data;
    if (event.origin !== app || typeof data !== "object" || data === null || data.v !== VERSION) return;
    var frame = frames.find(function (one) { return one.element.contentWindow === event.source; });
    if (!frame) return;
    if (data.type === "fbss:ready") frame.isReady = true;
    else if (data.type === "fbss:height" && isNumber(data.h, 200, 20000)) {
      frame.height = data.h;
      wait(frame);
    } else if (data.type === "fbss:scroll") {
      frame.scrolls = true;
      frame.y = isNumber(data.y, 0, 20000) ? data.y : 0;
      wait(frame);
    } else if (data.type === "fbss:completed" && frame.element.hasAttribute("data-fbss-completed"))
      frame.element.dispatchEvent(new CustomEvent("fbss:completed", { bubbles: true }));
  });

  ["scroll", "resize"].forEach(function (name) {
    addEventListener(name, function () { frames.forEach(wait); }, { passive: true });
  });
  if (!app) return;
  addEventListener("load", function () { frames.forEach(greet); });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", refresh);
  refresh();
})();
