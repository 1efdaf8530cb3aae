"""The sample paper's photos, drawn with Pillow alone: the same bytes from the same seed, on every machine alike.

`scenes.SCENES` names them, `draw(name)` gives the picture. No Django here.
"""

from newsroom.demo.pictures.scenes import SCENES, Label, draw, jpeg, recipe

__all__ = ["SCENES", "Label", "draw", "jpeg", "recipe"]
