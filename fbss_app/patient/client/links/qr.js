// A text as a QR code: one path of black squares on a grid, with the white edge that a camera needs.
import { encode } from "uqr";

const QUIET_ZONE = 4;

// Each run of black squares in a row is one rectangle.
const rowPath = (row, y) => {
  let path = "";
  for (let x = 0; x < row.length; x += 1) {
    const start = x;
    while (row[x]) x += 1;
    if (x > start) path += `M${start} ${y}h${x - start}v1h${start - x}z`;
  }
  return path;
};

export const qrDrawing = (text) => {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_ZONE });
  return { size, path: data.map(rowPath).join("") };
};
