import { HELLO_QUERY, PROTOCOL_VERSION, SOCKET_PATH } from "../protocol/kiosk-page.ts";

/**
 * Dials the bridge while the screen is still fetched and made, so that on a slow panel one comes about
 * while the other does: the first half of the page's first script. In the language of 2011, since it runs
 * anywhere; where it cannot dial, or comes when the screen's own link has dialled, that link knows what
 * to do.
 */
export const dialEarly = `(function () {
  if ("guichetDialled" in window) return;
  try {
    var heard = [], socket = new WebSocket((location.origin + location.pathname).replace("http", "ws").replace(/\\/+$/, "") + ${JSON.stringify(`${SOCKET_PATH}?${HELLO_QUERY}=${PROTOCOL_VERSION}`)});
    socket.onmessage = function (event) { heard.push(event.data); };
    window.guichetDialled = { socket: socket, heard: heard };
  } catch (error) {}
})();
`.replace(/\n\s*/g, "");
