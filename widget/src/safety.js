/** An address that may be followed, or nothing: http and https only, resolved against the channel. */
export function webAddress(address, against) {
  try {
    const url = new URL(address, against);
    return ["http:", "https:"].includes(url.protocol) && !url.username && !url.password ? url.href : "";
  } catch {
    return "";
  }
}

/** A number to call as an address, or nothing. */
export function callAddress(number) {
  return typeof number === "string" && /^\+?[0-9][0-9 -]*$/.test(number.trim()) ? `tel:${number.replace(/[ -]/g, "")}` : "";
}
