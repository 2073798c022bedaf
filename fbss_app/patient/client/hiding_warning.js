// The warning before the answers are hidden: a dialog with one button, which counts the time down.
import { button, element, withSharingStyles } from "./elements.js";

const SAID_AT = [60, 30, 10];

const counted = (count, unit) => `${count} ${unit}${count === 1 ? "" : "s"}`;

// "1 minute 30 seconds"
export const timeLeft = (seconds) => {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes && counted(minutes, "minute"), rest && counted(rest, "second")].filter(Boolean).join(" ");
};

// `onStay` is called when the person is still there. What is given back says how long is left, in
// milliseconds, and closes.
export const showWarning = async (onStay) => {
  await withSharingStyles();
  const time = element("strong", { className: "time-left" });
  const spoken = element("p", { className: "visually-hidden", attributes: { role: "status" } });
  const dialog = element(
    "dialog",
    { className: "hiding-warning stack", attributes: { "aria-labelledby": "hiding-title", "aria-describedby": "hiding-text" } },
    element("h2", { id: "hiding-title", className: "section-title", textContent: "Still there?" }),
    element("p", { id: "hiding-text" }, "We will hide the answers in ", time, ". Nothing will be lost."),
    spoken,
    button("Yes, I am still here", "primary", onStay),
  );
  // Escape closes a dialog by itself.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    onStay();
  });
  document.body.append(dialog);
  let said = Infinity;
  return {
    say: (left) => {
      const seconds = Math.max(1, Math.ceil(left / 1000));
      time.textContent = timeLeft(seconds);
      const due = SAID_AT.find((one) => seconds <= one && said > one);
      if (due) spoken.textContent = `${timeLeft(seconds)} left.`;
      said = seconds;
      if (!dialog.open) dialog.showModal();
    },
    close: () => {
      dialog.close();
      dialog.remove();
    },
  };
};
