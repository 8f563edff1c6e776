// JSON as text: numbers that JavaScript would round stay what the server sent, or what a person wrote.

const jsonTokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Lays JSON out for people. The text must be JSON. */
function prettyJson(text) {
  const tokens = text.match(jsonTokens) ?? [];
  const lines = [];
  let line = "";
  let depth = 0;
  const startLine = () => {
    lines.push(line);
    line = "  ".repeat(depth);
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    const opens = token === "{" || token === "[";
    if (opens && (tokens[i + 1] === "}" || tokens[i + 1] === "]")) {
      line += token + tokens[++i];
    } else if (opens) {
      depth++;
      line += token;
      startLine();
    } else if (token === "}" || token === "]") {
      depth--;
      startLine();
      line += token;
    } else if (token === ",") {
      line += token;
      startLine();
    } else {
      line += token === ":" ? ": " : token;
    }
  }
  return [...lines, line].join("\n");
}

/** The members of a JSON object by name, each as its own text. The text must be JSON. */
function membersOf(text) {
  const members = new Map();
  let depth = 0;
  let name;
  let start;
  for (const { 0: token, index } of text.matchAll(jsonTokens)) {
    depth -= token === "}" || token === "]" ? 1 : 0;
    if (start !== undefined && ((depth === 1 && token === ",") || depth === 0)) {
      members.set(name, text.slice(start, index).trim());
      start = undefined;
    } else if (depth === 1 && start === undefined) {
      if (token === ":") {
        start = index + 1;
      } else if (token.startsWith('"')) {
        name = JSON.parse(token);
      }
    }
    depth += token === "{" || token === "[" ? 1 : 0;
  }
  return members;
}
