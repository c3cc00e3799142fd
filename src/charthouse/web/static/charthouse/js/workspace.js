// The behaviours of the workspace, each in a file of its own.
import "./lines.js";
import "./command.js";
import "./documents.js";
import "./evidence.js";
import "./focus.js";
import "./presence.js";
