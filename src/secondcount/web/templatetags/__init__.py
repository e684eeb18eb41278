"""Tags of the desk's templates."""

__all__: list[str] = []
