// Starts what every page has. Every page works without any of it.
import "./display.js";
import "./keys.js";
import "./lock.js";
import "./rows.js";
