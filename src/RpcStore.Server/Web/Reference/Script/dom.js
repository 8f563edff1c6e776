// The script of the page: the files of this folder, one after another, are one module. Whatever comes from the server or
// from a person becomes text of an element, and never markup: the page's policy refuses the latter.

const byId = (id) => document.getElementById(id);

/** Makes an element with properties and children; children that are strings are text. */
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A part of the page that only works with this script. */
function show(id, isShown = true) {
  byId(id).hidden = !isShown;
}
