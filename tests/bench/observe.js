// Runs inside a measured page before its own scripts: it listens, and changes nothing.
(() => {
  const bench = {
    paints: {}, shifts: [], interactions: [], nextQuestions: [], taps: 0, typed: 0,
    readyAt: null, tappedAt: null, answeredAt: null,
  };
  window.bench = bench;

  const observe = (options, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({
      buffered: true,
      ...options,
    });
  observe({ type: "paint" }, ({ name, startTime }) => {
    bench.paints[name] = startTime;
    if (name === "first-contentful-paint") console.debug("bench: painted");
  });
  // Shifts within half a second of a tap are its answer, not a surprise: web vitals leave them out.
  observe({ type: "layout-shift" }, ({ startTime, value, hadRecentInput }) => {
    if (!hadRecentInput) bench.shifts.push([startTime, value]);
  });
  observe({ type: "event", durationThreshold: 16 }, ({ interactionId, name, startTime, duration }) => {
    if (interactionId) bench.interactions.push([name, startTime, duration]);
  });

  // The second animation frame begins only once the first one was painted.
  const afterPaint = (act) => requestAnimationFrame(() => requestAnimationFrame(act));

  // A tap on a button until another question is painted.
  let pressed = null;
  const asked = () => {
    const heading = document.querySelector("main h1")?.textContent ?? "";
    return heading && `${document.querySelector("main form")?.dataset.linkId} ${heading}`;
  };
  document.addEventListener(
    "click",
    (event) => {
      if (event.isTrusted && event.target.closest?.("main button"))
        pressed = { at: event.timeStamp, asked: asked(), path: location.pathname };
    },
    true
  );
  const lookForQuestion = () => {
    if (!pressed || !asked() || asked() === pressed.asked) return;
    const { at, path } = pressed;
    pressed = null;
    // Another page is no question.
    if (location.pathname === path)
      afterPaint(() => bench.nextQuestions.push([at, performance.now() - at]));
  };

  // The first answer: the radio is checked, its value is kept, and the page answers by itself.
  const isTaken = () => {
    const radio = document.querySelector("form[data-link-id] input[type=radio]");
    if (bench.readyAt === null || !radio?.checked) return false;
    const drafts = Object.keys(sessionStorage).filter((key) => key.endsWith(":draft"));
    return drafts.some((key) => sessionStorage.getItem(key).includes(JSON.stringify(radio.value)));
  };
  const waitForAnswer = () => {
    if (isTaken())
      afterPaint(() => {
        bench.answeredAt = performance.now();
        console.debug("bench: answered");
      });
    else requestAnimationFrame(waitForAnswer);
  };
  document.addEventListener(
    "click",
    (event) => {
      if (bench.tappedAt !== null || !event.target.matches?.("input[type=radio]")) return;
      bench.tappedAt = event.timeStamp;
      waitForAnswer();
    },
    true
  );

  document.addEventListener("pointerdown", (event) => (bench.taps += event.isTrusted), true);
  const fields = new Set();
  document.addEventListener(
    "input",
    ({ target }) => {
      if (target.matches("input[type=radio], input[type=checkbox]")) return;
      bench.typed = fields.add(`${location.hash} ${target.name}`).size;
    },
    true
  );

  new MutationObserver(() => {
    if (bench.readyAt === null && document.documentElement.dataset.ready !== undefined)
      bench.readyAt = performance.now();
    lookForQuestion();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
})();
