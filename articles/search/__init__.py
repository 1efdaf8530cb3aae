"""Finding stories: `tokeniser`, `question` and `marks` are pure; `index` writes what may be found, `finding` finds it.

**What a question finds.** White space parts a question into phrases; a story is found where every phrase stands in one
of its texts (a headline, a paragraph, a caption …). Both are compared in NFKC and lower case, and of both only runs
count: of ideographs (with kana and hangul), of letters, of digits. All else (punctuation, spaces) only parts runs.
A phrase may begin and end anywhere in ideographs. Letters and digits count as whole words: a phrase begins where a
word begins, a number ends where the number ends; only letters at the very end of a phrase may be the beginning of a
word. So “轮夜” finds 渡轮夜航, “air” finds airport, “port” does not, and neither does “20” find 2026.
"""
