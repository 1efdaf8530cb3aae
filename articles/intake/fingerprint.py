"""Is this the text that came before? Pure."""

import hashlib
import unicodedata

from articles.intake.model import Story


def text_fingerprint(text: str) -> str:
    """A hash of what is read: letters, digits and Chinese characters only, whatever their width, case, spaces and
    line breaks. 64 hexadecimal digits."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(character for character in folded if character.isalnum())
    return hashlib.sha256(kept.encode("utf-8", "replace")).hexdigest()


def fingerprint(story: Story) -> str:
    """The fingerprint of a story's headline and text; bylines, kicker and joins do not change it."""
    return text_fingerprint("\n".join([story.headline, *(block.text for block in story.blocks)]))
