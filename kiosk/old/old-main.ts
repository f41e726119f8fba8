import "./polyfills.ts";
import { start } from "../start.tsx";

start();
