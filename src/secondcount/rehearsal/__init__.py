"""Door: seeded synthetic elections to practise on; whatever comes out of here says SYNTHETIC in its first line."""

from secondcount.rehearsal.almaty import almaty_2012
from secondcount.rehearsal.district import east_3_2023
from secondcount.rehearsal.pages import SyntheticFile

__all__ = ["SyntheticFile", "almaty_2012", "east_3_2023"]
