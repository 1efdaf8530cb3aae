/* What a newspaper's body needs of CKEditor beyond its own plugins: two subhead buttons, photos that stay in one
 * piece, and a link dialog that offers only what the sanitiser takes. Labels come with the configuration. */
(function () {
  "use strict";

  if (!window.CKEDITOR || !CKEDITOR.plugins) {
    return;
  }

  CKEDITOR.plugins.add("newsroom", {
    init(editor) {
      const labels = editor.config.newsroom || {};
      [
        ["subhead", "h2"],
        ["minorsubhead", "h3"],
      ].forEach(([name, tag], order) => {
        const style = new CKEDITOR.style({ element: tag });
        editor.addCommand(name, new CKEDITOR.styleCommand(style));
        editor.attachStyleStateChange(style, (state) => {
          if (!editor.readOnly) editor.getCommand(name).setState(state);
        });
        editor.ui.addButton(name, { label: labels[name] || tag, command: name, toolbar: `styles,${order}` });
      });
    },

    afterInit(editor) {
      // A photo is put and removed as a whole; nothing is typed into it.
      editor.dataProcessor.dataFilter.addRules({
        elements: {
          figure(element) {
            element.attributes.contenteditable = "false";
            element.children = [];
          },
        },
      });
      editor.dataProcessor.htmlFilter.addRules({
        elements: {
          figure(element) {
            delete element.attributes.contenteditable;
            element.children = [];
          },
        },
      });
    },
  });

  CKEDITOR.on("dialogDefinition", (event) => {
    if (event.data.name !== "link") {
      return;
    }
    // Nothing is uploaded here, and that tab's frame begins with an inline script.
    event.data.definition.removeContents("upload");
    const info = event.data.definition.getContents("info");
    const only = (id, values) => {
      const field = info.get(id);
      field.items = field.items.filter((item) => values.includes(item[1]));
    };
    only("linkType", ["url", "email"]);
    only("protocol", ["https://", "http://"]);
    // A subject or text in a mail address is not kept, so it is not asked for.
    ["emailSubject", "emailBody"].forEach((id) => info.remove(id));
  });
})();
