"""Why a body is refused as a whole. Anything else that is wrong with it is mended."""


class BodyError(ValueError):
    """A body that cannot be taken. `key` is a plain word for it, which whoever faces people translates."""

    key = "body_refused"

    def __init__(self, limit: int) -> None:
        super().__init__(f"{self.key}: limit {limit}")
        self.limit = limit


class BodyTooLarge(BodyError):
    """More than `limit` bytes of UTF-8, as given or as it would be stored."""

    key = "body_too_large"


class BodyTooDeep(BodyError):
    """More than `limit` elements inside one another."""

    key = "body_too_deep"
