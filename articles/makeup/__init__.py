"""Make-up (拼版): placed stories in, a typeset page out, as PDF, picture and areas. And reading pages back.

The way: `material` (what a story brings) → `galley` (小样: exact line breaks) → `modules` (shapes a story can take) →
`solver` (which story where) → `composition` (absolute frames) → `composer` (Typst) → `proofing` (the PDF read back).
All of that is pure and knows no Django; `pages` and what builds on it are the desk's side.
"""
