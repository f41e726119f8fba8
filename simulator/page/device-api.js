/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<any>} the JSON of the answer; throws an Error with its sentence when refused
 */
async function ask(path, init) {
  const response = await fetch(path, init);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error);
  return body;
}

export const readState = () => ask("/state");
/** The newest sides only: a tray may hold more than a page can show. */
export const readPaper = () => ask("/paper?last=600");
export const takePaper = () => ask("/paper", { method: "DELETE" });
export const readFaults = () => ask("/faults");
export const clearFault = (name) => ask(`/faults/${name}`, { method: "DELETE" });
export const setFault = (name, settings) =>
  ask(`/faults/${name}`, { method: "PUT", body: JSON.stringify(settings) });
