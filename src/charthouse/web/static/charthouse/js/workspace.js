// The behaviours of the workspace, each in a file of its own.
import "./lines.js";
import "./command.js";
import "./documents.js";
import "./evidence.js";
import "./focus.js";
import "./presence.js";

// A change is over when its answer is in the page, not some time later: the next key is already waiting.
htmx.config.defaultSettleDelay = 0;
