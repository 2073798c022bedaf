// Random names and keys. `crypto.randomUUID` is missing where the app is not served over HTTPS, as
// on a clinic's own network; `getRandomValues` is always there.

const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

// A UUID of version 4.
export const newId = () => {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

// 32 bytes in base64url.
export const newSecret = () =>
  btoa(String.fromCharCode(...randomBytes(32)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
