"""The one promise of the parser that every test may check: spans partition the visible text."""

from articles.intake.model import PageText


def assert_partition(page: PageText, text: str) -> None:
    """Every character that is not white space lies in exactly one span; no span overlaps another or is empty."""
    spans = [span for story in page.stories for span in story.all_spans()]
    spans += [piece.span for piece in page.remainder]
    spans.sort()
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text), (position, start, end)
        assert not text[position:start].strip(), f"in no span: {text[position:start]!r}"
        position = end
    assert not text[position:].strip(), f"in no span: {text[position:]!r}"
