// Starts what every page has. Every page works without any of it.
import "./display.js";
import "./keys.js";
import "./lock.js";
import "./rows.js";
import { open } from "./turns.js";

// Every other module has run, and htmx has seen the page, which it does at the same moment but first.
if (document.readyState === "complete") open();
else document.addEventListener("DOMContentLoaded", open);
