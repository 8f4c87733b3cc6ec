// An integrator's program: the official client with its default options (long-polling first, then websocket).
// Prints one JSON line per thing that happens; reads nothing.
import { io } from "socket.io-client";

const [, , url, namespace, token] = process.argv;
const say = (what) => console.log(JSON.stringify(what));
const socket = io(url + namespace, { auth: { token } });
socket.on("connect", () => say({ connected: namespace }));
socket.on("connect_error", (why) => say({ refused: why.message, data: why.data ?? null }));
socket.onAny((event, ...rest) => say({ event, data: rest[0] ?? null }));
socket.io.engine.on("upgrade", (transport) => say({ upgraded: transport.name }));
