// The warning before the answers are hidden: a dialog with one button, which counts the time down. In a
// frame, whose middle may be far off the screen, it is a block where the person is.
import { isFramed } from "../page/base.js";
import { button, element, withSharingStyles } from "../page/elements.js";
import { placeInSight } from "../page/place_in_sight.js";

const TITLE = "Still there?";
const SAID_AT = [60, 30, 10];

const counted = (count, unit) => `${count} ${unit}${count === 1 ? "" : "s"}`;

// "1 minute 30 seconds"
export const timeLeft = (seconds) => {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes && counted(minutes, "minute"), rest && counted(rest, "second")].filter(Boolean).join(" ");
};

// In a page of its own nothing else can be used until the dialog is answered.
const inDialog = (dialog, onStay) => {
  // Escape closes a dialog by itself.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    onStay();
  });
  document.body.append(dialog);
  return {
    show: () => dialog.open || dialog.showModal(),
    close: () => {
      dialog.close();
      dialog.remove();
    },
  };
};

// The focus is moved only where it is in the frame already, and goes back to where it was. Elsewhere the
// warning is said aloud.
const inPlace = (block, onStay, sayAloud) => {
  const before = document.activeElement;
  let isPlacing = false;
  let isClosed = false;
  block.addEventListener("keydown", ({ key }) => key === "Escape" && onStay());
  return {
    // A page that is drawn anew meanwhile may have taken the block away.
    show: async () => {
      if (isPlacing || block.isConnected) return;
      isPlacing = true;
      await placeInSight(block);
      isPlacing = false;
      if (isClosed) block.remove();
      else if (document.hasFocus()) block.querySelector("button").focus();
      else sayAloud();
    },
    close: () => {
      const hadFocus = block.contains(document.activeElement);
      isClosed = true;
      block.remove();
      if (hadFocus) before.focus({ preventScroll: true });
    },
  };
};

// `onStay` is called when the person is still there. What is given back says how long is left, in
// milliseconds, and closes.
export const showWarning = async (onStay) => {
  await withSharingStyles();
  const time = element("strong", { className: "time-left" });
  const spoken = element("p", { className: "visually-hidden", attributes: { role: isFramed ? "alert" : "status" } });
  const named = { "aria-labelledby": "hiding-title", "aria-describedby": "hiding-text" };
  const whole = element(
    isFramed ? "section" : "dialog",
    { className: "hiding-warning stack", attributes: isFramed ? { role: "alertdialog", ...named } : named },
    element("h2", { id: "hiding-title", className: "section-title", textContent: TITLE }),
    element("p", { id: "hiding-text" }, "We will hide the answers in ", time, ". Nothing will be lost."),
    spoken,
    button("Yes, I am still here", "primary", onStay),
  );
  const sayAloud = () => {
    spoken.textContent = `${TITLE} We will hide the answers in ${time.textContent}.`;
  };
  const { show, close } = (isFramed ? inPlace : inDialog)(whole, onStay, sayAloud);
  let said = Infinity;
  return {
    say: (left) => {
      const seconds = Math.max(1, Math.ceil(left / 1000));
      time.textContent = timeLeft(seconds);
      const due = SAID_AT.find((one) => seconds <= one && said > one);
      if (due) spoken.textContent = `${timeLeft(seconds)} left.`;
      said = seconds;
      show();
    },
    close,
  };
};
