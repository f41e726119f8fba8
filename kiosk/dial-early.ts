import { HELLO_QUERY, PROTOCOL_VERSION, SOCKET_PATH } from "../protocol/kiosk-page.ts";

/**
 * The page's first script. It dials the bridge while the screen is still fetched and made, so that on a
 * slow panel one comes about while the other does. In the language of 2015, since it runs anywhere;
 * where it cannot dial, or comes when the screen's own link has dialled, that link knows what to do.
 */
export const dialEarly = `if (!("guichetDialled" in window)) try {
  let heard = [], socket = new WebSocket(location.protocol.replace("http", "ws") + "//" + location.host + location.pathname.replace(/\\/+$/, "") + ${JSON.stringify(`${SOCKET_PATH}?${HELLO_QUERY}=${PROTOCOL_VERSION}`)});
  socket.onmessage = event => heard.push(event.data);
  window.guichetDialled = { socket, heard };
} catch (error) {}
`.replace(/\n\s*/g, "");
