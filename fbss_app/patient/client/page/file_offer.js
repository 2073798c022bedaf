// Hands a file to the person, as the browser's download.

// Long enough for every browser to have begun to save it.
const KEPT = 60_000;

export const offerFile = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
};
