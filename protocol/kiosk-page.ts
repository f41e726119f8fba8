/** Grows when the kiosk and the bridge of another build can no longer understand each other. */
export const PROTOCOL_VERSION = 1;

/**
 * The page is at `/t/<terminal>` (and at `/` where a bridge has one terminal). Its WebSocket is at the
 * same address followed by this: `/t/<terminal>/socket`, or `/socket`. The kiosk speaks first, with
 * `hello`, or says it in the address (`?hello=<version>`), which spares a slow panel the way there and
 * back; the bridge answers with a whole view.
 */
export const SOCKET_PATH = "/socket";
export const HELLO_QUERY = "hello";

/**
 * The page has an empty `<script type="application/json">` of this id. The bridge writes its first
 * message in there, a `view`, while nobody is logged in: the idle screen then stands before the
 * WebSocket does. The views of the WebSocket count from anew.
 */
export const FIRST_VIEW_ID = "first-view";
