"""CPT as the AMA hands it to a licensee: SHORTU, MEDU and LONGULT (descriptors of three lengths), MODUL (modifiers).

Lines before the first code are the copyright notice. A line is the code in 1-5 (a modifier in 1-2), one blank or tab,
and the descriptor. Each file is a part of the release: any of them alone says which codes there are. A file whose
first line says that it is made up may hold codes ending in Z only, and modifiers beginning with Z: no licence needed.
"""

from charthouse.engines.codesets.readers.procedures.cpt.reading import READER
from charthouse.engines.codesets.readers.procedures.cpt.recognising import MADE_UP, NOTICE

__all__ = ["MADE_UP", "NOTICE", "READER"]
