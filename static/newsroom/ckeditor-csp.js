/* CKEditor 4 under a content security policy without 'unsafe-inline' scripts.
 *
 * Its toolbar and dialogs are HTML strings with handlers in attributes:
 *   onclick="CKEDITOR.tools.callFunction(12,this);return false;"  href="javascript:void('Bold')"
 * The browser refuses each of them, even while it parses them where nothing runs. All such HTML goes through
 * element.setHtml(), so there the attributes are renamed in the string, and the handlers we know become listeners.
 * Any other handler is dropped; nothing is ever evaluated.
 */
(function () {
  "use strict";

  if (!window.CKEDITOR || !CKEDITOR.dom || !CKEDITOR.dom.element) {
    return;
  }

  const CALL = /^(return )?CKEDITOR\.tools\.callFunction\(\s*(\d+)\s*((?:,[^,()]*)*)\);?\s*(return false;?)?$/;
  const NOTHING = /^\s*return false;?\s*$/;

  function argument(written) {
    const text = written.trim();
    if (text === "this") return (element) => element;
    if (text === "event") return (element, event) => event;
    if (/^-?\d+$/.test(text)) return () => Number(text);
    const quoted = /^'([^'\\]*)'$/.exec(text);
    return () => (quoted ? quoted[1] : null);
  }

  function listener(code) {
    if (NOTHING.test(code)) {
      return (event) => event.preventDefault();
    }
    const call = CALL.exec(code.trim());
    if (!call) {
      return null;
    }
    const values = call[3] ? call[3].slice(1).split(",").map(argument) : [];
    return function (event) {
      const result = CKEDITOR.tools.callFunction(Number(call[2]), ...values.map((value) => value(this, event)));
      if (call[4] || (call[1] && result === false)) {
        event.preventDefault();
      }
    };
  }

  const TAG = /<[a-z][^\s\/>]*(?:[^>"']|"[^"]*"|'[^']*')*>/gi;
  const ATTRIBUTE = /([\s\/])([^\s\/>="']+)(?:(\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+))?/g;
  const MARK = "data-newsroom-on";

  function renamed(html) {
    return html.replace(TAG, (tag) =>
      tag.replace(ATTRIBUTE, (whole, before, name, equals, value) => {
        if (equals && /^on/i.test(name)) {
          return `${before}${MARK}${name.slice(2).toLowerCase()}${equals}${value}`;
        }
        // Kept as a link, for the keyboard and the stylesheet, but one that leads nowhere.
        if (equals && /^href$/i.test(name) && /^["']?\s*javascript:/i.test(value)) {
          return `${before}href="#" ${MARK}click-nowhere=""`;
        }
        return whole;
      }),
    );
  }

  function rebind(root) {
    for (const element of root.querySelectorAll("*")) {
      for (const { name, value } of Array.from(element.attributes)) {
        if (!name.startsWith(MARK)) {
          continue;
        }
        element.removeAttribute(name);
        const nowhere = name === `${MARK}click-nowhere`;
        const handle = nowhere ? (event) => event.preventDefault() : listener(value);
        if (handle) {
          element.addEventListener(nowhere ? "click" : name.slice(MARK.length), handle);
        }
      }
    }
  }

  const setHtml = CKEDITOR.dom.element.prototype.setHtml;
  CKEDITOR.dom.element.prototype.setHtml = function (html) {
    if (!/\son|javascript:/i.test(html)) {
      return setHtml.call(this, html);
    }
    setHtml.call(this, renamed(html));
    rebind(this.$);
    return html;
  };
})();
